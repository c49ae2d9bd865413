"""Many teams in one open challenge of a served installation, and what its database says of them afterwards.

Run as a program in an installation's environment it speaks JSON: `python -m tests.factories.crowd make|inspect JSON`.
"""

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from dure.cli.installation import Installation

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A challenge that takes submissions, one token per team, and what a baseline file looks like."""

    slug: str
    tokens: list[str]
    rows: int
    operator: str

    def file(self, seed: int) -> bytes:
        """A valid file of this challenge; each seed gives other values."""
        import numpy as np  # noqa: PLC0415 - only tests that send files pay for it

        values = np.random.default_rng(seed).normal(40, 10, self.rows).round(3)
        lines = [f"r{at},{value}" for at, value in enumerate(values.tolist())]
        return ("id,value\n" + "\n".join(lines) + "\n").encode()


def make(folder: Path, *, teams: int, rows: int) -> Crowd:
    """Put the challenge into the served installation in `folder`."""
    return Crowd(**_ask(folder, "make", {"teams": teams, "rows": rows}))


def inspect(folder: Path, slug: str) -> dict[str, Any]:
    """What the database holds now: see `inspected`."""
    return _ask(folder, "inspect", {"slug": slug})


UNKNOWN = -1


def open_runs(folder: Path, *, only_held: bool = False) -> int:
    """How many runs of any kind wait or run now (or only those that somebody holds); UNKNOWN while the database is away."""
    states = ["running"] if only_held else ["queued", "running"]
    try:
        with psycopg.connect(Installation.at(folder).cluster.url(), connect_timeout=10) as session:
            found = session.execute("select count(*) from foundation_lease where state = any(%s)", [states])
            return int((found.fetchone() or [UNKNOWN])[0])
    except psycopg.OperationalError:
        return UNKNOWN


def stop_holding(folder: Path, pid: int) -> None:
    """Let a stopped scorer run for moments until it is stopped while it holds work."""
    while open_runs(folder):
        os.kill(pid, signal.SIGCONT)
        time.sleep(0.005)
        os.kill(pid, signal.SIGSTOP)
        if open_runs(folder, only_held=True) > 0:
            return
    raise AssertionError("the scorer was never seen holding anything")


@contextmanager
def scorer(folder: Path) -> Iterator[None]:
    """A second scorer beside the supervised one."""
    words = [sys.executable, "-m", "dure.cli", "manage", "scorer"]
    with subprocess.Popen(words, env=_environment(folder)) as process:
        try:
            yield
        finally:
            process.terminate()


def _environment(folder: Path) -> dict[str, str]:
    here = Installation.at(folder)
    paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DATABASE_URL": here.cluster.url()}
    return {**os.environ, **here.environment(), **paths}


def _ask(folder: Path, word: str, arguments: dict[str, Any]) -> dict[str, Any]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.factories.crowd", word, json.dumps(arguments)],
        env=_environment(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return dict(json.loads(said.stdout.splitlines()[-1]))


def made(*, teams: int, rows: int) -> dict[str, Any]:
    """Make the challenge through the product's own actions; each team's lead holds a token."""
    from dure.foundation import clock  # noqa: PLC0415 - Django is set up first
    from dure.foundation.access import Role  # noqa: PLC0415
    from dure.people.actions.tokens import create_token  # noqa: PLC0415
    from dure.problems.models import Challenge  # noqa: PLC0415
    from tests.factories.people import person  # noqa: PLC0415
    from tests.factories.problems import entered, prepared_challenge  # noqa: PLC0415

    operator = person(roles=[Role.OPERATOR])
    challenge = prepared_challenge(rows=rows)
    Challenge.objects.filter(pk=challenge.pk).update(state="open", opened_at=clock.now())
    challenge.phases.update(per_day=0, per_phase=0)
    challenge.refresh_from_db()
    leads = [entered(challenge, name=f"team {at}").members.get().person for at in range(teams)]
    tokens = [create_token(lead, name="crowd", scopes=["submit"], days=1).plain for lead in leads]
    return {"slug": challenge.slug, "tokens": tokens, "rows": rows, "operator": operator.email}


def inspected(*, slug: str) -> dict[str, Any]:
    """Submissions with the states of their evaluations, open leases, quota against count, boards against fresh ones, notices."""
    from dure.foundation.models import Lease, Notice  # noqa: PLC0415 - Django is set up first
    from dure.problems import quota  # noqa: PLC0415
    from dure.problems.models import Challenge, Evaluation  # noqa: PLC0415
    from dure.problems.scoring import boards  # noqa: PLC0415

    challenge = Challenge.objects.select_related("answers", "scorer").get(slug=slug)
    phase = quota.open_phase(challenge)
    assert phase is not None
    states: dict[str, list[str]] = {
        str(uid): [] for uid in challenge.submissions.values_list("uid", flat=True)
    }
    for evaluation in Evaluation.objects.filter(submission__challenge=challenge).select_related("submission"):
        states[str(evaluation.submission.uid)].append(evaluation.state)
    kept = {view: boards.latest(challenge, view) for view in ("public", "private")}
    rows = {view: board.rows if board else None for view, board in kept.items()}
    fresh = {board.view: json.loads(json.dumps(board.rows)) for board in boards.compute(challenge)}
    return {
        "states": states,
        "leases": dict(Counter(Lease.objects.filter(kind="evaluation").values_list("state", flat=True))),
        "used": [quota.quota_of(team, phase).total for team in challenge.teams.order_by("pk")],
        "counted": [team.submissions.count() for team in challenge.teams.order_by("pk")],
        "boards_fresh": _alike(rows, fresh),
        "scores": sorted(
            Evaluation.objects.filter(submission__challenge=challenge).values_list(
                "submission__number", "public_score", "finished_at__second", "finished_at__minute"
            )
        ),
        "board_rows": len(rows["public"] or []),
        "notices": list(Notice.objects.values_list("person__email", "kind")),
    }


def _alike(one: Any, other: Any) -> bool:
    """Equal but for the last digits: a matrix product rounds differently with other teams beside."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-9)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


def main() -> None:
    import django  # noqa: PLC0415 - only as a program

    django.setup()
    word, arguments = sys.argv[1], json.loads(sys.argv[2])
    known: dict[str, Callable[..., dict[str, Any]]] = {"make": made, "inspect": inspected}
    print(json.dumps(known[word](**arguments)))  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main()
