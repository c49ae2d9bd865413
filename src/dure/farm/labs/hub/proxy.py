"""The one port that people's browsers reach: leads each request to the hub or to a lab, over Unix sockets.

It runs inside the hub, in its event loop. JupyterHub's usual proxies are programs of Node or Go with an administrative port of
their own; this one has none, and can reach nothing but sockets.
"""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import aiohttp
from aiohttp import web
from jupyterhub import orm
from jupyterhub.proxy import Proxy
from multidict import CIMultiDict
from tornado.web import decode_signed_value
from yarl import URL

from dure.farm.labs.hub import cookies, gone
from dure.farm.labs.hub.tickets import Tickets

MOST_MESSAGE = 64 * 1024**2
_OPEN = "/proc/self/fd/"
_OF_ONE_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_OURS_TO_SAY = {
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-scheme",
    "x-real-ip",
}
_NOT_A_LABS_TO_SAY = {
    "alt-svc",
    "clear-site-data",
    "nel",
    "report-to",
    "reporting-endpoints",
    "service-worker-allowed",
    "strict-transport-security",
}
"""What these say holds for all of the labs' address, and all labs share it."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where requests below a prefix go; `held` is a descriptor of the route's own, or -1."""

    prefix: str
    target: str
    data: dict[str, Any]
    session: aiohttp.ClientSession
    held: int

    @property
    def person(self) -> str:
        """Whose lab it leads to; empty for the hub."""
        return str(self.data.get("user", ""))


