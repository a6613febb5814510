"""The server: the app put together, and uvicorn that runs it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from sim.web.guard import Guard
from sim.web.limits import MOST_BYTES
from sim.web.options import Options
from sim.web.routes import ROUTES
from sim.web.studio import Studio

PATIENCE = 2  # seconds that open sockets get when the server ends


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


def serve(studio: Studio) -> None:
    """Serve until Ctrl-C.

    Args:
        studio: What is served.
    """
    options: Options = studio.options
    uvicorn.run(
        application(studio), host=options.host, port=options.port, ws="websockets-sansio", ws_max_size=MOST_BYTES,
        log_level="warning", access_log=False, server_header=False, date_header=False, lifespan="on",
        timeout_graceful_shutdown=PATIENCE,
    )  # fmt: skip
