"""A studio that runs in a process of its own, and Chromium to look at it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

CHROMIUM = shutil.which("chromium")
LINK = re.compile(r"facilitator: ((http://[^/]+)/\S+)")
SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (360, 740)}  # px
LANGUAGES = ("en", "de")


class RunningStudio(NamedTuple):
    """A studio that answers.

    Args:
        address: Such as ``http://127.0.0.1:8765``.
        link: The facilitator's link, good once.
        process: The process.
    """

    address: str
    link: str
    process: subprocess.Popen[str]

    @property
    def token(self) -> str:
        """The token of the link."""
        return self.link.partition("#start=")[2]


@contextmanager
def running_studio(folder: Path, port: int | None = None, *options: str) -> Iterator[RunningStudio]:
    """A studio with its rooms in a folder, on a free port if none is given; ended when the block is left."""
    port = port or free_port()
    command = [sys.executable, "-m", "sim", "studio", "--no-browser", "--port", str(port), "--data", str(folder)]
    command += options
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield _greeting(process)
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _greeting(process: subprocess.Popen[str]) -> RunningStudio:
    assert process.stdout is not None
    for line in process.stdout:
        match = LINK.match(line)
        if match:
            return RunningStudio(match[2], match[1], process)
    raise RuntimeError(f"the studio ended with {process.wait()} before it gave its link")
