"""The one port that people's browsers reach: leads each request to the hub or to a lab, over Unix sockets.

It runs inside the hub, in its event loop. JupyterHub's usual proxies are programs of Node or Go with an administrative port of
their own; this one has none, and can reach nothing but sockets.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import aiohttp
from aiohttp import web
from jupyterhub.proxy import Proxy
from multidict import CIMultiDict
from yarl import URL

from dure.farm.labs.hub import cookies

MOST_MESSAGE = 64 * 1024**2
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


@dataclass(frozen=True, slots=True)
class Route:
    """Where requests below a prefix go."""

    target: str
    data: dict[str, Any]
    session: aiohttp.ClientSession


class LabProxy(Proxy):  # type: ignore[misc]  # JupyterHub has no types
    """JupyterHub's interface of a proxy."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._routes: dict[str, Route] = {}
        self._runner: web.ServerRunner | None = None

    async def start(self) -> None:
        """Listen."""
        url = urlsplit(self.app.bind_url)
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
        session = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(path, limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
        )
        self._routes[spec] = Route(target, data, session)

    async def delete_route(self, routespec: str) -> None:
        gone = self._routes.pop(self.validate_routespec(routespec), None)
        if gone is not None:
            await gone.session.close()

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
            return web.Response(status=503, text="this lab does not answer; try again in some seconds")

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
                headers=_back(said.headers, is_hub="hub" in route.data),
            )
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


def _back(said: Mapping[str, str], *, is_hub: bool) -> CIMultiDict[str]:
    return CIMultiDict(
        (name, value)
        for name, value in said.items()
        if name.lower() not in _OF_ONE_HOP
        and (name.lower() != "set-cookie" or is_hub or cookies.may_set(value))
    )


async def _carry(source: Any, target: Any) -> None:
    """Messages of one direction, until it closes."""
    async for message in source:
        if message.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)
