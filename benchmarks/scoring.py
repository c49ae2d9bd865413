"""A 1,000,000-row predictions file, from upload to score and interval on the API, against a bare upload, read, join and AUC.

Ours: POST over HTTP through granian (multipart), checks, queue, ROC-AUC of both parts with DeLong's interval, until the team's
line with its bounds stands on the board's API. Bare, in the same run and in turn: the same POST to a Django view that discards the
file, served by granian; then polars reads the file, joins it to the answers in memory, and numpy computes one AUC. Each
round is another team with another file; rows, distribution and seeds are fixed.
"""

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import numpy as np
import polars as pl
from benchmarks.harness import Result, measure_pairs, report
from benchmarks.stage import Stage, enter, open_challenge, stage
from tests.cli.serving import ROOT, bare_environment
from tests.cli.waiting import until

from dure.cli.children import python
from dure.cli.up import free_port

ROWS, SEED, ROUNDS, LIMIT = 1_000_000, 20_260_401, 7, 2.5
WITHIN_S = 60.0


def run() -> Result:
    draw = np.random.default_rng(SEED)
    labels = (draw.random(ROWS) < 0.3).astype(np.int64)
    ids = np.arange(ROWS)
    answers = pl.DataFrame({"id": ids, "label": labels})
    with stage() as staged, discarding() as address, httpx.Client(timeout=120) as client:
        sample = pl.DataFrame({"id": ids, "score": np.full(ROWS, 0.5)})
        challenge = open_challenge(truth=_csv(answers), sample=_csv(sample), metric="roc_auc")
        files = [_predictions(ids, labels, number) for number in range(ROUNDS + 1)]
        tokens = [enter(challenge, f"team {number}") for number in range(ROUNDS + 1)]
        mine, theirs = count(), count()
        pairs = measure_pairs(
            lambda: _ours(staged, challenge.slug, tokens, files, next(mine)),
            lambda: _bare(client, address, answers, files[next(theirs)]),
            rounds=ROUNDS,
        )
    return Result("scoring", pairs.ratio, LIMIT, notes=(pairs.note,))


def _csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv().encode()


def _predictions(ids: Any, labels: Any, number: int) -> bytes:
    """Noisy scores in shuffled order; every team a little better than the one before."""
    draw = np.random.default_rng(SEED + number + 1)
    score = (labels * (1.0 + 0.05 * number) + draw.normal(0, 1.0, ROWS)).round(6)
    order = draw.permutation(ROWS)
    return _csv(pl.DataFrame({"id": ids[order], "score": score[order]}))


def _ours(staged: Stage, slug: str, tokens: list[str], files: list[bytes], number: int) -> None:
    with staged.client(tokens[number]) as client:
        answer = client.post(
            f"api/v1/challenges/{slug}/submissions", files={"file": ("p.csv", files[number], "text/csv")}
        )
        assert answer.status_code == 201, answer.text
        deadline = time.monotonic() + WITHIN_S
        while not _is_on_board(client, slug, f"team {number}"):
            assert time.monotonic() < deadline, "no score in time"
            time.sleep(0.01)


def _is_on_board(client: httpx.Client, slug: str, name: str) -> bool:
    board = client.get(f"api/v1/challenges/{slug}/leaderboard").json()
    mine = [row for row in board["rows"] if row["name"] == name]
    return bool(mine) and None not in (mine[0]["score"], mine[0]["low"], mine[0]["high"])


def _bare(client: httpx.Client, address: str, answers: pl.DataFrame, file: bytes) -> float:
    answer = client.post(address, files={"file": ("p.csv", file, "text/csv")})
    assert answer.text == str(len(file))
    joined = answers.join(pl.read_csv(io.BytesIO(file)), on="id", how="left")
    return _auc(joined["label"].to_numpy() == 1, joined["score"].to_numpy())


def _auc(positive: Any, score: Any) -> float:
    """Mann-Whitney from mid-ranks."""
    values, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = ((ends - counts + ends + 1) / 2)[inverse]
    hits = int(positive.sum())
    assert len(values) > 1
    return float((ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * (len(score) - hits)))


@contextmanager
def discarding() -> Iterator[str]:
    """Serve the view that discards with granian, one worker; yields its address."""
    port = free_port()
    words = ["granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--no-ws"]
    words += ["--port", str(port), "--log-level", "warning", "benchmarks.discarding:application"]
    environment = bare_environment()
    environment["PYTHONPATH"] += f":{ROOT}"
    with subprocess.Popen(python(*words), env=environment, cwd=ROOT) as process:
        address = f"http://127.0.0.1:{port}/"
        try:
            until(lambda: _answers(address), within_s=30)
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code > 0
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    sys.exit(report(run()))
