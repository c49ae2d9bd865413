"""A host's side of code: the choice, hidden inputs that nobody else reaches, corrections, and a winner's code run again."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.engines.faults import Faulty
from dure.farm import api as farm
from dure.foundation import files, workflow
from dure.foundation.access import Denied
from dure.problems.actions import challenges, hidden, queue, rescores, winners
from dure.problems.code import following
from dure.problems.models import Award, CodeRun, Evaluation, HiddenInput, Submission
from dure.problems.queries.submissions import standing
from dure.problems.scoring import boards, process
from dure.problems.tasks import advance_code
from tests.factories.code import GOOD, code_challenge, handed, run_code
from tests.factories.farm import run_all
from tests.factories.people import client_of, person
from tests.factories.problems import csv_of, entered, numbers, prepared_challenge
from tests.problems.hosting.making import fresh, host_of
from tests.problems.hosting.test_privacy import routes
from tests.problems.hosting.test_rest import Caller

pytestmark = pytest.mark.django_db(transaction=True)
RANDOM = GOOD.replace('float(row["x"]) / 2', "float(row[\"x\"]) / 2 + __import__('random').random()")


def test_the_choice_is_made_on_the_pages() -> None:
    challenge = prepared_challenge()
    browser = client_of(host_of(challenge))
    page = f"/challenges/{challenge.slug}/manage/takes"
    assert browser.get(page).status_code == 200
    choice = {"action": "choose", "takes": "code", "code_memory_mib": "1024", "code_minutes": "5"}
    wrong = choice | {"code_cores": "1000", "trial_rows": "-1"}
    refused = browser.post(page, wrong)
    assert refused.status_code == 422
    assert [fault.place for fault in refused.context["faults"]] == ["code_cores", "trial_rows"]
    assert browser.post(page, choice | {"code_cores": "1", "trial_rows": "4"}).status_code == 302
    assert fresh(challenge).takes == "code"
    assert browser.post(page, {"action": "add"}).status_code == 422
    file = SimpleUploadedFile("../test.csv", csv_of(id=["a"] * 9, x=[1] * 9))
    assert browser.post(page, {"action": "add", "file": file}).status_code == 302
    made = HiddenInput.objects.get()
    assert made.filename == "test.csv"
    with files.open_blob(made.first_case_id) as cut:
        assert len(cut.read().splitlines()) == 5
    assert browser.get(f"{page}/{made.uid}").getvalue() == csv_of(id=["a"] * 9, x=[1] * 9)
    assert browser.post(page, {"action": "remove", "filename": made.filename}).status_code == 302
    assert not HiddenInput.objects.exists()


def test_the_choice_is_made_over_rest_and_asks_for_no_more_than_a_machine_has() -> None:
    challenge = prepared_challenge()
    farm.Node.objects.create(name="small", cores=2, memory_mib=4096, level=4)
    script = Caller(host_of(challenge), "host")
    here = f"/challenges/{challenge.slug}/manage"
    said = script.call("put", f"{here}/takes", {"takes": "code", "code_memory_mib": 8192}, status=422)
    assert [(one["code"], one["params"]["most"]) for one in said["faults"]] == [("more_than_the_farm", 4096)]
    script.call("put", f"{here}/takes", {"takes": "code", "code_memory_mib": 4096, "trial_rows": 1})
    kept = script.upload(f"{here}/hidden", csv_of(id=["a", "b"], x=[1, 2]), filename="test.csv", status=201)
    assert [(one["filename"], one["is_cut"]) for one in kept["inputs"]] == [("test.csv", True)]
    kept = script.call("delete", f"{here}/hidden/{kept['inputs'][0]['uid']}")
    assert kept["inputs"] == []


def test_it_cannot_open_without_hidden_inputs_and_none_change_after_it() -> None:
    challenge = prepared_challenge()
    host = host_of(challenge)
    hidden.choose(by=host, challenge=challenge, takes="code")
    with pytest.raises(Denied) as refused:
        workflow.perform(fresh(challenge), "open", by=host)
    assert "비공개 입력" in str(refused.value.refused.message)
    opened = code_challenge()
    for change in (
        lambda: hidden.put(by=host_of(opened), challenge=opened, filename="a", stream=io.BytesIO(b"")),
        lambda: hidden.remove(by=host_of(opened), challenge=opened, filename="test.csv"),
        lambda: hidden.choose(by=host_of(opened), challenge=opened, takes="predictions"),
    ):
        with pytest.raises(Denied):
            change()


@pytest.mark.parametrize("who", ["a member of a team", "a stranger", "nobody"])
def test_nobody_but_the_hosts_reaches_a_hidden_input(who: str) -> None:
    """Every address of the site that could hold a uid is tried with those of the hidden inputs and of their jobs."""
    challenge = code_challenge()
    team = entered(challenge)
    made = handed(team, GOOD)
    talent = {"a member of a team": made.by, "a stranger": person()}.get(who)
    browser = client_of(talent) if talent else Client()
    found = challenge.hidden_inputs.get()
    with files.open_blob(found.blob_id) as content:
        secret = content.read().splitlines()[5]
    jobs = CodeRun.objects.values_list("job", flat=True)
    tried = 0
    for route in routes():
        if "admin" in route or "<" not in route:
            continue
        for uid in (found.uid, *jobs):
            address = "/" + filled(route, str(uid), challenge.slug)
            answer = browser.get(address)
            tried += 1
            assert answer.status_code < 500, address
            assert secret not in (answer.getvalue() if answer.streaming else answer.content), address
    assert tried > 100


def filled(route: str, uid: str, slug: str) -> str:
    return re.sub(
        r"<(?:(\w+):)?(\w+)>",
        lambda part: slug if "slug" in part[0] else ("1" if part[1] == "int" else uid),
        route,
    )


@pytest.mark.sandbox
@pytest.mark.packages
def test_a_winners_code_is_run_again_and_only_the_same_score_is_marked() -> None:
    challenge = code_challenge()
    honest, lucky = entered(challenge), entered(challenge)
    handed(honest, GOOD)
    made = handed(lucky, RANDOM)
    run_code()
    host = host_of(challenge)
    workflow.perform(fresh(challenge), "close", by=host)
    process.main(until_empty=True)
    script = Caller(host, "host")
    for one in Submission.objects.all():
        script.call("post", f"/challenges/{challenge.slug}/manage/submissions/{one.uid}/again", status=201)
    assert script.call(
        "post", f"/challenges/{challenge.slug}/manage/submissions/{made.uid}/again", status=403
    )
    run_code()
    said = script.call("get", f"/challenges/{challenge.slug}/manage/reruns")
    assert [(one["submission"], one["same"]) for one in said] == [(1, True), (2, False)]
    host.language = "en"
    host.save(update_fields=["language"])
    browser = client_of(host)
    page = browser.get(f"/challenges/{challenge.slug}/manage/winners").content.decode()
    assert page.count("Not the same score") == 1
    assert page.count("Same score") == 1
    for team in (honest, lucky):
        award = Award.objects.create(
            challenge=fresh(challenge), team=team, state="handed", place=1, due_at=made.accepted_at
        )
        winners.accept(by=host, award=award, reproduced=True)  # the host's word alone marks nothing
    process.main(until_empty=True)
    board = boards.latest(fresh(challenge), "private")
    assert board is not None
    marked = {row["team"]: row["reproduced"] for row in board.rows}
    assert marked == {str(honest.uid): True, str(lucky.uid): False}


@pytest.mark.sandbox
@pytest.mark.packages
def test_answers_corrected_while_code_runs_are_the_ones_it_is_scored_on() -> None:
    challenge = code_challenge()
    made = handed(entered(challenge), GOOD)
    ids, truth = numbers(60)
    table = challenges.take_table(io.BytesIO(csv_of(id=ids, value=truth + 3)))
    rescores.change_answers(by=host_of(challenge), challenge=fresh(challenge), truth=table, note_en="Scale.")
    assert not rescores.running(fresh(challenge)) or standing(made).state == "queued"
    run_code()
    told = standing(Submission.objects.select_related("challenge").get(pk=made.pk))
    assert told.state == "done"
    assert told.score == pytest.approx(3, abs=0.1)
    assert Evaluation.objects.get().answers.number == 2


@pytest.mark.sandbox
@pytest.mark.packages
def test_the_end_of_a_job_is_followed_by_its_event_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(advance_code, "defer", lambda *, job: asked.append(job))
    made = handed(entered(code_challenge()), GOOD)
    run_all()
    run = made.code_runs.get()
    assert asked == [str(run.job)]
    assert following.advance(asked[0])
    assert not following.advance(asked[0])
    assert [one.stage for one in made.code_runs.all()] == ["public", "trial"]


def test_a_job_lost_through_our_fault_costs_nothing_and_is_asked_for_again_by_the_operator() -> None:
    made = handed(entered(code_challenge()), GOOD)
    job = farm.job_for(made.code_runs.get().job)
    assert job is not None
    farm.Job.objects.filter(pk=job.pk).update(state="failed_platform", finished_at=job.created_at)
    assert following.advance_all() == 1
    assert standing(made).state == "failed_platform"
    operator = person(roles=["operator"])
    assert queue.requeue(by=operator) == 1
    assert standing(made).state == "queued"
    assert made.code_runs.get().job != job.uid


@pytest.mark.parametrize("value", [0, 10**9])
def test_limits_have_bounds(value: int) -> None:
    challenge = prepared_challenge()
    with pytest.raises(Faulty):
        hidden.choose(by=host_of(challenge), challenge=challenge, takes="code", code_minutes=value)
