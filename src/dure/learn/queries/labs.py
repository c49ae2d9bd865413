"""A lab as its place on the page draws it: its cells, its tests, and the last that was checked and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from dure.engines import courses
from dure.farm import api as farm
from dure.learn.cohorts.due import Due
from dure.learn.labs.counting import hand_ins
from dure.learn.models import CellRun, Enrolment, Grading, LabAttempt, LabDraft

SHOWN_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: Markdown as it is written, or code with its number among the code cells."""

    kind: str
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class TestView:
    """A test with how it ended last: `state` is open, passed, failed; `words` say why, as far as it may be told."""

    __test__ = False

    test: courses.Test
    title: str
    state: str = "open"
    hint: str = ""
    said: str = ""
    raised: str = ""
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One attempt with its last grading. `is_late`: it was handed in after its date."""

    attempt: LabAttempt
    grading: Grading
    tests: tuple[TestView, ...]
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class LabView:
    """The lab in the page of its unit."""

    lab: courses.Lab
    title: str
    cells: tuple[CellView, ...]
    tests: tuple[TestView, ...]
    attempts: tuple[AttemptView, ...]
    left: int
    hidden: int

    @property
    def is_waiting(self) -> bool:
        return any(one.grading.state == Grading.State.QUEUED for one in self.attempts)


def lab_of(enrolment: Enrolment, unit: courses.Unit, language: str, due: Due | None = None) -> LabView:
    """The lab of a unit for its learner; five queries at most."""
    lab = unit.lab
    assert lab is not None  # noqa: S101 - the caller has looked
    shown = _attempts(enrolment, unit, lab, language, due)
    return LabView(
        lab=lab,
        title=lab.title.within(language),
        cells=_cells(enrolment, unit, lab, language),
        tests=tuple(TestView(test, test.title.within(language)) for test in lab.tests),
        attempts=shown,
        left=max(0, lab.attempts - hand_ins(enrolment, unit.id)),
        hidden=len(lab.of("hidden")),
    )


def _cells(enrolment: Enrolment, unit: courses.Unit, lab: courses.Lab, language: str) -> tuple[CellView, ...]:
    """The stub's cells with the learner's own code in them."""
    draft = LabDraft.objects.filter(enrolment=enrolment, unit=unit.id).first()
    kept = list(draft.cells) if draft else []
    views, number = [], 0
    for cell in courses.cells_of(courses.without_solutions(lab.source), language):
        if cell.kind == "code":
            text = kept[number] if number < len(kept) else cell.text
            views.append(CellView("code", text, number))
            number += 1
        else:
            views.append(CellView("markdown", cell.text))
    more = (CellView("code", text, at) for at, text in enumerate(kept) if at >= number)
    return (*views, *more)


def stub_cells(lab: courses.Lab, language: str) -> list[str]:
    """The code cells as every learner finds them first."""
    cells = courses.cells_of(courses.without_solutions(lab.source), language)
    return [cell.text for cell in cells if cell.kind == "code"]


def _attempts(
    enrolment: Enrolment, unit: courses.Unit, lab: courses.Lab, language: str, due: Due | None
) -> tuple[AttemptView, ...]:
    last = Prefetch("gradings", Grading.objects.order_by("-pk"))
    rows = LabAttempt.objects.filter(enrolment=enrolment, unit=unit.id).prefetch_related(last)[
        :SHOWN_ATTEMPTS
    ]
    return tuple(attempt_view(row, lab, language, due) for row in rows)


def attempt_view(attempt: LabAttempt, lab: courses.Lab, language: str, due: Due | None = None) -> AttemptView:
    """An attempt with its last grading. `gradings` are fetched already, the last one first."""
    grading = attempt.gradings.all()[0]
    by_id: Mapping[str, Any] = {one["id"]: one for one in grading.results}
    tests = tuple(_test(test, by_id[test.id], language) for test in lab.tests if test.id in by_id)
    is_hand_in = attempt.kind == LabAttempt.Kind.HAND_IN
    return AttemptView(attempt, grading, tests, is_hand_in and due is not None and attempt.made_at > due.at)


def _test(test: courses.Test, ended: Mapping[str, Any], language: str) -> TestView:
    """How a test ended. Of a hidden one: the author's hint, and the type of an exception."""
    passed = bool(ended["passed"])
    return TestView(
        test=test,
        title=test.title.within(language),
        state="passed" if passed else "failed",
        hint=test.hint.within(language) if test.hint and not passed else "",
        said=ended["said"] if test.where == "public" else "",
        raised=ended["raised"],
        stopped=ended["stopped"],
    )


@dataclass(frozen=True, slots=True)
class CellOutput:
    """What came of a run of cells so far: `state` as of its job."""

    run: CellRun
    state: str
    stdout: str
    stderr: str
    limit: str
    seconds: float | None

    @property
    def is_open(self) -> bool:
        return self.state in ("queued", "running")


def output_of(run: CellRun) -> CellOutput:
    """What the cells printed, and how they ended."""
    job = farm.job_for(run.job)
    last = farm.last_run(job) if job else None
    if job is None or last is None:
        return CellOutput(run, job.state if job else "cancelled", "", "", "", None)
    return CellOutput(run, job.state, last.stdout, last.stderr, last.limit, last.wall_seconds)