class LabProxy(Proxy):  # type: ignore[misc]  # JupyterHub has no types
    """JupyterHub's interface of a proxy."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._routes: dict[str, Route] = {}
        self._runner: web.ServerRunner | None = None
        self._looked_after: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Listen."""
        url = urlsplit(self.app.bind_url)
        is_secure = urlsplit(self.app.public_url).scheme == "https"
        self._tickets = Tickets(self.app.cookie_secret, is_secure=is_secure)
        self._runner = web.ServerRunner(web.Server(self._answer))
        await self._runner.setup()
        await web.TCPSite(self._runner, url.hostname, url.port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        for spec in list(self._routes):
            await self.delete_route(spec)

    async def add_route(self, routespec: str, target: str, data: dict[str, Any]) -> None:
        """Lead a prefix to a Unix socket; in the place of what it led to."""
        spec = self.validate_routespec(routespec)
        await self.delete_route(spec)
        path = unquote(urlsplit(target).netloc.rpartition(":")[0] or urlsplit(target).netloc)
        held = _held(path)
        session = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(path if held < 0 else f"{_OPEN}{held}", limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
        )
        self._routes[spec] = Route(spec, target, data, session, held)

    async def delete_route(self, routespec: str) -> None:
        gone = self._routes.pop(self.validate_routespec(routespec), None)
        if gone is not None:
            await gone.session.close()
            if gone.held >= 0:
                os.close(gone.held)

    async def get_all_routes(self) -> dict[str, dict[str, Any]]:
        return {
            spec: {"routespec": spec, "target": route.target, "data": route.data}
            for spec, route in self._routes.items()
        }

    def _route(self, path: str) -> Route | None:
        fitting = [spec for spec in self._routes if path.startswith(spec) or f"{path}/" == spec]
        return self._routes[max(fitting, key=len)] if fitting else None

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        route = self._route(request.raw_path.partition("?")[0])
        if route is None or not request.raw_path.startswith("/"):
            return web.Response(status=503, text="the hub is starting")
        if route.person and not self._tickets.let_in(request.headers, route.person):
            return _by_the_hub(request, route.prefix)
        url = URL(f"http://lab{request.raw_path}", encoded=True)
        is_websocket = request.headers.get("Upgrade", "").lower() == "websocket"
        try:
            if is_websocket:
                return await self._converse(request, route, url)
            return await self._pass_on(request, route, url)
        except aiohttp.WSServerHandshakeError as refused:
            return web.Response(status=refused.status)
        except (aiohttp.ClientConnectionError, RuntimeError) as error:
            self.log.warning("%s cannot be reached: %s", route.target, error)
            self._look_after(route)
            return _gone(request, route.prefix)

    def _look_after(self, route: Route) -> None:
        """Have the hub look at once whether the lab is over: by itself it looks every few seconds, and people are quicker."""
        if route.person and route.prefix not in self._looked_after:
            self._looked_after[route.prefix] = asyncio.create_task(
                self._ask_after(route.person, route.prefix)
            )

    async def _ask_after(self, name: str, prefix: str) -> None:
        try:
            await self.app.users[name].spawner.poll_and_notify()
        except Exception:
            self.log.exception("the hub could not look after %s", prefix)
        finally:
            del self._looked_after[prefix]

    async def _pass_on(self, request: web.BaseRequest, route: Route, url: URL) -> web.StreamResponse:
        """Both bodies pass as they come."""
        async with route.session.request(
            request.method,
            url,
            headers=self._onward(request),
            data=request.content if request.body_exists else None,
            allow_redirects=False,
        ) as said:
            answer = web.StreamResponse(
                status=said.status,
                reason=said.reason,
                headers=_back(said.headers, route),
            )
            if not route.person and (name := self._signed_in(request)):
                answer.headers.add("Set-Cookie", self._tickets.cookie_for(name))
            await answer.prepare(request)
            async for piece in said.content.iter_any():
                await answer.write(piece)
            await answer.write_eof()
            return answer

    async def _converse(self, request: web.BaseRequest, route: Route, url: URL) -> web.StreamResponse:
        headers = self._onward(request)
        for name in [name for name in headers if name.lower().startswith("sec-websocket-")]:
            del headers[name]
        offered = request.headers.get("Sec-WebSocket-Protocol", "")
        protocols = [name.strip() for name in offered.split(",") if name.strip()]
        async with route.session.ws_connect(
            url, headers=headers, protocols=protocols, max_msg_size=MOST_MESSAGE
        ) as there:
            here = web.WebSocketResponse(
                protocols=[there.protocol] if there.protocol else (), max_msg_size=MOST_MESSAGE, heartbeat=30
            )
            await here.prepare(request)
            ways = [asyncio.create_task(_carry(here, there)), asyncio.create_task(_carry(there, here))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            await here.close(code=there.close_code or 1001)
            return here

    def _signed_in(self, request: web.BaseRequest) -> str:
        """Who is signed in to the hub in this browser, read as the hub reads it; empty for nobody."""
        cookie = self.app.hub.cookie_name
        sent = cookies.value_of(cookie, request.headers.get("Cookie", ""))
        known = decode_signed_value(
            self.app.cookie_secret, cookie, sent, max_age_days=self.app.cookie_max_age_days
        )
        if not known:
            return ""
        found = (
            self.app.db.query(orm.User).filter(orm.User.cookie_id == known.decode(errors="replace")).first()
        )
        return str(found.name) if found else ""

    def _onward(self, request: web.BaseRequest) -> CIMultiDict[str]:
        public = urlsplit(self.app.public_url)
        headers = CIMultiDict(
            (name, value)
            for name, value in request.headers.items()
            if name.lower() not in _OF_ONE_HOP | _OURS_TO_SAY | {"cookie"}
        )
        if sent := cookies.ours(request.headers.get("Cookie", "")):
            headers["Cookie"] = sent
        headers["X-Forwarded-For"] = request.remote or ""
        headers["X-Forwarded-Proto"] = public.scheme or "http"
        return headers


def _held(path: str) -> int:
    """A descriptor that is named is doubled: its owner may close it, and the number would lead to what is opened next."""
    return os.dup(int(path.removeprefix(_OPEN))) if path.startswith(_OPEN) else -1


def _gone(request: web.BaseRequest, prefix: str) -> web.Response:
    page = gone.page(request.method, request.raw_path, request.headers, prefix)
    if page is None:
        return web.Response(status=503, text="this lab does not answer; try again in some seconds")
    return web.Response(status=503, text=page, content_type="text/html")


def _by_the_hub(request: web.BaseRequest, prefix: str) -> web.Response:
    """A person is led to the hub, which knows who may come here; a program is turned away."""
    onward = gone.through_the_hub(request.method, request.raw_path, request.headers, prefix)
    if onward is None:
        return web.Response(status=403, text="open your lab from Dure first")
    return web.Response(status=302, headers={"Location": onward})


def _back(said: Mapping[str, str], route: Route) -> CIMultiDict[str]:
    """The hub's headers as they are; of a lab's those that hold for itself."""
    passed = CIMultiDict((name, value) for name, value in said.items() if name.lower() not in _OF_ONE_HOP)
    if not route.person:
        return passed
    set_by_it = passed.popall("Set-Cookie", [])
    for name in _NOT_A_LABS_TO_SAY:
        passed.popall(name, None)
    for cookie in set_by_it:
        if kept := cookies.let_through(cookie, route.prefix):
            passed.add("Set-Cookie", kept)
    return passed


async def _carry(source: Any, target: Any) -> None:
    """Messages of one direction, until it closes."""
    async for message in source:
        if message.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)
