"""The owner's own log: what data there is, what was allowed, and every run, in one SQLite file at the site.

It decides: a run that stands here is never done a second time, and its result is what Dure is told, however often it asks.
"""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = """
create table if not exists dataset (
    name text primary key, folder text not null, uid text not null, sha256 text not null, least_rows integer not null
);
create table if not exists permit (
    use text primary key, dataset text not null, title text not null, wants text not null,
    looks integer not null, looks_each integer not null, least_rows integer not null, state text not null, salt text not null,
    answered real not null
);
create table if not exists run (
    task text primary key, use text not null, team text not null, name text not null, begun real not null,
    ended real, result text, log text not null default '', sent real, released real
);
create table if not exists ladder (use text not null, team text not null, best text not null, primary key (use, team));
"""
LOOKED: Final = ("done", "failed_user")
"""Ends after which something was told of the rows."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of data as it was registered."""

    name: str
    folder: Path
    uid: str
    sha256: str
    least_rows: int


@dataclass(frozen=True, slots=True)
class Permit:
    """What the owner allowed, word for word, and within what limits.

    `salt` decides which rows are public. It is the site's own and never changes: whoever could choose it could look at the same
    rows in many ways.
    """

    use: str
    dataset: str
    title: str
    wants: dict[str, Any]
    looks: int
    looks_each: int
    least_rows: int
    state: str
    salt: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """One task as it went here. `result` is None while it is not over."""

    task: str
    use: str
    team: str
    name: str
    begun: float
    ended: float | None
    result: dict[str, Any] | None
    log: str
    sent: float | None
    released: float | None


class Journal:
    """Opened for as long as a command lasts; every change is one transaction on disk."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._base = sqlite3.connect(path, timeout=30, isolation_level=None)
        path.chmod(0o600)
        self._base.execute("pragma journal_mode=wal")
        self._base.execute("pragma synchronous=full")
        self._base.executescript(SCHEMA)
        self._base.row_factory = sqlite3.Row

    def close(self) -> None:
        self._base.close()

    @contextmanager
    def _together(self) -> Iterator[None]:
        self._base.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._base.execute("rollback")
            raise
        self._base.execute("commit")

    def keep_dataset(self, one: Dataset) -> None:
        words = "insert or replace into dataset values (?, ?, ?, ?, ?)"
        self._base.execute(words, (one.name, str(one.folder), one.uid, one.sha256, one.least_rows))

    def datasets(self) -> list[Dataset]:
        return [_dataset(row) for row in self._base.execute("select * from dataset order by name")]

    def dataset(self, uid: str) -> Dataset | None:
        row = self._base.execute("select * from dataset where uid = ?", (uid,)).fetchone()
        return _dataset(row) if row else None

    def keep_permit(self, one: Permit) -> None:
        """The same again may have other limits. Where something else is wanted, every team's Ladder begins anew."""
        words = "insert or replace into permit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        wants = json.dumps(one.wants, ensure_ascii=False)
        limits = (one.looks, one.looks_each, one.least_rows)
        earlier = self.permit(one.use)
        salt = earlier.salt if earlier else one.salt
        with self._together():
            if earlier is not None and earlier.wants != one.wants:
                self._base.execute("delete from ladder where use = ?", (one.use,))
            self._base.execute(
                words, (one.use, one.dataset, one.title, wants, *limits, one.state, salt, time.time())
            )

    def permit(self, use: str) -> Permit | None:
        row = self._base.execute("select * from permit where use = ?", (use,)).fetchone()
        return _permit(row) if row else None

    def permits(self) -> list[Permit]:
        return [_permit(row) for row in self._base.execute("select * from permit order by answered")]

    def begin(self, task: str, *, use: str, team: str, name: str) -> None:
        """A run begins, or begins anew where a former try was killed before it ended."""
        words = (
            "insert into run (task, use, team, name, begun) values (?, ?, ?, ?, ?) "
            "on conflict (task) do update set begun = excluded.begun where ended is null"
        )
        self._base.execute(words, (task, use, team, name, time.time()))

    def end(
        self, task: str, result: dict[str, Any], *, log: str = "", best: dict[str, Any] | None = None
    ) -> None:
        """A run is over: its result, and where the team stands on the Ladder by now, together or not at all."""
        with self._together():
            words = "update run set ended = ?, result = ?, log = ? where task = ? and ended is null"
            plain = json.dumps(result)
            self._base.execute(words, (time.time(), plain, log, task))
            if best is not None:
                keep = "insert or replace into ladder select use, team, ? from run where task = ?"
                self._base.execute(keep, (json.dumps(best), task))

    def mark_sent(self, task: str) -> None:
        self._base.execute("update run set sent = ? where task = ?", (time.time(), task))

    def mark_released(self, task: str) -> None:
        self._base.execute("update run set released = ? where task = ?", (time.time(), task))

    def run(self, task: str) -> Run | None:
        row = self._base.execute("select * from run where task = ?", (task,)).fetchone()
        return _run(row) if row else None

    def runs(self) -> list[Run]:
        """All, the newest last."""
        return [_run(row) for row in self._base.execute("select * from run order by begun")]

    def best(self, use: str, team: str) -> dict[str, Any] | None:
        row = self._base.execute("select best from ladder where use = ? and team = ?", (use, team)).fetchone()
        return dict(json.loads(row["best"])) if row else None

    def looks(self, use: str, team: str) -> tuple[int, int]:
        """How often something was told of the rows by now: in all, and to this team."""
        words = "select team, result from run where use = ? and ended is not null"
        told = self._base.execute(words, (use,)).fetchall()
        looked = [row["team"] for row in told if json.loads(row["result"])["state"] in LOOKED]
        return len(looked), looked.count(team)


def _dataset(row: sqlite3.Row) -> Dataset:
    return Dataset(row["name"], Path(row["folder"]), row["uid"], row["sha256"], row["least_rows"])


def _permit(row: sqlite3.Row) -> Permit:
    numbers = {name: row[name] for name in ("looks", "looks_each", "least_rows")}
    words = {name: row[name] for name in ("use", "dataset", "title", "state", "salt")}
    return Permit(**words, **numbers, wants=json.loads(row["wants"]))


def _run(row: sqlite3.Row) -> Run:
    result = json.loads(row["result"]) if row["result"] else None
    plain = (row["task"], row["use"], row["team"], row["name"], row["begun"], row["ended"])
    return Run(*plain, result, row["log"], row["sent"], row["released"])
