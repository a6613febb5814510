"""What a notebook shows: a short card for a result, and progress as a line of text; elsewhere nothing changes."""

import html
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

TABLE_STYLE = "border-collapse:collapse;font-size:90%;font-variant-numeric:tabular-nums"
CELL_STYLE = "text-align:left;padding:.15rem .8rem .15rem 0;border-bottom:1px solid #d5dade"
KERNEL = "ZMQInteractiveShell"  # class of the shell behind a notebook


def card(title: str, lines: Iterable[str] = (), heads: Sequence[str] = (), rows: Iterable[Sequence[Any]] = ()) -> str:
    """A result as a few lines of HTML.

    Args:
        title: What it is.
        lines: Sentences under the title.
        heads: Heads of a small table; none for no table.
        rows: Rows of the table.

    >>> card("a < b").startswith("<div><strong>a &lt; b</strong>")
    True
    """
    parts = [f"<strong>{html.escape(title)}</strong>", *(f"<div>{html.escape(line)}</div>" for line in lines)]
    if heads:
        head = "".join(f'<th style="{CELL_STYLE}">{html.escape(name)}</th>' for name in heads)
        body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
        parts.append(f'<table style="{TABLE_STYLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    return f"<div>{''.join(parts)}</div>"


def _cell(value: Any) -> str:
    text = f"{value:,.4g}" if isinstance(value, float) else str(value)
    return f'<td style="{CELL_STYLE}">{html.escape(text.replace("-", "−") if isinstance(value, float) else text)}</td>'


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == KERNEL


def shown_progress(what: str) -> Callable[[int, int], None] | None:
    """In a notebook, a function that shows how much is done in one line that is written over; elsewhere None.

    Args:
        what: What is counted, in the plural.
    """
    if not in_notebook():
        return None
    return lambda done, total: _write_over(f"{done} of {total} {what}", done == total)


def shown_line(whole: Callable[[Any], bool]) -> Callable[[Any], None] | None:
    """In a notebook, a function that shows a progress as text in one line that is written over; elsewhere None.

    Args:
        whole: Whether a progress is the last one.
    """
    if not in_notebook():
        return None
    return lambda progress: _write_over(str(progress), whole(progress))


def _write_over(text: str, last: bool) -> None:
    sys.stdout.write(f"\r{text:70}" + ("\n" if last else ""))
    sys.stdout.flush()
