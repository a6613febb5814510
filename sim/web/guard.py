"""What stands before every request: which host may be asked for, from which page, and the headers of all answers."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://HOST; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-frame-options": "DENY",
}
SAFE_METHODS = ("GET", "HEAD")
POLICY_VIOLATION = 1008


class Guard:
    """Refuses foreign hosts and pages, and puts the headers on every answer.

    Args:
        app: What answers.
        hosts: Hosts with port under which this server may be asked for.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if not self._is_ours(scope):
            await self._refuse(scope, receive, send)
            return

        host = Headers(scope=scope)["host"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value.replace("HOST", host))
            await send(message)

        await self.app(scope, receive, with_headers)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if headers.get("host") not in self.hosts:
            return False
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return True
        return headers.get("origin") in {f"http://{host}" for host in self.hosts}

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await PlainTextResponse("This address is not served here.", 421)(scope, receive, send)
