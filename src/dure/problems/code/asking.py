"""From a stage of a submission to a job on the farm: what the code sees, and what it may use."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from dure.engines.judging import PREDICTING
from dure.farm import api as farm
from dure.foundation import files, leases
from dure.foundation.ids import uuid7
from dure.people import api as people
from dure.problems import evaluating
from dure.problems.codabench import command_words
from dure.problems.models import Challenge, CodeRun, DatasetFile, HiddenInput, Submission
from dure.problems.programs import asking as programs

Stage = CodeRun.Stage
ORDER: Final = (Stage.PUBLIC, Stage.TRIAL, Stage.HIDDEN)
PROGRAM, DATA, INPUT, OUTPUT = "/app/program", "/app/data", "/app/input", "/app/output"
INGESTED, INPUT_DATA = "/app/ingested_program", "/app/input_data"
KIT: Final = "/app/kit/predicting.py"
TEMPORARY_MIB, OUTPUT_MIB, OUTPUT_ENTRIES = 256, 256, 20


def _is_ingested(submission: Submission) -> bool:
    """Run by a program of the host's, which knows its form, and not by itself."""
    return bool(submission.program.get("kind") == "ingested")


def first_stage(challenge: Challenge) -> CodeRun.Stage | None:
    """Where a submission begins on the farm; None where it goes to the sites at once."""
    return next((stage for stage in ORDER if applies(challenge, stage)), None)


def next_stage(challenge: Challenge, after: str) -> CodeRun.Stage | None:
    """The stage that follows; None after the last."""
    rest = ORDER[ORDER.index(Stage(after)) + 1 :] if after in ORDER else ()
    return next((stage for stage in rest if applies(challenge, stage)), None)


def applies(challenge: Challenge, stage: str) -> bool:
    """There is a public run where there are public test inputs, and a trial where the hidden ones can be cut.

    A host's ingestion program knows its own inputs alone.
    """
    if programs.ingestion_of(challenge):
        return stage == Stage.HIDDEN
    if stage == Stage.PUBLIC:
        return _files(challenge).filter(part=DatasetFile.Part.TEST).exists()
    if challenge.is_at_sites:
        return False
    if stage == Stage.TRIAL:
        return any(one.first_case_id != one.blob_id for one in challenge.hidden_inputs.all())
    return True


@transaction.atomic
def ask(submission: Submission, stage: CodeRun.Stage, *, by: people.Person | None = None) -> CodeRun:
    """Have the farm run the code for this stage. Sealed, unless it sees public inputs alone."""
    run = CodeRun.objects.create(submission=submission, stage=stage, job=uuid7(), by=by)
    spec, sealed = spec_of(submission, stage), stage != Stage.PUBLIC
    evaluating.hand_in(run, spec, submission=submission, what=stage, sealed=sealed)
    return run


@transaction.atomic
def ask_again(submission: Submission) -> bool:
    """Start the stage anew that was lost through our fault. False where none was: then it is the scorer's turn."""
    lost = CodeRun.objects.filter(submission=submission, state=CodeRun.State.FAILED_PLATFORM)
    run = lost.exclude(stage__in=(Stage.AGAIN, Stage.SITE)).first()
    if run is None:
        return False
    run.delete()
    ask(submission, Stage(run.stage))
    return True


@transaction.atomic
def cancel(submission: Submission) -> bool:
    """Stop what still waits or runs of a submission's code, but for a run that the host asked for. False when nothing did."""
    open_runs = CodeRun.objects.select_for_update().filter(submission=submission, state=CodeRun.State.QUEUED)
    run = open_runs.exclude(stage__in=(Stage.AGAIN, Stage.SITE)).first()
    return run is not None and evaluating.take_back(run)


def has_met_hidden(submission: Submission) -> bool:
    """Whether its code has begun to run on hidden inputs: what it told by then cannot be taken back.

    What was sent to a site counts as begun: only the site knows.
    """
    if submission.code_runs.filter(stage=Stage.SITE).exists():
        return True
    runs = CodeRun.objects.filter(submission=submission, stage__in=(Stage.TRIAL, Stage.HIDDEN))
    jobs = list(runs.filter(state=CodeRun.State.QUEUED).values_list("job", flat=True))
    running = leases.State.RUNNING in leases.states(kind=farm.JOB, subjects=jobs).values()
    return running or runs.exclude(state=CodeRun.State.QUEUED).exists()


