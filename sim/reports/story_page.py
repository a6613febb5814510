"""Stories as text for a terminal and as one page of HTML that needs no network; two worlds stand side by side."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from sim.journeys.stored_run import StoredRun
from sim.reports.html import render_page
from sim.reports.story import Story
from sim.version import __version__

COLUMN = 56  # width of one of two columns
LINE = 100  # width of a single column
SAME, NOTHING = "The same.", "Nothing."


def topic_rows(stories: Sequence[Story]) -> list[tuple[str, list[str]]]:
    """Topics that any of the stories has, in order, with the sentence of each story; empty where it has none."""
    order = max(stories, key=lambda story: len(story.sentences)).sentences
    topics = [*order, *(topic for story in stories for topic in story.sentences if topic not in order)]
    names = list(dict.fromkeys(topics))
    ordered = [name for name in names if name != "End"] + ["End"]
    return [(name, [story.sentences.get(name, "") for story in stories]) for name in ordered]


def story_text(stories: Sequence[Story], title: str, rule: str) -> str:
    """One story sentence by sentence, or two in columns, topic by topic."""
    head = title + "\n" + (textwrap.fill(f"Picked by a rule: {rule}.", LINE) + "\n" if rule else "") + "\n"
    if len(stories) == 1:
        return head + "\n".join(textwrap.fill(text, LINE) for text in stories[0].sentences.values())
    lines = _side_by_side([textwrap.fill(story.world, COLUMN) for story in stories])
    lines.append("-" * COLUMN + "  " + "-" * COLUMN)
    for _, texts in topic_rows(stories):
        shown = [texts[0] or NOTHING, SAME if texts[1] == texts[0] else texts[1] or NOTHING]
        lines += [*_side_by_side(shown), ""]
    return head + "\n".join(lines[:-1])


def _side_by_side(texts: Sequence[str]) -> list[str]:
    columns = [textwrap.wrap(text, COLUMN) or [""] for text in texts]
    height = max(map(len, columns))
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [f"{left:<{COLUMN}}  {right}".rstrip() for left, right in zip(*padded, strict=True)]


def write_story(stories: Sequence[Story], title: str, rule: str, run: StoredRun, path: Path) -> Path:
    """Write the page beside its place and then rename it.

    Args:
        stories: One story, or the same person's in two worlds.
        title: What the story is about.
        rule: How the person was picked; empty for a person who was named.
        run: The first of the runs.
        path: The file.

    Raises:
        OSError: It cannot be written there.
    """
    provenance = (
        f"Simulation, not client data · scenario {run.scenario.name} {run.scenario.sha256[:8]} · "
        f"seed {run.seed} · replicate {run.replicate} · {run.scenario.months} months · sim {__version__}"
    )
    page = render_page(
        "story.html", title=title, rule=rule, stories=stories, rows=topic_rows(stories),
        provenance=provenance,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(page, encoding="utf-8")
    part.replace(path)
    return path
