"""What a site says to Dure, and asks of it: all of it outbound, with its key."""

import hashlib
from pathlib import Path
from typing import Any, Self

from dure.cli.server import Login, Server, ServerError
from dure.cli.site.folder import Identity


class Door:
    """One conversation with the server the site belongs to."""

    def __init__(self, identity: Identity) -> None:
        self._server = Server(Login(identity.server, identity.key))

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.__exit__(*error)

    def register(self, *, name: str, sha256: str, tables: dict[str, Any]) -> str:
        """Returns the data set's code."""
        made = self._server.put("/site/datasets", {"name": name, "sha256": sha256, "tables": tables})
        return str(made["uid"])

    def uses(self) -> list[dict[str, Any]]:
        return list(self._server.get("/site/uses"))

    def answer(self, use: str, *, is_yes: bool, **limits: Any) -> None:
        self._server.post(f"/site/uses/{use}/answer", {"approved": is_yes, **limits})

    def tasks(self) -> list[dict[str, Any]]:
        return list(self._server.get("/site/tasks"))

    def fetch(self, task: str, sha256: str, into: Path) -> None:
        """Get a file that a task needs, and see that it is the one. Raises ServerError for another."""
        whole = hashlib.sha256()
        with self._server.stream(f"/site/tasks/{task}/files/{sha256}") as answer, into.open("wb") as file:
            for chunk in answer.iter_bytes():
                whole.update(chunk)
                file.write(chunk)
        if whole.hexdigest() != sha256:
            raise ServerError(502, "other_file", f"sha256:{sha256}")

    def send(self, task: str, result: dict[str, Any]) -> str:
        """Returns how the task stands now: the first answer counts."""
        return str(self._server.post(f"/site/tasks/{task}/result", result)["state"])

    def release_log(self, task: str, text: str) -> None:
        self._server.post(f"/site/tasks/{task}/log", {"text": text})
