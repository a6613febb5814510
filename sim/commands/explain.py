"""sim explain: one customer's life in a stored run, month by month, or as a story of at most ten sentences."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import apart, document, refuse_folder, tell_about_compiling
from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.journeys.picks import Pick
    from sim.journeys.stored_run import StoredRun
    from sim.reports.story import Story
    from sim.reports.story_words import StoryWords


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of sim run --out")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--customer", type=int, metavar="ID", help="number of the customer, from 0")
    whom.add_argument(
        "--pick", metavar="RULE", help="silent, lost-to-silo, loyal or saved: a story of one of the watched customers"
    )
    parser.add_argument("--against", type=Path, metavar="RUN2", help="tell the same person's story in this run beside")
    parser.add_argument("--html", action="store_true", help="write the story as a page")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the page goes; RUN-story.html if left out")
    parser.add_argument("--lang", default="en", help="language of a story: en or de; de always tells a story")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Re-run the world and print the life of a customer, or the story."""
    from sim.journeys.stored_run import StoredRun
    from sim.reports.document.setting_names import ENGLISH
    from sim.reports.story_words import story_texts

    story_texts(arguments.lang)  # an unknown language, or a place that is none, is refused before a minute of running
    refuse_folder(arguments.out)
    stored = _load(arguments.run, StoredRun)
    tell_about_compiling()
    if arguments.pick or arguments.against or arguments.html or arguments.out or arguments.lang != ENGLISH:
        return tell(arguments, stored)
    return _months(arguments, stored)


def _load(folder: Path, stored_run: "type[StoredRun]") -> "StoredRun":
    stored = stored_run.load(folder)
    if not stored.same_code:
        print("sim: the code has changed since this run; the events may differ from what was stored", file=sys.stderr)
    return stored


def _months(arguments: argparse.Namespace, stored: "StoredRun") -> int:
    """Print the whole life month by month."""
    from sim.files.records import records
    from sim.journeys.stored_run import life_of
    from sim.reports.life import life_in_words, people_of

    with apart():
        market, journeys = life_of(stored, arguments.customer)
    if arguments.json:
        people, events = people_of(market, journeys), records(journeys.table())
        print(document({"customer": arguments.customer, "people": people, "events": events}))
    else:
        print("\n".join(life_in_words(market, journeys)))
    return 0


def tell(arguments: argparse.Namespace, stored: "StoredRun") -> int:
    """Pick a customer and tell the story, of two worlds where a second run is given."""
    from sim.journeys.picks import pick_customer
    from sim.journeys.stored_run import StoredRun
    from sim.reports.story import world_names
    from sim.reports.story_page import StoryHead, story_text, write_story
    from sim.reports.story_words import StoryWords

    words = StoryWords(arguments.lang, stored.scenario.currency)
    other = _load(arguments.against, StoredRun) if arguments.against else None
    names = world_names((stored, other), words) if other else (stored.folder.name,)
    pick = pick_customer(arguments.pick, stored, other) if arguments.pick else _person_at(stored, arguments.customer)
    head = StoryHead(words.title(arguments.pick, pick, stored.scenario.months), words.rule(arguments.pick))
    with apart():
        stories = [_story(each, pick, name, words) for each, name in zip((stored, other), names, strict=False) if each]
    if arguments.json:
        print(document({**head._asdict(), "stories": [story._asdict() for story in stories]}))
    if arguments.html or arguments.out:
        path = arguments.out or stored.folder.with_name(f"{stored.folder.name}-story.html")
        print(write_story(stories, head, stored, path, words), file=sys.stderr if arguments.json else sys.stdout)
    elif not arguments.json:
        print(story_text(stories, head, words))
    return 0


def _story(run: "StoredRun", pick: "Pick", name: str, words: "StoryWords") -> "Story":
    from sim.journeys.stored_run import life_of
    from sim.reports.story import tell_story

    return tell_story(*life_of(run, pick.customer), pick, name, words)


def _person_at(run: "StoredRun", customer: int) -> "Pick":
    """The first person who held a place."""
    from sim.journeys.picks import Pick
    from sim.model.person_numbers import number

    customers = int(run.scenario.customers)
    if not 0 <= customer < customers:
        raise BadInput(f"customer {customer} is not in this market; customers go from 0 to {customers - 1}")
    return Pick(customer, int(number(customer, 0, customers)))
