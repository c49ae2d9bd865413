"""One task at the site: the program in the sandbox beside the owner's rows, then its predictions scored; only scores leave."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dure.cli.site.data import Files, Hashes, files_of
from dure.cli.site.folder import SiteError
from dure.cli.site.journal import Dataset, Journal, Permit
from dure.engines import sandbox
from dure.engines.environment import named
from dure.engines.faults import Faulty
from dure.engines.jobs import Input, JobSpec, copied, own_folder, profile_of, unpacked
from dure.engines.judging import exception_in, in_steps, predictions_among
from dure.engines.sandbox import Mount, Outcome
from dure.foundation.limited import child

INPUT, TRAINING = "/app/input", "/app/training"
MOST_LOG: Final = 32 * 1024
Fetch = Callable[[str, Path], None]
"""Gets a file of the task by its hash."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a task: what Dure is told, what the owner alone can read, and the Ladder's new state."""

    result: dict[str, Any]
    log: str = ""
    best: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as Dure sent it, its parts named. Raises ValueError, KeyError or TypeError where it is none."""

    uid: str
    use: str
    dataset: str
    name: str
    team: str
    spec: JobSpec
    scoring: dict[str, Any]

    @classmethod
    def of(cls, sent: dict[str, Any]) -> "Task":
        order = sent["order"]
        spec = JobSpec.of_json(order["spec"])
        if spec.judge is not None:
            raise ValueError("a site holds no conversation")
        plain = {name: str(sent[name]) for name in ("uid", "use", "dataset", "name")}
        return cls(
            **plain,
            team=str(order["team"]),
            spec=spec,
            scoring=dict(order["scoring"]),
        )


def refused(problem: str) -> Ended:
    return Ended({"state": "refused", "problem": problem})


def why_not(task: Task, permit: Permit | None, dataset: Dataset | None, journal: Journal) -> str:
    """Why the owner's word does not cover this task, in one word; nothing where it does."""
    if permit is None or permit.state != "approved" or dataset is None or permit.dataset != task.dataset:
        return "not_allowed"
    asked = {"scoring": task.scoring, "limits": task.spec.as_json()["limits"]}
    if any(permit.wants.get(name) != value for name, value in asked.items()):
        return "other_than_allowed"
    total, own = journal.looks(task.use, task.team)
    if permit.looks and total >= permit.looks:
        return "no_looks_left"
    if permit.looks_each and own >= permit.looks_each:
        return "no_looks_left_for_team"
    return ""


@dataclass(frozen=True, slots=True)
class Work:
    """A task that the owner's word covers, with what it takes to do it."""

    task: Task
    permit: Permit
    dataset: Dataset
    journal: Journal
    folder: Path
    fetch: Fetch
    hashes: Hashes


def carry(work: Work) -> Ended:
    """Run the task's program on the data set and score what it predicts. Our own faults are a state, not an exception.

    Raises what `fetch` raises: then nothing has run, and the task is done later.
    """
    try:
        files = files_of(work.dataset.folder)
        if work.hashes.of(files) != work.dataset.sha256:
            return refused("data_changed")
    except (SiteError, OSError):
        return refused("data_gone")
    with own_folder(work.folder) as own:
        return _carried_out(work, files, own)


def _carried_out(work: Work, files: Files, own: Path) -> Ended:
    spec = work.task.spec
    try:
        profile = profile_of(spec, (*_program(spec, own, work.fetch), *_rows(files, own)))
    except Faulty:
        return Ended({"state": "failed_user", "problem": "archive_unfit"})
    except (ValueError, TypeError, KeyError):
        return refused("order_unreadable")
    try:
        outcome = sandbox.run(profile, list(spec.command), into=own / "out")
    except (sandbox.LaunchError, sandbox.UnprotectedError, OSError) as error:
        log = f"{type(error).__name__}: {error}"
        return Ended({"state": "failed_platform", "problem": "sandbox"}, log=log)
    return _judged(work, outcome, files.answers, own / "out")


def _judged(work: Work, outcome: Outcome, answers: Path, out: Path) -> Ended:
    told, log = _ending(work.task, outcome), _log(outcome)
    name, problem = predictions_among(one.name for one in outcome.files)
    if not outcome.ok:
        name, problem = None, "output_refused" if outcome.faults else ""
    if name is None:
        return Ended(told | {"state": "failed_user", "problem": problem}, log=log)
    try:
        scores = _scored(work, out / name, answers)
    except Faulty as faulty:
        is_ours = faulty.faults[0].code.startswith(("answers_", "split_"))
        state, problem = (
            ("failed_platform", "data_unfit") if is_ours else ("failed_user", "predictions_unfit")
        )
        return Ended(told | {"state": state, "problem": problem}, log=log)
    best = scores.pop("best")
    return Ended(told | scores | {"state": "done"}, log=log, best=best)


def _scored(work: Work, path: Path, answers: Path) -> dict[str, Any]:
    task, how = work.task, work.task.scoring
    found: dict[str, Any] = child.call(
        "dure.engines.scoring.apart:score_apart",
        path=str(path),
        answers=str(answers),
        **how,
        salt=work.permit.salt,
        least_rows=work.permit.least_rows,
        best=work.journal.best(task.use, task.team),
    )
    return found


def _ending(task: Task, outcome: Outcome) -> dict[str, Any]:
    """What may be told of a run beside the owner's rows."""
    seconds, memory = in_steps(outcome.wall_seconds, outcome.peak_memory)
    return {
        "exit_code": outcome.exit_code,
        "signal": outcome.signal,
        "limit": outcome.limit or "",
        "exception": exception_in(outcome.stderr) if outcome.exit_code else "",
        "seconds": seconds,
        "memory_mib": memory,
        "environment": named(task.spec.packages).digest if task.spec.packages else "",
    }


def _log(outcome: Outcome) -> str:
    return "\n".join(
        said.decode("utf-8", "replace")[-MOST_LOG:] for said in (outcome.stdout, outcome.stderr) if said
    )


def _program(spec: JobSpec, own: Path, fetch: Fetch) -> Iterator[Mount]:
    """The team's program and the public files, laid where a stranger's program may read them."""
    for number, given in enumerate(spec.inputs):
        yield _laid(given, own, number, fetch)


def _laid(given: Input, own: Path, number: int, fetch: Fetch) -> Mount:
    got = own / f"got-{number}"
    fetch(given.sha256, got)
    lay = unpacked if given.unpack else copied
    return Mount(lay(got, own / f"in-{number}"), given.target)


def _rows(files: Files, own: Path) -> Iterator[Mount]:
    """The owner's inputs and training rows, as copies that the program may read and that go with it. Never the answers."""
    for part, target, paths in (("input", INPUT, files.inputs), ("training", TRAINING, files.training)):
        if paths:
            place = own / part
            place.mkdir(mode=0o755)
            for path in paths:
                copied(path, place / path.name)
            yield Mount(place, target)
