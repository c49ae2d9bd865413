"""The labs' proxy between a browser and made-up servers: runs among the hub's packages, and prints what came through as JSON."""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web
from tornado.web import create_signed_value

from dure.farm.labs.hub.proxy import LabProxy

SECRET = b"of-the-hub"
SAID = [
    ("Service-Worker-Allowed", "/"),
    ("Clear-Site-Data", '"*"'),
    ("Strict-Transport-Security", "max-age=1"),
    ("Set-Cookie", "_xsrf=1; Path=/"),
    ("Set-Cookie", "_xsrf=2; Domain=example.org"),
    ("Set-Cookie", "sessionid=mine"),
    ("X-Own", "kept"),
]


def app(port: int) -> Any:
    """As much of JupyterHub as the proxy asks for: Ann is signed in with the cookie `hers`."""
    ann = SimpleNamespace(first=lambda: SimpleNamespace(name="ann"))
    return SimpleNamespace(
        bind_url=f"http://127.0.0.1:{port}/",
        public_url=f"http://127.0.0.1:{port}/",
        cookie_secret=SECRET,
        cookie_max_age_days=1,
        hub=SimpleNamespace(cookie_name="jupyterhub-hub-login"),
        db=SimpleNamespace(query=lambda _: SimpleNamespace(filter=lambda _: ann)),
        users={},
    )


async def served(path: Path, name: str) -> web.ServerRunner:
    async def answer(_request: web.BaseRequest) -> web.Response:
        made = web.Response(text=name)
        for key, value in SAID:
            made.headers.add(key, value)
        return made

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.UnixSite(runner, str(path)).start()
    return runner


def address(path: str) -> str:
    return f"http+unix://{quote(path, safe='')}"


def held(socket: Path) -> int:
    """How many of our descriptors are of this socket itself."""
    return sum(Path(os.path.realpath(one)) == socket for one in Path("/proc/self/fd").iterdir())


async def probe(folder: Path, port: int) -> dict[str, Any]:
    """Lay the routes as the hub does, and go through them as a browser."""
    for name in ("hub", "ann", "impostor"):
        await served(folder / name, name)
    proxy = LabProxy(app=app(port))
    await proxy.start()
    descriptor = os.open(folder / "ann", os.O_PATH)
    await proxy.add_route("/", address(str(folder / "hub")), {"hub": True})
    await proxy.add_route("/user/ann/", address(f"/proc/self/fd/{descriptor}"), {"user": "ann"})
    os.close(descriptor)
    assert os.open(folder / "impostor", os.O_PATH) == descriptor, "the number is given again"
    base = f"http://127.0.0.1:{port}"
    found: dict[str, Any] = {}
    hers = create_signed_value(SECRET, "jupyterhub-hub-login", "her-id").decode()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser:

        async def get(what: str, path: str, cookie: str = "", accept: str = "text/html") -> None:
            headers = {"Cookie": cookie, "Accept": accept}
            async with browser.get(f"{base}{path}", headers=headers, allow_redirects=False) as said:
                found[what] = {
                    "status": said.status,
                    "text": await said.text(),
                    "headers": list(said.headers.items()),
                }

        await get("stranger", "/hub/home")
        await get("hub", "/hub/home", f'jupyterhub-hub-login="{hers}"')
        tickets = [value for _, value in found["hub"]["headers"] if value.startswith("dure-lab=")]
        ticket = tickets[0].partition(";")[0]
        await get("person", "/user/ann/lab?x=1")
        await get("picture", "/user/ann/lab", accept="image/*")
        await get("forged", "/user/ann/lab", "dure-lab=ann.0000", accept="image/*")
        await get("own", "/user/ann/lab", ticket)
    before = held(folder / "ann")
    await proxy.delete_route("/user/ann/")
    found["held"] = [before, held(folder / "ann")]
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(asyncio.run(probe(Path(folder), int(sys.argv[1])))))


main()
