"""Pages, files and words by address."""

import hashlib
import importlib.util
import json
import mimetypes
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from sim.web.languages import STATIC, language_for, languages, words_of
from sim.web.sockets import serve_socket
from sim.web.studio import Studio
from sim.web.tokens import FACILITATOR, cookie_name, facilitator_token

PAGES = {"/": "index.html", "/join": "join.html", "/projector": "projector.html"}
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json"}
CHARTS = ("uPlot.iife.js", "uPlot.min.css")
LANGUAGE_COOKIE = "studio_language"
YEAR = 365 * 24 * 3600


def answer_with(request: Request, contents: bytes, kind: str) -> Response:
    """Contents with a mark by which the browser asks whether they have changed; empty when it has them.

    Args:
        request: What was asked.
        contents: What the address holds.
        kind: Media type.
    """
    mark = f'"{hashlib.sha256(contents).hexdigest()[:20]}"'
    headers = {"etag": mark, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(contents, media_type=kind, headers=headers)


def _language(request: Request) -> str:
    asked, kept = request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)
    return language_for(asked, kept, request.headers.get("accept-language", ""))


async def page(request: Request) -> Response:
    """One of the pages, marked with its language."""
    language = _language(request)
    text = (STATIC / PAGES[request.url.path]).read_text(encoding="utf-8")
    text = text.replace('<html lang="en"', f'<html lang="{language}"', 1)
    answer = answer_with(request, text.encode(), "text/html; charset=utf-8")
    answer.headers["vary"] = "accept-language, cookie"
    if request.query_params.get("lang") in languages():
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, samesite="strict", httponly=True)
    return answer


async def static_file(request: Request) -> Response:
    """A file of the folder `static`."""
    path = (STATIC / request.path_params["path"]).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        return Response(status_code=404)
    return _file(request, path)


async def chart_file(request: Request) -> Response:
    """A file of uPlot, from its installed package, which is not imported."""
    name, package = request.path_params["name"], importlib.util.find_spec("uplot")
    if name not in CHARTS or package is None or package.origin is None:
        return Response(status_code=404)
    return _file(request, Path(package.origin).parent / "static" / name)


def _file(request: Request, path: Path) -> Response:
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return answer_with(request, path.read_bytes(), kind)


async def words(request: Request) -> Response:
    """All words of a language."""
    language = request.path_params["language"]
    if language not in languages():
        return Response(status_code=404)
    text = json.dumps(words_of(language), ensure_ascii=False)
    return answer_with(request, text.encode(), "application/json")


async def begin(request: Request) -> Response:
    """The facilitator's link: good once, exchanged for a cookie."""
    studio: Studio = request.app.state.studio
    token = facilitator_token(studio.log, request.path_params["token"])
    if token is None:
        return RedirectResponse("/?link=used", 303)
    answer = RedirectResponse("/", 303)
    set_token(answer, cookie_name(FACILITATOR, studio.options.port), token)
    return answer


def set_token(answer: Response, name: str, token: str) -> None:
    """Give the browser a token that no script can read.

    Args:
        answer: What is sent.
        name: Name of the cookie.
        token: The token.
    """
    answer.set_cookie(name, token, httponly=True, samesite="strict", path="/")


async def health(request: Request) -> Response:
    """Whether the server is there."""
    studio: Studio = request.app.state.studio
    return JSONResponse({"ok": True, "ready": studio.facts is not None})


ROUTES: list[Any] = [
    *(Route(address, page) for address in PAGES),
    Route("/start/{token}", begin),
    Route("/static/{path:path}", static_file),
    Route("/vendor/{name}", chart_file),
    Route("/words/{language}.json", words),
    Route("/health", health),
    WebSocketRoute("/ws", serve_socket),
]
