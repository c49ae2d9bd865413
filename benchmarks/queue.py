"""1,000 submissions of 10,000 rows: from the last accepted POST to the last result, against the bare scoring of the same files.

Ours: all files are handed in over HTTP while the scorer stands still (SIGSTOP); the clock starts when the last one is accepted
and the scorer may go on, and ends when no evaluation is open any more and each has a score. Bare: in this process the same
tables are read, joined and scored on both parts with standard error, one after the other, without queue, database or boards;
once before and once after, divided by the number of scorers (one). Both sides are warm: one file was scored and ranked before.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import polars as pl
from benchmarks.harness import Result, report
from benchmarks.stage import Stage, enter, open_challenge, stage
from tests.cli.serving import parent_of

ROWS, SUBMISSIONS, TEAMS, SEED, LIMIT, SCORERS = 10_000, 1_000, 50, 20_260_402, 1.5, 1
WITHIN_S = 240.0


def run() -> Result:
    draw = np.random.default_rng(SEED)
    ids, truth = np.arange(ROWS), draw.normal(40, 10, ROWS).round(4)
    with stage() as staged:
        challenge = open_challenge(
            truth=_csv(ids, "value", truth), sample=_csv(ids, "value", np.zeros(ROWS)), metric="rmse"
        )
        tokens = [enter(challenge, f"team {at}") for at in range(TEAMS)]
        scorer = _scorer(staged)
        _hand_in(staged, challenge.slug, tokens, ids, truth, numbers=range(1))
        _until_all_have_results(1)
        time.sleep(3)  # the first board draws the challenge's resampling weights, once
        os.kill(scorer, signal.SIGSTOP)
        _hand_in(staged, challenge.slug, tokens, ids, truth, numbers=range(1, SUBMISSIONS + 1))
        before = _bare(challenge)
        os.kill(scorer, signal.SIGCONT)
        ours = _until_all_have_results(SUBMISSIONS + 1)
        after = _bare(challenge)
    bare = (before + after) / 2 / SCORERS
    note = f"{SUBMISSIONS} results in {ours:.2f} s, bare {before:.2f} and {after:.2f} s, none lost"
    return Result("queue", ours / bare, LIMIT, notes=(note,))


def _csv(ids: Any, name: str, values: Any) -> bytes:
    return pl.DataFrame({"id": ids, name: values}).write_csv().encode()


def _scorer(staged: Stage) -> int:
    found = [
        pid
        for pid, line in staged.served.descendants().items()
        if "manage scorer" in line and parent_of(pid) == staged.served.process.pid
    ]
    assert len(found) == SCORERS, found
    return found[0]


def _hand_in(
    staged: Stage, slug: str, tokens: list[str], ids: Any, truth: Any, *, numbers: Iterable[int]
) -> None:
    def send(number: int) -> None:
        noise = np.random.default_rng(SEED + number).normal(0, 1 + number % 7, ROWS)
        body = _csv(ids, "value", (truth + noise).round(4))
        headers = {"Authorization": f"Bearer {tokens[number % TEAMS]}"}
        answer = client.post(
            f"api/v1/challenges/{slug}/submissions", files={"file": ("p.csv", body)}, headers=headers
        )
        assert answer.status_code == 201, answer.text

    with staged.client() as client, ThreadPoolExecutor(3) as pool:
        list(pool.map(send, numbers))


def _until_all_have_results(count: int) -> float:
    """Seconds until every evaluation is done; each accepted file has exactly one."""
    from dure.problems.models import Evaluation  # noqa: PLC0415 - Django is set up by the stage

    began = time.perf_counter()
    open_ones = Evaluation.objects.exclude(state="done")
    while open_ones.exists():
        assert time.perf_counter() - began < WITHIN_S, open_ones.count()
        time.sleep(0.02)
    took = time.perf_counter() - began
    assert Evaluation.objects.filter(state="done", public_score__isnull=False).count() == count
    return took


def _bare(challenge: Any) -> float:
    """Seconds to read, join and score every file handed in."""
    from dure.foundation import files  # noqa: PLC0415 - Django is set up by the stage
    from dure.problems.scoring.answers import load  # noqa: PLC0415
    from dure.problems.scoring.evaluate import evaluate, metric_of, read  # noqa: PLC0415

    truth, metric = load(challenge.answers), metric_of("rmse", {})
    paths = [files.local_path(sha) for sha in challenge.submissions.values_list("table_id", flat=True)]
    evaluate(read(paths[0], truth), truth, metric)
    began = time.perf_counter()
    for path in paths[:SUBMISSIONS]:
        evaluate(read(path, truth), truth, metric)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(report(run()))
