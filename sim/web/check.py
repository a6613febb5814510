"""The check before a session: port, network, files without internet, contrast on a projector, and a compiled model."""

import importlib.util
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sim.web.first_screen import get_ready, kept_screen
from sim.web.lan import lan_address
from sim.web.languages import STATIC
from sim.web.options import Options
from sim.web.worker import Failed, Refused

TEXT_CONTRAST, GRAPHIC_CONTRAST = 4.5, 3.0  # WCAG 2.2 AA, success criteria 1.4.3 and 1.4.11
_PAIRS = (  # colour, ground, contrast that is asked
    ("ink", "paper", TEXT_CONTRAST), ("ink", "surface", TEXT_CONTRAST), ("soft", "paper", TEXT_CONTRAST),
    ("soft", "surface", TEXT_CONTRAST), ("blue", "surface", TEXT_CONTRAST), ("orange", "surface", TEXT_CONTRAST),
    ("right", "surface", TEXT_CONTRAST), ("left", "surface", TEXT_CONTRAST), ("edge", "surface", GRAPHIC_CONTRAST),
    ("middle", "surface", GRAPHIC_CONTRAST), ("focus", "paper", GRAPHIC_CONTRAST),
)  # fmt: skip
_PATIENCE = 2.0  # seconds that an address gets to answer
HEXADECIMAL, FULL = 16, 255
OUTSIDE = re.compile(
    r"""(?:src|href)=["']https?://|url\(\s*["']?https?://|@import\s+["']?https?://|from\s+["']https?://"""
)


class CheckResult(NamedTuple):
    """What a check found.

    Args:
        good: Whether it is as it should be.
        text: What was found, and what can be done.
    """

    good: bool
    text: str


def check(options: Options, say: Callable[[str], None], prepare: Callable[[], float | None] = get_ready) -> int:
    """Say what was found, a line each; 0 when a session can begin.

    Args:
        options: How the studio would be started.
        say: Takes a line.
        prepare: Compiles the model where it is not; gives the seconds that this took, None where it was compiled.
    """
    findings = [*_port(options), *_network(options), *_files(), *_contrasts(STATIC / "css" / "studio.css")]
    for finding in findings:
        say(_line(finding))
    if kept_screen() is None:
        say("...  the model is being compiled for this computer: one to three minutes, once for each version")
    compiled = _compiled(prepare)
    say(_line(compiled))
    return 0 if all(finding.good for finding in (*findings, compiled)) else 1


def _line(finding: CheckResult) -> str:
    return f"{'ok  ' if finding.good else 'FAIL'} {finding.text}"


def _compiled(prepare: Callable[[], float | None]) -> CheckResult:
    try:
        seconds = prepare()
    except (Failed, Refused) as trouble:
        return CheckResult(False, f"the model does not run: {trouble}")
    took = "" if seconds is None else f", which took {seconds:.0f} seconds"
    return CheckResult(True, f"the model is compiled{took}: Play is ready within seconds")


def _port(options: Options) -> Iterator[CheckResult]:
    try:
        with _listening(options.host, options.port):
            yield CheckResult(True, f"port {options.port} on {options.host} is free")
    except OSError as trouble:
        yield CheckResult(
            False, f"port {options.port} on {options.host}: {trouble.strerror}; try --port {options.port + 1}"
        )


def _network(options: Options) -> Iterator[CheckResult]:
    """Whether this machine reaches itself by its address in the network; more cannot be seen from here."""
    address = options.lan or lan_address()
    if address is None:
        yield CheckResult(not options.lan, "no network: phones cannot join; the studio works on this machine")
        return
    try:
        with _listening(address, options.port) as port:
            _answered(address, port)
    except OSError as trouble:
        said = f"{address}:{options.port} does not answer on this machine ({trouble.strerror}): phones cannot join"
        yield CheckResult(False, said)
        return
    yield CheckResult(True, f"{address}:{options.port} answers on this machine")
    way = f"start sim studio --lan and open http://{address}:{options.port}/health on a phone; it shows ok"
    yield CheckResult(True, f"phones: not tested, for a firewall or the Wi-Fi may keep them out; {way}")


class _listening:
    """A socket that answers one connection."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.host, self.port = host, port

    def __enter__(self) -> int:
        try:
            self.socket.bind((self.host, self.port))
            self.socket.listen(1)
        except OSError:
            self.socket.close()
            raise
        return int(self.socket.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def _answered(address: str, port: int) -> None:
    with socket.create_connection((address, port), _PATIENCE):
        return


def _files() -> Iterator[CheckResult]:
    """Whether every file is there and none asks for another machine."""
    files = [path for path in STATIC.rglob("*") if path.suffix in (".html", ".css", ".js")]
    outside = [path.name for path in files if OUTSIDE.search(path.read_text(encoding="utf-8"))]
    named = "".join(f" ({name})" for name in outside)
    said = f"{len(files)} files of the pages, {len(outside)} ask for other machines{named}"
    yield CheckResult(bool(files) and not outside, said)
    package = importlib.util.find_spec("uplot")
    charts = package is not None and package.origin is not None
    there = charts and (Path(str(package and package.origin)).parent / "static" / "uPlot.iife.js").is_file()
    yield CheckResult(
        there, "charts: uPlot is installed" if there else "charts: uPlot is missing; pip install uplot-python"
    )
    yield CheckResult(True, "fonts: those of this machine; nothing is loaded from elsewhere")


def _contrasts(sheet: Path) -> Iterator[CheckResult]:
    """Contrast of the colours of the pages, by the formula of WCAG."""
    colours = dict(re.findall(r"--([\w-]+):\s*#([0-9a-fA-F]{6})\b", sheet.read_text(encoding="utf-8")))
    known = [(front, ground, least) for front, ground, least in _PAIRS if front in colours and ground in colours]
    low = [
        f"{front} on {ground} {ratio:.1f} instead of {least}"
        for front, ground, least in known
        if (ratio := contrast(colours[front], colours[ground])) < least
    ]
    yield CheckResult(
        bool(known) and not low, f"contrast of {len(known)} colours: " + ("; ".join(low) or "all as WCAG asks")
    )


def contrast(colour: str, ground: str) -> float:
    """Contrast of two colours, from 1 to 21.

    Args:
        colour: Six hexadecimal digits.
        ground: Six hexadecimal digits.

    Source:
        WCAG 2.2, definitions of contrast ratio and relative luminance.

    >>> round(contrast("000000", "ffffff"), 1)
    21.0
    """
    dark, light = sorted((_luminance(colour), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], HEXADECIMAL) / FULL for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
