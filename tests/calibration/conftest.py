"""No test of calibration may reach another computer."""

import socket

import pytest


class LocalSocket(socket.socket):
    """A socket that refuses to speak to a network."""

    def __init__(self, family=socket.AF_INET, *rest, **named):
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            raise AssertionError("a socket was opened")
        super().__init__(family, *rest, **named)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Every kind, format and project is calibrated in this room, and none may open a socket."""
    monkeypatch.setattr(socket, "socket", LocalSocket)
