"""Stories as text for a terminal and as one page of HTML that needs no network; two worlds stand side by side."""

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.journeys.stored_run import StoredRun
from sim.reports.html import render_page
from sim.reports.story import Story
from sim.reports.story_words import StoryWords
from sim.version import __version__

COLUMN = 56  # width of one of two columns
LINE = 100  # width of a single column


class StoryHead(NamedTuple):
    """What stands above a story.

    Args:
        title: What the story is about.
        rule: How the person was picked; empty for a person who was named.
    """

    title: str
    rule: str


def topic_rows(stories: Sequence[Story]) -> list[tuple[str, list[str]]]:
    """Topics that any of the stories has, in order, with the sentence of each story; empty where it has none."""
    order = max(stories, key=lambda story: len(story.sentences)).sentences
    topics = [*order, *(topic for story in stories for topic in story.sentences if topic not in order)]
    names = list(dict.fromkeys(topics))
    ordered = [name for name in names if name != "End"] + ["End"]
    return [(name, [story.sentences.get(name, "") for story in stories]) for name in ordered]


def story_text(stories: Sequence[Story], head: StoryHead, words: StoryWords) -> str:
    """One story sentence by sentence, or two in columns, topic by topic."""
    picked = textwrap.fill(words("page", "picked", rule=head.rule), LINE) + "\n" if head.rule else ""
    above = f"{head.title}\n{picked}\n"
    if len(stories) == 1:
        return above + "\n".join(textwrap.fill(text, LINE) for text in stories[0].sentences.values())
    lines = _side_by_side([textwrap.fill(story.world, COLUMN) for story in stories])
    lines.append("-" * COLUMN + "  " + "-" * COLUMN)
    nothing = words("page", "nothing")
    for _, texts in topic_rows(stories):
        shown = [texts[0] or nothing, words("page", "same") if texts[1] == texts[0] else texts[1] or nothing]
        lines += [*_side_by_side(shown), ""]
    return above + "\n".join(lines[:-1])


def _side_by_side(texts: Sequence[str]) -> list[str]:
    columns = [textwrap.wrap(text, COLUMN) or [""] for text in texts]
    height = max(map(len, columns))
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [f"{left:<{COLUMN}}  {right}".rstrip() for left, right in zip(*padded, strict=True)]


def write_story(stories: Sequence[Story], head: StoryHead, run: StoredRun, path: Path, words: StoryWords) -> Path:
    """Write the page beside its place and then rename it.

    Args:
        stories: One story, or the same person's in two worlds.
        head: What stands above.
        run: The first of the runs.
        path: The file.
        words: Language of the stories.

    Raises:
        OSError: It cannot be written there.
    """
    scenario = f"{run.scenario.name} {run.scenario.sha256[:8]}"
    provenance = words(
        "page", "provenance", scenario=scenario, seed=run.seed, replicate=run.replicate,
        months=words.months(run.scenario.months), version=__version__,
    )  # fmt: skip
    page = render_page(
        "story.html", title=head.title, rule=head.rule and words("page", "picked", rule=head.rule), stories=stories,
        rows=topic_rows(stories), provenance=provenance, words=words,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(page, encoding="utf-8")
    part.replace(path)
    return path
