"""The network around: the address of this machine in it, and the QR code that leads there."""

import io
import socket
from types import ModuleType

ANYWHERE = ("192.0.2.1", 9)  # an address for documentation: nothing is sent, it only picks the way out
QR_SCALE = 8


def lan_address() -> str | None:
    """Address of this machine in its network; nothing when it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        try:
            way_out.connect(ANYWHERE)
            address = str(way_out.getsockname()[0])
        except OSError:
            return None
    return None if address.startswith(("127.", "0.")) else address


def qr_svg(address: str) -> bytes:
    """A QR code as SVG.

    Args:
        address: Where it leads.
    """
    picture = io.BytesIO()
    _segno().make(address, error="m").save(picture, kind="svg", scale=QR_SCALE, border=4, dark="#000", light="#fff")
    return picture.getvalue()


def qr_text(address: str) -> str:
    """A QR code for the console.

    Args:
        address: Where it leads.
    """
    picture = io.StringIO()
    _segno().make(address, error="l").terminal(picture, compact=True, border=2)
    return picture.getvalue()


def _segno() -> ModuleType:
    import segno

    return segno
