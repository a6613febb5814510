"""How two readers know that a source says a figure."""

from collections.abc import Mapping
from typing import NamedTuple

READ = "read"  # the author of the row read the figure in the publication, in a report of it, or in the data
BELIEVED = "believed"  # the author of the row knows that the publication says so, and did not read it again

IN_SOURCE = "in the source"
IN_REPORT = "in a report of it"
RECALLED = "recalled"
MISSED = "not reached"
UNCHECKED = "not checked"
SECOND_READER: Mapping[str, str] = {  # how a second reader, who did not write the row, knows the figure
    IN_SOURCE: "read in the publication, its abstract or the law, or counted again in the data",
    IN_REPORT: "read where somebody else reports it",
    RECALLED: "known to stand there, and the passage was not read",
    MISSED: "looked for in vain, and not known",
    UNCHECKED: "nobody but the author of the row has looked",
}


class SourceCheck(NamedTuple):
    """What two readers made of the source of one value.

    Args:
        author: How the author of the row knows the figure: `READ` or `BELIEVED`.
        second: How a second reader knows it, one of `SECOND_READER`.
        remark: Where the second reader found it, and what is to be said against it.
    """

    author: str
    second: str
    remark: str = ""
