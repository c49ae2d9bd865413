"""A learner's lab on the farm: cells, checks, hand-ins with hints, attempts, what is told and what is not."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from dure.farm import api as farm
from dure.foundation import clock
from dure.foundation.models import Notice
from dure.learn import tasks
from dure.learn.actions import versions
from dure.learn.labs import asking, following
from dure.learn.models import (
    CellRun,
    Course,
    Enrolment,
    Grading,
    Lab,
    LabAttempt,
    LabDraft,
    LearningEvent,
    Standing,
)
from tests.factories import people
from tests.factories.course_files import HIDDEN, LAB, SOLVED, laid
from tests.factories.courses import open_course
from tests.factories.farm import run_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
WORK = "/courses/tiny/units/01-first/lab"
CALLED = "print(area(2, 3))"
HX = {"HX-Request": "true"}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(tmp_path)


@pytest.fixture
def learner(course: Course) -> Client:
    client = people.client_of(people.person(language="en"))
    client.post("/courses/tiny/start")
    return client


def do(client: Client, action: str, *cells: str) -> Any:
    return client.post(WORK, {"do": action, "cell": cells or (SOLVED, CALLED)}, headers=HX)


def page(client: Client) -> str:
    return client.get("/courses/tiny/units/01-first").content.decode()


def graded(client: Client, action: str, *cells: str) -> str:
    """Press a button, have the farm work, and read what the page says."""
    assert do(client, action, *cells).status_code == 200
    run_all()
    return client.get(f"{WORK}/results", headers=HX).content.decode()


def test_the_stub_is_shown_and_the_solution_is_not(learner: Client) -> None:
    shown = page(learner)
    assert "raise NotImplementedError" in shown
    assert "return a * b" not in shown
    assert "Write a function that returns the area." in shown
    assert "함수를 쓰세요" not in shown
    assert "Multiply the sides." not in shown
    assert "1 hidden test" in shown


def test_cells_run_up_to_the_one_asked_for_and_show_what_it_prints(learner: Client) -> None:
    do(learner, "run:1", SOLVED + "print('quiet')", "print('six is', area(2, 3))\narea(1, 5)")
    run_all()
    shown = learner.get(f"/cells/{CellRun.objects.get().job}", headers=HX).content.decode()
    assert "six is 6\n5" in shown
    assert "quiet" not in shown


def test_a_cell_that_raises_shows_its_own_traceback(learner: Client) -> None:
    do(learner, "run:0", "def f():\n    return 1 / 0\nf()")
    run_all()
    shown = learner.get(f"/cells/{CellRun.objects.get().job}", headers=HX).content.decode()
    assert "ZeroDivisionError" in shown
    assert "cell 1" in shown
    assert "run.py" not in shown


def test_others_do_not_see_what_my_cells_print(learner: Client) -> None:
    do(learner, "run:0", "1")
    other = people.client_of(people.person())
    assert other.get(f"/cells/{CellRun.objects.get().job}", headers=HX).status_code == 404
    assert Client().get(f"/cells/{CellRun.objects.get().job}", headers=HX).status_code == 403


def test_a_check_runs_the_public_tests_and_tells_all(learner: Client) -> None:
    said = graded(learner, "check", "def area(a, b):\n    print('called with', a)\n    return a + b\n")
    assert "area(2, 3) is 6, and not 5" in said
    assert "called with 2" in said
    assert "Any box" not in said
    assert not LearningEvent.objects.filter(verb="graded").exists()


def test_a_failed_hidden_test_gives_its_hint_and_the_fix_passes(learner: Client) -> None:
    said = graded(learner, "hand_in", "def area(a, b):\n    print('secret', a, b)\n    return 6\n")
    assert "1 of 4 points" in said
    assert "Multiply the sides." in said
    assert "secret" not in said
    assert Standing.objects.get().items["lab/01-first"]["points"] == 1
    said = graded(learner, "hand_in")
    assert "4 of 4 points" in said
    assert Standing.objects.get().items["lab/01-first"] == {
        "points": 4.0,
        "of": 4.0,
        "tries": 2,
        "settled": True,
    }


def test_an_exception_on_hidden_inputs_is_told_by_its_type_alone(learner: Client) -> None:
    said = graded(
        learner, "hand_in", "def area(a, b):\n    if a == 2: return 6\n    raise KeyError(f'it was {a}')\n"
    )
    assert "It raised KeyError." in said
    assert "it was" not in said


def test_what_is_typed_is_kept_and_can_be_begun_anew(learner: Client) -> None:
    assert do(learner, "save", "x = 'mine'", "y").status_code == 204
    assert "x = &#x27;mine&#x27;" in page(learner)
    learner.post(WORK, {"do": "reset", "cell": ["x"]})
    assert "raise NotImplementedError" in page(learner)
    assert "mine" not in page(learner)


def test_attempts_are_limited_and_one_at_a_time(tmp_path: Path) -> None:
    open_course(tmp_path, **{"units/01-first/lab/lab.yaml": LAB + "attempts: 1\n"})
    client = people.client_of(people.person(language="en"))
    client.post("/courses/tiny/start")
    do(client, "hand_in")
    assert "still being graded" in do(client, "hand_in").content.decode()
    run_all()
    assert "used all attempts" in do(client, "hand_in").content.decode()
    assert LabAttempt.objects.count() == 1
    assert do(client, "check").status_code == 200


def test_a_test_that_breaks_costs_nothing_and_is_told_to_its_author_alone(tmp_path: Path) -> None:
    open_course(tmp_path, **{"units/01-first/lab/hidden.py": "import nothing_there\n" + HIDDEN})
    client = people.client_of(people.person(language="en"))
    client.post("/courses/tiny/start")
    said = graded(client, "hand_in")
    assert "The tests broke" in said
    assert "nothing_there" not in said
    assert "nothing_there" in Grading.objects.get().judge_log
    assert "30 hand-ins left" in said
    assert not LearningEvent.objects.filter(verb="graded").exists()
    assert Notice.objects.get().kind == "learn.lab_broken"
    assert Notice.objects.get().person == Course.objects.get().authors.get()


def test_too_much_is_refused_whole(learner: Client) -> None:
    assert do(learner, "save", *["x"] * 101).status_code == 422
    assert do(learner, "hand_in", "#" * 300_000).status_code == 422
    assert not LabDraft.objects.exists()


def test_a_notebook_goes_out_and_comes_in_without_its_test_cells(learner: Client) -> None:
    do(learner, "save", "mine = 1", "more")
    made = json.loads(b"".join(learner.get(f"{WORK}/notebook").streaming_content))  # type: ignore[attr-defined]  # a file
    assert [cell["cell_type"] for cell in made["cells"]] == ["markdown", "code", "code"]
    test = {
        "cell_type": "code",
        "source": "assert False",
        "metadata": {"nbgrader": {"grade": True, "solution": False}},
    }
    made["cells"] += [test]
    made["cells"][1]["source"] = SOLVED.splitlines(keepends=True)
    upload = io.BytesIO(json.dumps(made).encode())
    upload.name = "lab.ipynb"
    assert learner.post(f"{WORK}/upload", {"file": upload}).status_code == 302
    assert LabDraft.objects.get().cells == [SOLVED, "more"]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b'{"cells": 3}', b'{"cells": [{"cell_type": "code"}]}', b"\xff\xfe"]
)
def test_what_is_no_notebook_is_refused(learner: Client, content: bytes) -> None:
    upload = io.BytesIO(content or b" ")
    upload.name = "lab.ipynb"
    response = learner.post(f"{WORK}/upload", {"file": upload})
    assert response.status_code == 422
    assert not LabDraft.objects.exists()


def test_an_end_that_nobody_heard_of_is_taken_over_by_the_clock(
    learner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(learner, "hand_in")
    with monkeypatch.context() as deaf:
        deaf.setattr(following, "take_over", lambda _uid: False)
        run_all()
    assert Grading.objects.get().state == "queued"
    assert following.follow_all(clock.now() + timedelta(minutes=1)) == 1
    assert Grading.objects.get().points == 4
    assert following.follow_all(clock.now()) == 0
    assert LearningEvent.objects.filter(verb="graded").count() == 1


def test_when_tests_change_the_old_result_stays_and_the_new_one_counts(
    learner: Client, course: Course, tmp_path: Path
) -> None:
    graded(learner, "hand_in")
    harder = {"units/01-first/lab/hidden.py": HIDDEN.replace("a * b)", "a * b + 1)")}
    by = course.authors.get()
    versions.take_shipped(laid(tmp_path / "second", **harder), organisation=course.organisation, authors=[by])
    lab = Lab.objects.get(version__number=2)
    teacher = people.client_of(by)
    teacher.post("/courses/tiny/versions/2/act", {"action": "grade_again"})
    job = ProcrastinateJob.objects.get(task_name="dure.learn.tasks.grade_again")
    for _ in range(2):
        tasks.grade_again(**job.args)
    assert Grading.objects.count() == 2
    run_all()
    assert [one.points for one in Grading.objects.order_by("pk")] == [4, 1]
    assert Standing.objects.get().items["lab/01-first"]["points"] == 1
    assert asking.grade_again(lab) == 0
    assert "1 of 4 points" in learner.get("/notices").content.decode()


def test_a_taken_back_job_costs_no_attempt(learner: Client) -> None:
    do(learner, "hand_in")
    job = farm.job_for(Grading.objects.get().job)
    assert job is not None
    farm.cancel(job)
    following.follow_all(clock.now())
    assert Grading.objects.get().state == "cancelled"
    assert "30 hand-ins left" in learner.get(f"{WORK}/results", headers=HX).content.decode()


def test_the_course_pays_and_no_list_of_jobs_shows_a_lab(learner: Client, course: Course) -> None:
    do(learner, "hand_in")
    job = farm.job_for(Grading.objects.get().job)
    assert job is not None
    assert (job.organisation, job.project, job.sealed) == (course.organisation, "tiny", True)
    assert "tiny/01-first" not in learner.get("/farm/jobs").content.decode()


def test_a_lab_completes_the_course(learner: Client) -> None:
    for unit in ("01-first", "02-second"):
        learner.post(f"/courses/tiny/units/{unit}/read")
    for item, given in (("pick", "1"), ("count", "12.5"), ("word", "kfold"), ("prints", "1")):
        learner.post(f"/courses/tiny/units/01-first/questions/{item}", {"given": given})
    assert Enrolment.objects.get().state == "active"
    graded(learner, "hand_in")
    assert Enrolment.objects.get().state == "completed"
    assert LearningEvent.objects.filter(verb="completed").count() == 1
