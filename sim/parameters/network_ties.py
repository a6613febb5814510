"""Which network a scenario asks for, and the file of an edge list, read once and known by its content."""

import hashlib
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.parameters.checking import Place, nearest
from sim.parameters.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NETWORKS = {
    "small_world": "a ring with some ties rewired (Watts and Strogatz 1998)",
    "configuration": "unequal degrees, joined at random (configuration model)",
    "blocks": "small worlds of people from the same segment of need, with ties between them (homophily)",
    "edge_list": "the ties of a file, two places a line",
}
SETTINGS = ("network.kind", "network.file", "network.sha256")
MOST_PLACES = 20_000_000
_TIE = re.compile(rb"\s*(\d{1,8})(?:\s*[,;]\s*|\s+)(\d{1,8})\s*")


class Ties(NamedTuple):
    """The ties of a file: shape (ties, 2), and the hash of the file."""

    ties: "NDArray[np.int32]"
    sha256: str


@dataclass(frozen=True)
class NetworkSettings:
    """The network of a scenario.

    Args:
        kind: One of `NETWORKS`.
        file: Absolute path of an edge list, or None.
        sha256: Hash of that file, so that nobody goes on with other ties.
    """

    kind: str = "small_world"
    file: str | None = None
    sha256: str | None = None

    def as_mapping(self) -> dict[str, str | None]:
        """The settings by key path inside the market."""
        return dict(zip(SETTINGS, (self.kind, self.file, self.sha256), strict=True))


def network_settings(entries: Mapping[str, Any], customers: int, place: Place) -> NetworkSettings:
    """The network that the market section asks for; a file of another kind of network than a list is left alone.

    Args:
        entries: Settings by key path inside the market.
        customers: Customer agents.
        place: Where the section stands; paths are relative to a scenario file's folder.

    Raises:
        BadInput: Unknown kind, no file or no readable one, another content, or customers who do not fit it.
    """
    kind, file, sha256 = (
        entries.get("network.kind", "small_world"),
        entries.get("network.file"),
        entries.get(SETTINGS[2]),
    )
    if kind not in NETWORKS:
        raise BadInput(
            f"{place.at('market.network.kind')} is {kind!r}; allowed are {', '.join(NETWORKS)}."
            f"{nearest(str(kind), NETWORKS)}"
        )
    for name, value in (("file", file), ("sha256", sha256)):
        if value is not None and not isinstance(value, str):
            raise BadInput(f"{place.at(f'market.network.{name}')} is {value!r}; text is needed.")
    if kind != "edge_list":
        return NetworkSettings(kind, file, sha256)
    if not file:
        raise BadInput(f"{place.at('market.network.kind')} is 'edge_list'; then market.network.file must name a file.")
    path = (Path(place.where).parent / file if Path(place.where).is_file() else Path(file)).resolve()
    ties = read_ties(str(path), place.at("market.network.file"))
    if sha256 is not None and sha256 != ties.sha256:
        raise BadInput(
            f"{place.at('market.network.file')}: {path} has other content than before (sha256 {ties.sha256[:12]}…, "
            f"{sha256[:12]}… was expected); bring the old file back, or leave market.network.sha256 out."
        )
    size = int(ties.ties.max()) + 1
    if customers % size:
        raise BadInput(
            f"{place.at('market.customers')} is {customers}; the edge list ties {size} places, so it must be {size} or "
            f"a multiple of it, such as {size * max(1, round(customers / size))}."
        )
    return NetworkSettings(kind, str(path), ties.sha256)


def read_ties(path: str, asked: str = "market.network.file") -> Ties:
    """The ties of a file: a line a tie, two whole numbers from 0 with comma or blanks between; # begins a remark.

    A first line of words is a header. A tie to oneself only says that the place is there.

    Raises:
        BadInput: Missing, unreadable, or a line that is no tie.
    """
    try:
        about = Path(path).stat()
        return _read(path, about.st_mtime_ns, about.st_size)
    except FileNotFoundError:
        raise BadInput(f"{asked}: there is no file {path}") from None
    except OSError as trouble:
        raise BadInput(f"{asked}: {path} cannot be read ({trouble.strerror})") from None


@lru_cache(maxsize=4)
def _read(path: str, changed: int, size: int) -> Ties:
    """Read a file of such an age and size."""
    import numpy as np  # scenarios without an edge list are read without it

    contents = Path(path).read_bytes()
    ends = array("i")
    for number, line in enumerate(contents.splitlines(), start=1):
        text = line.partition(b"#")[0].strip()
        match = _TIE.fullmatch(text)
        if match:
            ends.extend(map(int, match.groups()))
        elif text and not (number == 1 and not any(48 <= sign <= 57 for sign in text)):
            raise BadInput(
                f"{path}:{number}: {line[:60].decode(errors='replace')!r} is no tie; two places are needed, "
                "such as 0,17"
            )
    ties = np.array(ends, np.int32).reshape(-1, 2)
    if not len(ties):
        raise BadInput(f"{path}: there is no tie in this file; a line such as 0,17 is needed")
    if int(ties.max()) >= MOST_PLACES:
        raise BadInput(f"{path}: place {int(ties.max())} was found; places lie between 0 and {MOST_PLACES - 1}")
    return Ties(ties, hashlib.sha256(contents).hexdigest())
