"""From an evaluation to the jobs of a host's program: what it sees, at the places that Codabench's contract names."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction

from dure.farm import api as farm
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.problems import evaluating
from dure.problems.models import Challenge, CodeRun, Evaluation, ProgramRun, Submission
from dure.problems.programs import PROGRAM

Part = ProgramRun.Part
AT: Final = "/app/program"
REFERENCE, RESULT, OUTPUT = "/app/input/ref", "/app/input/res", "/app/output"
LIMITS: Final = farm.Limits(
    cores=1, memory_mib=2048, wall_seconds=600, cpu_seconds=600, temporary_mib=256, output_entries=100
)
"""Of a run of the program itself; what it may use is the platform's choice, as it runs once for every submission."""


def is_program(challenge: Challenge) -> bool:
    return challenge.metric == PROGRAM


@transaction.atomic
def ask(evaluation: Evaluation) -> None:
    """Have the farm score a submission: on the public reference data first, where there are some of its own."""
    ask_part(evaluation, first_part(evaluation))


def first_part(evaluation: Evaluation) -> ProgramRun.Part:
    """The public part, where it has reference data of its own; with a task for each phase that of the phase it came in."""
    answers = evaluation.answers
    if not answers.public_blob_id or answers.public_blob_id == answers.blob_id:
        return Part.PRIVATE
    if is_by_phase(evaluation):
        return part_of(evaluation.submission)
    return Part.PUBLIC


def is_by_phase(evaluation: Evaluation) -> bool:
    return bool(evaluation.scorer.parameters.get("by_phase"))


def part_of(submission: Submission) -> ProgramRun.Part:
    """What comes in the last phase decides; so do the host's own files, which come in none."""
    phase = submission.phase
    later = phase is not None and submission.challenge.phases.filter(number__gt=phase.number).exists()
    return Part.PUBLIC if later else Part.PRIVATE


def ask_part(evaluation: Evaluation, part: ProgramRun.Part) -> ProgramRun:
    run, _new = ProgramRun.objects.get_or_create(
        evaluation=evaluation, part=part, defaults={"job": uuid7(), "created_at": clock.now()}
    )
    what = f"{PROGRAM} {part}"
    evaluating.hand_in(run, _spec(evaluation, part), submission=evaluation.submission, what=what)
    return run


@transaction.atomic
def ask_again(evaluation: Evaluation) -> bool:
    """Start the part anew that was lost through our fault. False where none was."""
    run = evaluation.program_runs.filter(state=CodeRun.State.FAILED_PLATFORM).first()
    if run is None:
        return False
    run.delete()
    ask_part(evaluation, Part(run.part))
    return True


@transaction.atomic
def cancel(submission: Submission) -> bool:
    """Stop what still waits or runs of the program for a submission. False when nothing did."""
    runs = ProgramRun.objects.select_for_update().filter(
        evaluation__submission=submission, state=CodeRun.State.QUEUED
    )
    stopped = [evaluating.take_back(run) for run in runs]
    return any(stopped)


def _spec(evaluation: Evaluation, part: str) -> farm.JobSpec:
    parameters, answers = evaluation.scorer.parameters, evaluation.answers
    reference = answers.public_blob_id if part == Part.PUBLIC else answers.blob_id
    return farm.JobSpec(
        command=tuple(parameters["words"]),
        inputs=(
            farm.Input(sha256=parameters["program"], target=AT, unpack=True),
            farm.Input(sha256=str(reference), target=REFERENCE, unpack=True),
            *_result(evaluation.submission),
        ),
        limits=LIMITS,
        workdir=AT,
        output=OUTPUT,
        packages="standard",
    )


def _result(submission: Submission) -> Iterator[farm.Input]:
    """What was handed in, or came out of the code that was; an archive is unpacked, a single file lies under its name."""
    sha256 = str(submission.table_id)
    if submission.rows or submission.program:
        yield farm.Input(sha256=sha256, target=RESULT, unpack=True)
    else:
        yield farm.Input(sha256=sha256, target=f"{RESULT}/{plain(submission.filename)}")


def plain(name: str) -> str:
    """A file's name as it can stand in a path."""
    return name.replace("/", "_").replace("\\", "_").replace("\0", "").strip(". ")[-150:] or "result"


def ingestion_of(challenge: Challenge) -> dict[str, Any]:
    """The program that runs submitted code; empty where code is run by itself."""
    found: dict[str, Any] = challenge.metric_parameters.get("ingestion") or {}
    return found
