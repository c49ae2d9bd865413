"""What is told and kept of jobs: one notice at the end, logs and files for a month, a person's own data for that person."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from dure.farm.actions import ending
from dure.farm.models import Job, Run, RunFile
from dure.farm.queries.told import KEPT
from dure.foundation import clock, events, files, notices
from dure.foundation.models import Notice
from dure.people.actions.accounts import delete_account
from dure.people.exports import export_of
from dure.people.models import Person
from tests.factories.farm import asked, begun, machine
from tests.factories.people import client_of, organisation
from tests.farm.asked import REST, asked_by, member_of

pytestmark = pytest.mark.django_db(transaction=True)


def ended(someone: Person, state: str = "done", **more: Any) -> Job:
    """A job that is over, with a log and a file."""
    job = Job.objects.get(uid=asked_by(someone, **more)["uid"])
    run = begun(job, machine())
    Run.objects.filter(pk=run.pk).update(stdout="said", exit_code=0, ended_at=clock.now(), wall_seconds=3.0)
    RunFile.objects.create(run=run, name="a.txt", blob=files.put_bytes(b"made"))
    ending.over(job, Job.State(state))
    return job


def over(job: Job, state: str) -> None:
    """As an executor ends it, within its transaction."""
    with transaction.atomic():
        ending.over(job, Job.State(state))


def told(someone: Person) -> list[str]:
    return [notices.text(one) for one in Notice.objects.filter(person=someone, kind="farm.job_ended")]


def test_the_person_is_told_once_that_a_job_ended() -> None:
    someone = member_of()
    job = ended(someone, "failed_user", name="training")
    (one,) = Notice.objects.filter(person=someone)
    assert (one.url, one.params["name"], one.params["state_en"], one.params["state_ko"]) == (
        f"/farm/jobs/{job.uid}", "training", "Failed", "실패",
    )  # fmt: skip
    assert "farm.job_ended" in {wish.kind.key for wish in notices.wishes(someone)}


def test_of_an_array_one_is_told_when_all_of_it_is_over() -> None:
    someone = member_of()
    asked_by(someone, count=3)
    first, second, third = Job.objects.order_by("array_index")
    for job, state in ((second, "done"), (first, "failed_user")):
        over(job, state)
        assert told(someone) == []
    over(third, "done")
    (one,) = Notice.objects.filter(person=someone)
    assert (one.url, one.params["state_en"]) == (f"/farm/arrays/{third.array}", "Done 2, Failed 1")


def test_nobody_is_told_of_what_they_took_back_or_did_not_ask_for() -> None:
    someone, firm = member_of(), organisation()
    uid = asked_by(someone)["uid"]
    client_of(someone).post(f"{REST}/jobs/{uid}/cancel")
    ending.over(asked(someone, firm, job_class=Job.Class.EVALUATION), Job.State.DONE)
    assert told(someone) == []


def test_logs_and_files_go_after_a_month_and_a_second_time_changes_nothing() -> None:
    someone = member_of()
    job = ended(someone)
    path = f"{REST}/jobs/{job.uid}"
    client = client_of(someone)
    day = (clock.now() + KEPT - timedelta(days=1)).date().isoformat()
    call_command("clock", date=day)
    assert client.get(f"{path}/files").json()["count"] == 1
    for days in (1, 2):
        with clock.at(clock.now() + KEPT + timedelta(days=days)):
            call_command("clock", date=clock.now().date().isoformat())
    assert client.get(f"{path}/files").json()["count"] == 0
    assert client.get(f"{path}/files/a.txt").status_code == 404
    assert client.get(f"{path}/log").json()["stdout"] == ""
    kept = client.get(path).json()
    assert (kept["name"], kept["exit_code"], kept["kept_until"]) == ("a job", 0, None)
    refused = client.post(f"{path}/again")
    assert (refused.status_code, refused.json()["code"]) == (403, "job_emptied")
    assert client.get(f"/farm/jobs/{job.uid}").status_code == 200


def test_a_persons_export_holds_their_jobs() -> None:
    someone = member_of()
    job = ended(someone, name="training")
    ended_elsewhere = member_of()
    asked_by(ended_elsewhere, name="zqotherqz")
    with zipfile.ZipFile(io.BytesIO(export_of(someone))) as archive:
        text = archive.read("jobs.json").decode()
    (found,) = json.loads(text)
    assert (found["uid"], found["name"], found["runs"][0]["stdout"]) == (str(job.uid), "training", "said")
    assert found["runs"][0]["files"][0]["name"] == "a.txt"
    assert "zqotherqz" not in text


def test_with_the_account_go_names_logs_and_files_and_usage_stays() -> None:
    someone = member_of()
    job = ended(someone, name="zqnameqz")
    waiting = asked_by(someone, name="zqwaitsqz")
    seconds = Run.objects.get(job=job).wall_seconds
    delete_account(someone)
    events.deliver_pending()
    job.refresh_from_db()
    assert (job.name, job.wants.command, job.wants.inputs, job.state) == ("", (), (), "done")
    assert Job.objects.get(uid=waiting["uid"]).state == "cancelled"
    run = Run.objects.get(job=job)
    assert (run.stdout, run.files.count(), run.wall_seconds, run.excused) == ("", 0, seconds, False)
    assert "zq" not in json.dumps(list(Job.objects.values("name", "spec")))
