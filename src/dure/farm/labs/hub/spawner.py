"""Starts a person's notebook server: as a job of Dure's farm, reached through the job's relay."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import aiohttp
from jupyterhub.spawner import Spawner
from tornado import web

from dure.farm.labs.hub.door import Door, proof_of
from dure.farm.labs.hub.dure import Dure, Look, RefusedError
from dure.farm.labs.hub.relay import Relay

LOOK_S = 0.5
INSIDE_HUB = f"http+unix://{quote('/run/relay/hub.sock', safe='')}"
INSIDE_URL = "http://127.0.0.1:8888"
"""Its port is Jupyter's own default, which is what it takes for the port to be forgotten where a Unix socket is named."""


class LabSpawner(Spawner):  # type: ignore[misc]  # JupyterHub has no types
    """One lab. It outlives the hub: the farm runs it, and a new hub takes hold of its relay again."""

    dure: ClassVar[Dure]
    hub_socket: ClassVar[str]

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.start_timeout, self.http_timeout, self.poll_interval = 900, 120, 10
        self.default_url, self.hub_connect_url = "/lab", INSIDE_HUB
        self._forget()

    def _forget(self) -> None:
        self._job, self._attempt, self._proof, self._why = "", 0, "", ""
        self._relay: Relay | None = None
        self._door: Door | None = None

    def get_state(self) -> dict[str, Any]:
        return {**super().get_state(), "job": self._job, "attempt": self._attempt, "proof": self._proof}

    def load_state(self, state: dict[str, Any]) -> None:
        super().load_state(state)
        self._job, self._attempt = state.get("job", ""), state.get("attempt", 0)
        self._proof = state.get("proof", "")

    def clear_state(self) -> None:
        super().clear_state()
        self._forget()

    def get_env(self) -> dict[str, str]:
        given: dict[str, str] = super().get_env()
        prefix = given["JUPYTERHUB_SERVICE_PREFIX"]
        return {**given, "JUPYTERHUB_SERVICE_URL": f"{INSIDE_URL}{prefix}"}

    async def start(self) -> str:
        """Ask for the job, wait until it runs, hand over what it needs, and return where it answers."""
        try:
            self._job = await self.dure.start(self.user.name)
        except RefusedError as refused:
            raise web.HTTPError(403, str(refused)) from refused
        self._proof = proof_of(self.api_token)
        relay = await self._take_hold(await self._running())
        relay.hand_over({name: value for name, value in self.get_env().items() if value})
        while (path := relay.server()) is None:
            await self._running()
            await asyncio.sleep(LOOK_S)
        return _address(path)

    async def poll(self) -> int | None:
        """None while it runs. Dure away is no word about the lab: it is taken to run on."""
        if not self._job:
            return 0
        try:
            look = await self.dure.look(self._job, self.orm_spawner.last_activity)
        except (aiohttp.ClientError, TimeoutError):
            return None
        if look.state == "running" and look.attempt == self._attempt and await self._is_held(look):
            return None
        await self._let_go()  # JupyterHub stops only what still runs
        return 0

    async def _is_held(self, look: Look) -> bool:
        """Whether we hold on to its server; a new hub takes hold first. A lab that is not there to be held is ended."""
        if self._relay is not None:
            return True
        with suppress(OSError):
            if (await self._take_hold(look)).server():
                return True
        await self.dure.stop(self._job)
        return False

    async def stop(self, now: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - JupyterHub's own signature
        """End the lab. Its home stays."""
        if self._job:
            await self.dure.stop(self._job)
        await self._let_go()

    async def _let_go(self) -> None:
        if self._door is not None:
            await self._door.close()
        if self._relay is not None:
            self._relay.close()
        self._door, self._relay = None, None

    async def get_url(self) -> str:
        """Where it answers; asked by a new hub, after it has polled. Raises where we hold on to no server of this lab's."""
        path = self._relay.held if self._relay else None
        if path is None:
            raise RuntimeError(f"the lab of job {self._job} cannot be reached")
        return _address(path)

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """What the waiting page says."""
        while True:
            yield {"progress": 50 if self._attempt else 10, "message": self._why or "…"}
            await asyncio.sleep(1)

    async def _running(self) -> Look:
        """Wait until the farm has started it. Raises where it ended instead."""
        while True:
            look = await self.dure.look(self._job, None)
            self._why = look.why
            if look.state == "over":
                raise web.HTTPError(503, look.why)
            if look.state == "running" and look.relay:
                return look
            await asyncio.sleep(LOOK_S)

    async def _take_hold(self, look: Look) -> Relay:
        self._attempt = look.attempt
        self._relay = Relay(Path(look.relay))
        self._door = Door(
            self._relay.door(),
            hub=self.hub_socket,
            person=self.user.name,
            client=self.oauth_client_id,
            proof=self._proof,
        )
        await self._door.open()
        return self._relay


def _address(path: str) -> str:
    return f"http+unix://{quote(path, safe='')}"
