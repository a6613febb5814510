"""Pages, files and words by address."""

import hashlib
import hmac
import importlib.util
import json
import mimetypes
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from sim.web.export import decisions_csv, replay_page
from sim.web.lan import qr_svg
from sim.web.languages import STATIC, language_for, languages, words_of
from sim.web.limits import MOST_MESSAGE_BYTES
from sim.web.members import LONGEST_NICKNAME, MOST_MEMBERS
from sim.web.sockets import serve_socket
from sim.web.studio import Studio
from sim.web.tokens import FACILITATOR, MEMBER, PROJECTOR, cookie_name, exchanged, token_hash

PAGES = {"/": "index.html", "/join": "join.html", "/projector": "projector.html"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json"}
_CHARTS = ("uPlot.iife.js", "uPlot.min.css")
LANGUAGE_COOKIE = "studio_language"
_YEAR = 365 * 24 * 3600


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
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="strict", httponly=True)
    return answer


async def static_file(request: Request) -> Response:
    """A file of the folder `static`."""
    path = (STATIC / request.path_params["path"]).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        return Response(status_code=404)
    return _file(request, path)


async def chart_file(request: Request) -> Response:
    """A file of uPlot, from its installed package, which is not imported."""
    name, charts = request.path_params["name"], _charts()
    if name not in _CHARTS or charts is None:
        return Response(status_code=404)
    return _file(request, charts / name)


def _file(request: Request, path: Path) -> Response:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return answer_with(request, path.read_bytes(), kind)


async def words(request: Request) -> Response:
    """All words of a language."""
    language = request.path_params["language"]
    if language not in languages():
        return Response(status_code=404)
    text = json.dumps(words_of(language), ensure_ascii=False)
    return answer_with(request, text.encode(), "application/json")


async def begin(request: Request) -> Response:
    """The token of a link, good once, exchanged for a cookie."""
    studio: Studio = request.app.state.studio
    if not studio.joins.take(_address(request)):
        return JSONResponse({"why": "often"}, 429)
    sent = await _object(request)
    known = exchanged(studio.log, str(sent.get("token", "")))
    if known is None:
        return JSONResponse({"why": "link"}, 403)
    answer = JSONResponse({"role": known[0]})
    set_token(answer, cookie_name(known[0], studio.options.port), known[1])
    return answer


async def join(request: Request) -> Response:
    """A room's code, exchanged for the cookie of a member."""
    studio: Studio = request.app.state.studio
    if not studio.joins.take(_address(request)):
        return JSONResponse({"why": "often"}, 429)
    if studio.current is None:
        return JSONResponse({"why": "not_ready"}, 503)
    sent, room = await _object(request), studio.current.room
    nickname = str(sent.get("nickname", "")).strip()
    if not hmac.compare_digest(str(sent.get("code", "")).strip().upper().encode(), room.code.encode()):
        return JSONResponse({"why": "code"}, 403)
    if room.members.locked or len(room.members.present) >= MOST_MEMBERS:
        return JSONResponse({"why": "locked"}, 409)
    if len(nickname) > LONGEST_NICKNAME or not (nickname.isprintable() or not nickname):
        return JSONResponse({"why": "nickname"}, 400)
    number, token = await studio.join(nickname, sent.get("watch") is True)
    answer = JSONResponse({"member": number})
    set_token(answer, cookie_name(MEMBER, studio.options.port), token)
    return answer


async def leave(request: Request) -> Response:
    """Forget a member and his cookie."""
    studio: Studio = request.app.state.studio
    name = cookie_name(MEMBER, studio.options.port)
    hash = token_hash(request.cookies.get(name, ""))
    known = studio.log.token(hash)
    if known and known[0] == MEMBER and studio.is_present(known[2]) and known[2]:
        await studio.leave(known[2])
        studio.log.use_token(hash, 0.0)
    answer = JSONResponse({"left": True})
    answer.delete_cookie(name, path="/")
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _object(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; empty when it is none or too large."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > MOST_MESSAGE_BYTES:
            return {}
    try:
        sent = json.loads(b"".join(parts))
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


async def qr_code(request: Request) -> Response:
    """The way for phones into the room, as a picture."""
    studio: Studio = request.app.state.studio
    if not is_trainer(request, studio) or studio.current is None:
        return Response(status_code=404)
    address = studio.options.join_address or f"http://127.0.0.1:{studio.options.port}"
    return answer_with(request, qr_svg(f"{address}/join?code={studio.current.room.code}"), "image/svg+xml")


def is_trainer(request: Request, studio: Studio) -> bool:
    """Whether facilitator or projector asks.

    Args:
        request: What is asked.
        studio: The studio.
    """
    for role in (FACILITATOR, PROJECTOR):
        known = studio.log.token(token_hash(request.cookies.get(cookie_name(role, studio.options.port), "")))
        if known and known[0] == role:
            return True
    return False


def set_token(answer: Response, name: str, token: str) -> None:
    """Give the browser a token that no script can read.

    Args:
        answer: What is sent.
        name: Name of the cookie.
        token: The token.
    """
    answer.set_cookie(name, token, httponly=True, samesite="strict", path="/")


async def replay(request: Request) -> Response:
    """The room as a page that needs no server."""
    studio: Studio = request.app.state.studio
    charts = _charts()
    if not is_trainer(request, studio) or studio.current is None or studio.facts is None or charts is None:
        return Response(status_code=404)
    page = replay_page(studio.current.desk, studio.facts, _language(request), charts)
    return _download(page, "text/html; charset=utf-8", f"replay-{studio.current.room.code}.html")


async def decisions(request: Request) -> Response:
    """The decisions of the workshop for a spreadsheet."""
    studio: Studio = request.app.state.studio
    if not is_trainer(request, studio) or studio.current is None:
        return Response(status_code=404)
    room = studio.current.room
    return _download(decisions_csv(room.workshop), "text/csv; charset=utf-8", f"decisions-{room.code}.csv")


def _download(text: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(text, media_type=kind, headers=headers)


def _charts() -> Path | None:
    """Folder of uPlot's files, in its installed package, which is not imported."""
    package = importlib.util.find_spec("uplot")
    return Path(package.origin).parent / "static" if package and package.origin else None


async def health(request: Request) -> Response:
    """Whether the server is there."""
    studio: Studio = request.app.state.studio
    return JSONResponse({"ok": True, "ready": studio.facts is not None})


ROUTES: list[Any] = [
    *(Route(address, page) for address in PAGES),
    Route("/start", begin, methods=["POST"]),
    Route("/join", join, methods=["POST"]),
    Route("/leave", leave, methods=["POST"]),
    Route("/qr.svg", qr_code),
    Route("/static/{path:path}", static_file),
    Route("/vendor/{name}", chart_file),
    Route("/words/{language}.json", words),
    Route("/export/replay.html", replay),
    Route("/export/decisions.csv", decisions),
    Route("/health", health),
    WebSocketRoute("/ws", serve_socket),
]
