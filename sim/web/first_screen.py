"""What the first screen shows, kept from one start to the next: it is there at once, before the model is loaded."""

import asyncio
import base64
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.web.frame_store import FrameStore
from sim.web.pair_state import SIDES
from sim.web.worker import Worker

PACKAGE = Path(__file__).parents[1]
_READ = (".py", ".yaml")


class FirstScreen(NamedTuple):
    """The usual worlds.

    Args:
        facts: What is the same for all rooms.
        pair: The usual pair, as the worker describes it.
        frames: Its frames by side.
        opening: The script of the first minute, from the worlds that are shown.
    """

    facts: dict[str, Any]
    pair: dict[str, Any]
    frames: dict[str, list[bytes]]
    opening: dict[str, Any]

    @property
    def sides(self) -> tuple[str, ...]:
        """Keys of the two timelines."""
        return tuple(self.pair[side]["timeline"] for side in SIDES)

    def add_frames(self, store: FrameStore) -> None:
        """Put the frames of the usual worlds where rooms look for them.

        Args:
            store: Frames of all rooms.
        """
        for side, frames in self.frames.items():
            for month, frame in enumerate(frames):
                store.add(self.pair[side]["timeline"], month, frame)


async def usual_pair(looker: Worker, first: FirstScreen | None) -> dict[str, Any]:
    """The usual pair, from what is kept or from the worker.

    Args:
        looker: The worker.
        first: What is kept, if anything is.
    """
    pair: dict[str, Any] = first.pair if first else await looker.ask("pair")
    return pair


async def warm_up(looker: Worker, facts: dict[str, Any], first: FirstScreen | None) -> None:
    """Load the model and the usual worlds, so that questions about them are answered at once; keep the screen.

    Args:
        looker: The worker.
        facts: What is the same for all rooms.
        first: What is kept, if anything is.
    """
    pair = await looker.ask("pair")
    descriptions = {side: pair[side]["description"] for side in SIDES}
    opening = await looker.ask("opening", **descriptions)
    if first is not None:
        return
    frames: dict[str, list[bytes]] = {side: [] for side in SIDES}
    async for chunk in looker.stream("frames", **descriptions, begin=dict.fromkeys(SIDES, 0)):
        for side, _, frame in chunk:
            frames[side].append(frame)
    await asyncio.to_thread(keep_screen, FirstScreen(facts, pair, frames, opening))


def get_ready() -> float | None:
    """Compile the model and keep the first screen, as a first start does; the seconds it took, None where it is kept.

    Raises:
        Failed: The worlds cannot be run; the text says why.
    """
    if kept_screen() is not None:
        return None
    begun = time.monotonic()
    asyncio.run(_first_start())
    return time.monotonic() - begun


async def _first_start() -> None:
    looker = Worker("of the check")
    looker.start()
    try:
        await warm_up(looker, await looker.ask("facts"), None)
    finally:
        looker.close()


def kept_screen() -> FirstScreen | None:
    """The first screen of exactly this code; nothing when it was not kept or cannot be read."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        frames = {side: [base64.b64decode(frame) for frame in texts] for side, texts in kept["frames"].items()}
        return FirstScreen(kept["facts"], kept["pair"], frames, kept["opening"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_screen(screen: FirstScreen) -> None:
    """Keep the first screen for the next start; a disk that cannot be written is left alone.

    Args:
        screen: The screen.
    """
    texts = {side: [base64.b64encode(frame).decode() for frame in frames] for side, frames in screen.frames.items()}
    text = json.dumps(screen._asdict() | {"frames": texts}, allow_nan=False)
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, path)
        for other in path.parent.glob("first-screen-*.json"):
            if other != path:
                other.unlink()
    except OSError:
        return


def _file() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "customer-centricity" / "studio" / f"first-screen-{_digest()}.json"


def _digest() -> str:
    """Hash of all code and worlds of the package."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    worlds = PACKAGE / "_scenarios" if (PACKAGE / "_scenarios").is_dir() else PACKAGE.parent / "scenarios"
    for folder in (PACKAGE, worlds):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _READ)
