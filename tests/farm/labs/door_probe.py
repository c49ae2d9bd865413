"""A lab's door and the hub behind it: runs among the hub's packages, asks in pieces, prints the answers as JSON."""

import asyncio
import json
import socket
import sys
import tempfile
from pathlib import Path

from aiohttp import web

from dure.farm.labs.hub.door import MOST_BYTES, Door, proof_of

BODY = b"client_id=mine&client_secret=secret&grant_type=authorization_code&code=abc"


async def ask(path: Path, pieces: list[bytes]) -> str:
    """The first line of the answer to a request whose body comes bit by bit."""
    reader, writer = await asyncio.open_unix_connection(str(path))
    head = "POST /hub/api/oauth2/token HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
    head += (
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {sum(map(len, pieces))}\r\n\r\n"
    )
    writer.write(head.encode())
    for piece in pieces:
        await writer.drain()
        await asyncio.sleep(0.3)
        writer.write(piece)
    answer = await reader.read()
    writer.close()
    return answer.decode()


async def main(folder: Path) -> None:
    async def hub(request: web.BaseRequest) -> web.Response:
        return web.json_response({"heard": (await request.read()).decode()})

    runner = web.ServerRunner(web.Server(hub))
    await runner.setup()
    await web.UnixSite(runner, str(folder / "hub.sock")).start()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "door.sock"))
    door = Door(
        listening, hub=str(folder / "hub.sock"), person="ann", client="mine", proof=proof_of("secret")
    )
    await door.open()
    place = folder / "door.sock"
    whole = await ask(place, [BODY])
    pieces = await ask(place, [BODY[:40], BODY[40:]])
    wrong = await ask(place, [BODY.replace(b"secret=secret", b"secret=wrong")])
    long = await ask(place, [BODY + b"&x=", b"x" * MOST_BYTES])
    sys.stdout.write(json.dumps([whole, pieces, wrong, long]))


with tempfile.TemporaryDirectory() as made:
    asyncio.run(asyncio.wait_for(main(Path(made)), 30))
