"""Code challenges for tests: x is public, the hidden value is 2x, and a program that knows so wins."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from dure.foundation import files, workflow
from dure.people.models import Person
from dure.problems.actions import challenges, hidden, leaks, submissions
from dure.problems.code import following
from dure.problems.models import Challenge, Submission, Team
from dure.problems.scoring import process
from tests.factories.farm import run_all
from tests.factories.problems import csv_of, numbers, prepared_challenge

GOOD = """
import csv

def predict(inputs, output):
    with open(inputs / "test.csv", newline="") as given, open(output / "predictions.csv", "w", newline="") as out:
        write = csv.writer(out)
        write.writerow(["id", "value"])
        for row in csv.DictReader(given):
            write.writerow([row["id"], float(row["x"]) / 2])
"""


def code_challenge(*, rows: int = 60, public: bool = True, is_open: bool = True, **fields: Any) -> Challenge:
    """Taking code, and open: the public test inputs have other rows than the hidden ones, under the same name."""
    challenge = prepared_challenge(rows=rows, **fields)
    host = challenge.problem.curator
    assert host is not None
    ids, truth = numbers(rows)
    train = ("train", "train.csv", files.put_bytes(csv_of(id=["t1", "t2"], x=[2.0, 4.0], value=[1.0, 2.0])))
    shown = ("test", "test.csv", files.put_bytes(csv_of(id=["p1", "p2", "p3"], x=[2.0, 4.0, 6.0])))
    parts = [train, shown] if public else [train]
    challenges.add_dataset(by=host, challenge=challenge, parts=parts, licence="CC BY 4.0")
    limits = {"code_memory_mib": 512, "code_minutes": 1, "code_cores": 1, "trial_rows": 5}
    hidden.choose(by=host, challenge=challenge, takes="code", **limits)
    hidden.put(
        by=host, challenge=challenge, filename="test.csv", stream=io.BytesIO(csv_of(id=ids, x=truth * 2))
    )
    return _opened(challenge, host) if is_open else Challenge.objects.get(pk=challenge.pk)


def _opened(challenge: Challenge, host: Person) -> Challenge:
    leaks.open_all_the_same(by=host, challenge=challenge, reason="The rows are made up for a test.")
    challenge = workflow.perform(Challenge.objects.get(pk=challenge.pk), "open", by=host)
    workflow.perform(challenge.problem, "open", by=host)
    return challenge


def handed(team: Team, source: str | bytes, *, filename: str = "predict.py") -> Submission:
    """Code handed in by the team's lead."""
    lead = team.members.get(is_lead=True).person
    body = source.encode() if isinstance(source, str) else source
    return submissions.submit(by=lead, challenge=team.challenge, stream=io.BytesIO(body), filename=filename)


def zip_of(**contents: str) -> bytes:
    """A zip of these files; `__` stands for a dot, so that names can be keywords."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in contents.items():
            archive.writestr(name.replace("__", "."), words)
    return packed.getvalue()


def run_code(*, run_jobs: Callable[[], None] = run_all) -> None:
    """Have the farm run what waits, and the scorer score it, until nothing is left."""
    while True:
        run_jobs()
        if not following.advance_all():
            break
    process.main(until_empty=True)
