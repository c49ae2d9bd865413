"""How the hub speaks to Dure: three questions over HTTP, with a key that only the two know."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

WITHIN_S = 20.0


class RefusedError(Exception):
    """Dure does not start a lab for this person, and says why."""


@dataclass(frozen=True, slots=True)
class Look:
    """A lab's job as Dure sees it: `queued`, `running` or `over`, why, and the relay's folder once it runs."""

    state: str
    why: str
    relay: str
    attempt: int


class Dure:
    """Dure's door for the hub."""

    def __init__(self, url: str, key: str) -> None:
        self._url, self._headers = url, {"Authorization": f"Bearer {key}"}

    async def start(self, person: str) -> str:
        """Ask for a lab; return its job. Raises RefusedError."""
        said = await self._ask("start", {"person": person})
        return str(said["job"])

    async def look(self, job: str, active: datetime | None) -> Look:
        """Look at a lab's job, and say when it was last used."""
        used_at = active.replace(tzinfo=UTC).isoformat() if active else ""  # JupyterHub's times name no zone
        said = await self._ask("look", {"job": job, "active": used_at})
        return Look(said["state"], said["why"], said["relay"], said["attempt"])

    async def stop(self, job: str) -> None:
        """Take a lab's job back; nothing happens if it is over."""
        await self._ask("stop", {"job": job})

    async def _ask(self, what: str, given: dict[str, str]) -> dict[str, Any]:
        limit = aiohttp.ClientTimeout(total=WITHIN_S)
        async with (
            aiohttp.ClientSession(timeout=limit, headers=self._headers) as session,
            session.post(f"{self._url}/labs/hub/{what}", json=given) as answer,
        ):
            if answer.status == 409:
                raise RefusedError(str((await answer.json())["message"]))
            answer.raise_for_status()
            said: dict[str, Any] = await answer.json()
            return said
