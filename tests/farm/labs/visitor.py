"""A person's browser in a lab, without a browser: runs among the hub's packages, which have what websockets need.

Reads one JSON object per line on standard input, `{"do": …}`, and answers each with one line.
"""

import asyncio
import json
import sys
import uuid
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from yarl import URL

START_S = 180.0


class Visitor:
    """One person's cookies, and where their lab is."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.base = ""
        self.kernel = ""

    async def enter(self, *, link: str) -> dict[str, Any]:
        """Sign in to Dure with a one-time link."""
        async with self.session.get(link) as page:
            text = await page.text()
        token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = {"csrfmiddlewaretoken": token}
        async with self.session.post(link, data=form, headers={"Referer": link}) as answer:
            return {"status": answer.status}

    async def open(self, *, address: str) -> dict[str, Any]:
        """Follow an address into the lab, and wait until it is there."""
        until = asyncio.get_running_loop().time() + START_S
        while True:
            async with self.session.get(address, max_redirects=20) as answer:  # as many as a browser follows
                url, status = answer.url, answer.status
                text = await answer.text()
            if status != 503 and "/user/" in url.path and "/hub/" not in url.path:
                self.base = f"{url.origin()}/user/{url.path.split('/user/')[1].split('/')[0]}"
                return {"status": status, "url": str(url), "base": self.base}
            is_refused = status >= 400 and status != 503 and "pending" not in url.path
            if is_refused or asyncio.get_running_loop().time() > until:
                return {"status": status, "url": str(url), "text": text[-3000:]}
            await asyncio.sleep(1)

    async def get(self, *, url: str, accept: str = "*/*") -> dict[str, Any]:
        """Follow any address, as a link or a picture does."""
        async with self.session.get(url, headers={"Accept": accept}) as answer:
            return {"status": answer.status, "url": str(answer.url), "text": (await answer.text())[-3000:]}

    async def ask(self, *, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """A request to the lab's server."""
        headers = {"X-XSRFToken": self._xsrf()}
        async with self.session.request(method, f"{self.base}{path}", json=body, headers=headers) as answer:
            text = await answer.text()
            return {"status": answer.status, "text": text}

    async def run(self, *, code: str, within_s: float = 60) -> dict[str, Any]:
        """Run a cell and return what it prints."""
        if not self.kernel:
            made = await self.ask(method="POST", path="/api/kernels", body={"name": "python3"})
            self.kernel = json.loads(made["text"])["id"]
        async with asyncio.timeout(within_s):
            return await self._ran(code)

    async def _ran(self, code: str) -> dict[str, Any]:
        url = f"{self.base}/api/kernels/{self.kernel}/channels?{urlencode({'_xsrf': self._xsrf()})}"
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.base))
        message = uuid.uuid4().hex
        async with self.session.ws_connect(url, headers={"Origin": origin}) as channel:
            await channel.send_json(_request(message, code))
            printed, error = "", ""
            async for frame in channel:
                said = json.loads(frame.data)
                if said["parent_header"].get("msg_id") != message:
                    continue
                if said["msg_type"] == "stream":
                    printed += said["content"]["text"]
                elif said["msg_type"] == "error":
                    error = f"{said['content']['ename']}: {said['content']['evalue']}"
                elif said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                    break
        return {"printed": printed, "error": error}

    def _xsrf(self) -> str:
        found = self.session.cookie_jar.filter_cookies(URL(f"{self.base}/"))
        return found["_xsrf"].value if "_xsrf" in found else ""


def _request(message: str, code: str) -> dict[str, Any]:
    header = {
        "msg_id": message,
        "msg_type": "execute_request",
        "username": "",
        "session": "s",
        "version": "5.3",
    }
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}


async def main() -> None:
    """Do as told, line by line."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=120)) as session:
        visitor = Visitor(session)
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            try:
                answer = await getattr(visitor, asked.pop("do"))(**asked)
            except Exception as error:  # noqa: BLE001 - the test reads what went wrong
                answer = {"status": 0, "fault": f"{type(error).__name__}: {error}"}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


asyncio.run(main())
