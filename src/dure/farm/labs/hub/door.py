"""What of the hub's API a lab reaches through its relay: who is the person in front of me, may they come in, I am in use."""

import hashlib
import hmac
import socket
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

MOST_BYTES = 64 * 1024


class Door:
    """One lab's way to the hub. Besides its version there are three questions, and each takes a proof; all else does not exist.

    `proof` is the SHA-256 of the lab's own token: no token is kept.
    """

    def __init__(self, listening: socket.socket, *, hub: str, person: str, client: str, proof: str) -> None:
        self._listening, self._hub = listening, hub
        self._client, self._proof = client, proof
        self._api = "/hub/api"
        self._activity = f"{self._api}/users/{person}/activity"
        self._runner: web.ServerRunner | None = None

    async def open(self) -> None:
        """Listen until `close`."""
        self._session = aiohttp.ClientSession(connector=aiohttp.UnixConnector(self._hub))
        self._runner = web.ServerRunner(web.Server(self._answer))
        await self._runner.setup()
        await web.SockSite(self._runner, self._listening).start()

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            await self._session.close()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await _whole(request)
        if body is None or not self._may_pass(request, body):
            return web.json_response({"status": 404, "message": "not found"}, status=404)
        kept = ("Authorization", "Content-Type", "Accept")
        headers = {name: request.headers[name] for name in kept if name in request.headers}
        async with self._session.request(
            request.method, f"http://hub{request.raw_path}", headers=headers, data=body, allow_redirects=False
        ) as said:
            return web.Response(
                status=said.status,
                body=await said.read(),
                headers={"Content-Type": said.headers.get("Content-Type", "application/json")},
            )

    def _may_pass(self, request: web.BaseRequest, body: bytes) -> bool:
        """The hub itself checks the token of whom `GET /user` asks about: it is the person's, from their browser."""
        asked = (request.method, request.path)
        if asked in {("GET", self._api), ("GET", f"{self._api}/")}:
            return True  # its version, which a notebook server asks for before it starts
        if asked == ("GET", f"{self._api}/user"):
            return _token(request) != ""
        if asked == ("POST", f"{self._api}/oauth2/token"):
            given = parse_qs(body.decode(errors="replace"))
            return given.get("client_id") == [self._client] and self._is_own(
                given.get("client_secret", [""])[0]
            )
        return asked == ("POST", self._activity) and self._is_own(_token(request))

    def _is_own(self, token: str) -> bool:
        return hmac.compare_digest(proof_of(token), self._proof)


async def _whole(request: web.BaseRequest) -> bytes | None:
    """A request's body to its end, however it was cut into pieces; None where it is too long."""
    body = b""
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body


def proof_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(request: web.BaseRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() in {"token", "bearer"} else ""