def spec_of(submission: Submission, stage: CodeRun.Stage) -> farm.JobSpec:
    """The code, the public data and this stage's inputs, each at its place; never an answer."""
    if _is_ingested(submission):
        return _ingestion(submission)
    return spec_with(submission, _inputs(submission.challenge, stage))


def spec_with(submission: Submission, inputs: Iterable[farm.Input]) -> farm.JobSpec:
    """The code and the public data with these inputs; with none of them a site adds its own."""
    folder = _joined(PROGRAM, submission.program.get("folder", ""))
    return farm.JobSpec(
        command=_command(submission, folder),
        inputs=(*_program(submission), *_data(submission.challenge), *inputs),
        limits=limits_of(submission.challenge),
        workdir=folder,
        output=OUTPUT,
        packages="standard",
    )


def _ingestion(submission: Submission) -> farm.JobSpec:
    """The host's program beside the code and the inputs, as Codabench's contract has them; the answers stay with the scorer."""
    challenge = submission.challenge
    program = programs.ingestion_of(challenge)
    return farm.JobSpec(
        command=tuple(program["words"]),
        inputs=(
            farm.Input(sha256=program["program"], target=PROGRAM, unpack=True),
            farm.Input(sha256=submission.blob_id, target=INGESTED, unpack=True),
            *(
                farm.Input(sha256=one.blob_id, target=_joined(INPUT_DATA, one.filename))
                for one in challenge.hidden_inputs.filter(part__in=("", programs.part_of(submission)))
            ),
        ),
        limits=limits_of(challenge),
        workdir=PROGRAM,
        output=OUTPUT,
        packages="standard",
    )


def limits_of(challenge: Challenge) -> farm.Limits:
    """The limits that the host set, as the farm knows them."""
    seconds = challenge.code_minutes * 60
    return farm.Limits(
        cores=challenge.code_cores,
        memory_mib=challenge.code_memory_mib,
        wall_seconds=seconds,
        cpu_seconds=seconds * challenge.code_cores,
        processes=64,
        temporary_mib=TEMPORARY_MIB,
        output_mib=OUTPUT_MIB,
        output_entries=OUTPUT_ENTRIES,
    )


def _command(submission: Submission, folder: str) -> tuple[str, ...]:
    program = submission.program
    if program.get("command"):
        return command_words(program["command"], role="submission")
    return ("python3", KIT, _joined(folder, program["entry"]), INPUT, OUTPUT)


def _program(submission: Submission) -> Iterator[farm.Input]:
    program = submission.program
    if program["kind"] == "archive":
        yield farm.Input(sha256=submission.blob_id, target=PROGRAM, unpack=True)
    else:
        yield farm.Input(sha256=submission.blob_id, target=_joined(PROGRAM, program["entry"]))
    if program.get("entry"):
        yield farm.Input(sha256=files.put_bytes(PREDICTING.read_bytes()).sha256, target=KIT)


def _data(challenge: Challenge) -> Iterator[farm.Input]:
    for file in _files(challenge).exclude(part=DatasetFile.Part.TEST):
        yield farm.Input(sha256=file.blob_id, target=_joined(DATA, file.filename))


def _inputs(challenge: Challenge, stage: str) -> Iterator[farm.Input]:
    if stage == Stage.PUBLIC:
        for file in _files(challenge).filter(part=DatasetFile.Part.TEST):
            yield farm.Input(sha256=file.blob_id, target=_joined(INPUT, file.filename))
        return
    for hidden in HiddenInput.objects.filter(challenge=challenge):
        blob = hidden.first_case_id if stage == Stage.TRIAL else hidden.blob_id
        yield farm.Input(sha256=blob, target=_joined(INPUT, hidden.filename))


def _files(challenge: Challenge) -> "QuerySet[DatasetFile]":
    return DatasetFile.objects.filter(dataset=challenge.dataset_id)


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if name else folder
