"""The server: the app put together, and uvicorn that runs it."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from sim.web.guard import Guard
from sim.web.limits import MOST_MESSAGE_BYTES
from sim.web.options import Options
from sim.web.routes import ROUTES
from sim.web.studio import Studio

BACKLOG = 100  # phones that may knock at the same moment
_PATIENCE = 2  # seconds that open sockets get when the server ends


def application(studio: Studio) -> ASGIApp:
    """The app.

    Args:
        studio: What it serves; it is started and stopped with the app.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await studio.start()
        try:
            yield
        finally:
            await studio.stop()

    app = Starlette(routes=ROUTES, lifespan=lifespan)
    app.state.studio = studio
    return Guard(app, studio.options.hosts)


def listening(options: Options) -> socket.socket:
    """A socket on which the studio is asked for from now on; who asks waits until it serves.

    Args:
        options: How the studio is started.

    Raises:
        OSError: The address or port cannot be used.
    """
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    ear = socket.socket(family)
    if os.name != "nt":  # there it would let two servers listen on one port
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        ear.bind((options.host, options.port))
        ear.listen(BACKLOG)
    except OSError:
        ear.close()
        raise
    return ear


def serve(studio: Studio, ear: socket.socket) -> None:
    """Serve until Ctrl-C.

    Args:
        studio: What is served.
        ear: What `listening` gave.
    """
    config = uvicorn.Config(
        application(studio), ws="websockets-sansio", ws_max_size=MOST_MESSAGE_BYTES, log_level="warning",
        access_log=False, server_header=False, date_header=False, lifespan="on", timeout_graceful_shutdown=_PATIENCE,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[ear])
