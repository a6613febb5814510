"""sim studio: the trainers' app on this machine: two firms side by side, lessons, and a workshop on phones."""

import argparse
import contextlib
import importlib.util
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.parameters.errors import BadInput

if TYPE_CHECKING:
    from sim.web.options import Options

WEB_PACKAGES = ("starlette", "uvicorn", "websockets", "uplot", "segno")
_PATIENCE = 0.5  # seconds after which the browser is opened: the server answers by then


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; this machine alone if left out")
    parser.add_argument("--port", type=int, default=8765, help="port to listen on (8765)")
    parser.add_argument("--lan", action="store_true", help="let phones in the same network join: address, QR and code")
    parser.add_argument(
        "--check", action="store_true", help="test port, network, files and contrast, compile the model, then end"
    )
    parser.add_argument("--lesson", type=Path, metavar="FILE", help="a lesson of your own: checked, then opened")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="where rooms are kept; ~/.local/share if left out")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Start the studio, or check whether it could start."""
    _refuse_missing_packages()
    options = _options(arguments)
    if arguments.check:
        from sim.web.check import check

        return check(options, print)
    _serve(options, _listening(options), browser=not arguments.no_browser)
    return 0


def _refuse_missing_packages() -> None:
    missing = [name for name in WEB_PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise BadInput(
            f"sim studio needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed: "
            'pip install "customer-centricity[studio]"'
        )


def _options(arguments: argparse.Namespace) -> "Options":
    from sim.web.lan import lan_address
    from sim.web.options import Options, data_folder

    if not 1 <= arguments.port <= 65_535:
        raise BadInput(f"--port is {arguments.port}; it must lie between 1 and 65535")
    address = lan_address() if arguments.lan else None
    if arguments.lan and address is None:
        raise BadInput("--lan: this machine is in no network; connect to Wi-Fi or open a hotspot, or leave --lan out")
    host = "0.0.0.0" if arguments.lan and arguments.host == "127.0.0.1" else arguments.host
    lesson = str(_lesson(arguments.lesson)) if arguments.lesson else None
    return Options(arguments.data or data_folder(), host, arguments.port, address, lesson)


def _lesson(path: Path) -> Path:
    """The file of a lesson, after its check."""
    from sim.experiments.live.lesson_file import load_lesson

    load_lesson(str(path))
    return path.resolve()


def _listening(options: "Options") -> socket.socket:
    from sim.web.server import listening

    try:
        return listening(options)
    except OSError as trouble:
        raise BadInput(
            f"--host {options.host} --port {options.port} cannot be used ({trouble.strerror}); "
            f"is the studio running already? Another port: --port {options.port + 1}"
        ) from None


def _serve(options: "Options", ear: socket.socket, browser: bool) -> None:
    from sim.web.server import serve
    from sim.web.studio import Studio
    from sim.web.tokens import FACILITATOR, new_link

    studio = Studio(options)

    def tell_link() -> str:
        """Print a link; one that nobody used is good no more."""
        link = f"http://127.0.0.1:{options.port}/#start={new_link(studio.log, FACILITATOR)}"
        print(f"facilitator: {link}", flush=True)
        return link

    link = tell_link()
    print("The link is good once; Enter prints a new one. Ctrl-C ends the studio; rooms are kept.", file=sys.stderr)
    if hasattr(signal, "SIGTTIN"):
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # in the background it goes on, and hears no Enter
    threading.Thread(target=_at_each_enter, args=(tell_link,), daemon=True).start()
    if options.join_address:
        _tell_network(options.join_address)
    if browser:
        threading.Timer(_PATIENCE, webbrowser.open, [link]).start()
    serve(studio, ear)


def _at_each_enter(act: Callable[[], object]) -> None:
    """Do something each time somebody presses Enter in the console; nothing where there is none."""
    with contextlib.suppress(OSError, ValueError):  # no console, or it was closed
        for _ in sys.stdin or ():
            act()


def _tell_network(address: str) -> None:
    from sim.web.lan import qr_text

    print(f"phones: {address}/join", qr_text(f"{address}/join"), sep="\n", flush=True)
    print("Plain http: others in this network could read along. No personal data is asked for.", file=sys.stderr)
