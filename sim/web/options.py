"""How the studio is started: where it listens, who may ask, and where rooms are kept."""

import os
from pathlib import Path
from typing import NamedTuple


class Options(NamedTuple):
    """How the studio was started.

    Args:
        folder: Where rooms are kept.
        host: Address that is listened on.
        port: Port that is listened on.
        lan: Address that others in the network use, such as ``192.168.1.5``; none when the studio is for this machine.
        lesson: Lesson file of one's own; none for those of the box.
    """

    folder: Path
    host: str
    port: int
    lan: str | None = None
    lesson: str | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts under which the studio may be asked for."""
        names = {self.host, "127.0.0.1", "localhost", "[::1]"} | ({self.lan} if self.lan else set())
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def lesson_id(self) -> str | None:
        """Id of the lesson of one's own, with which the facilitator begins; none for those of the box."""
        return Path(self.lesson).stem if self.lesson else None

    @property
    def join_address(self) -> str | None:
        """Address for phones; none when the studio is for this machine."""
        return f"http://{self.lan}:{self.port}" if self.lan else None


def data_folder() -> Path:
    """Where rooms are kept unless another folder is asked for."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "customer-centricity" / "studio"
