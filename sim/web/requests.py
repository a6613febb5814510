"""What is asked of a worker and what it answers, as plain tuples that cross a pipe."""

from typing import Any, NamedTuple

ITEM, DONE, REFUSED, FAILED = "item", "done", "refused", "failed"


class Request(NamedTuple):
    """Work for a worker.

    Args:
        number: Number of the request; answers carry it.
        task: Name in the table of tasks.
        arguments: Named arguments, plain values only.
    """

    number: int
    task: str
    arguments: dict[str, Any]


class WorkProgress(NamedTuple):
    """How far a long task is, sent among its values.

    Args:
        done: How much is done.
        of: Of how much.
    """

    done: int
    of: int


class Stop(NamedTuple):
    """Give up a request.

    Args:
        number: Number of the request.
    """

    number: int


class WorkerAnswer(NamedTuple):
    """One piece of what a worker answers.

    Args:
        number: Number of the request.
        kind: `ITEM` with a value; `DONE`; `REFUSED` or `FAILED` with a text.
        value: The value or text.
    """

    number: int
    kind: str
    value: Any
