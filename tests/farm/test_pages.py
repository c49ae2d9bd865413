"""The pages of jobs: the form keeps what was written, shows the words, and each page asks the database a fixed number of times."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.farm.models import Job
from dure.farm.queries import line
from dure.foundation import clock
from dure.people.models import Membership, Person
from tests.factories.farm import machine
from tests.factories.people import client_of, member, organisation, person
from tests.factories.sharing import granted
from tests.farm.asked import asked_by, member_of

pytestmark = pytest.mark.django_db
MOST = 14
FILLED: dict[str, Any] = {
    "name": "training",
    "command": "python train.py --note 'a b'",
    "packages": "",
    "cores": "1",
    "memory": "0.5",
    "minutes": "5",
    "job_class": "normal",
    "count": "1",
    "environment": "EPOCHS=3",
}


def english(someone: Person) -> Client:
    client = client_of(someone)
    client.cookies["dure_language"] = "en"
    return client


def sent(client: Client, someone: Person, **changes: Any) -> Any:
    account = Membership.objects.filter(person=someone).values_list("organisation", flat=True)[0]
    return client.post("/farm/jobs/new", {**FILLED, "organisation": account, **changes})


def test_the_form_makes_a_job_and_leads_to_its_page() -> None:
    someone = member_of()
    client = english(someone)
    answer = sent(client, someone, files=[SimpleUploadedFile("train.py", b"print(1)")])
    job = Job.objects.get()
    assert answer["Location"] == f"/farm/jobs/{job.uid}"
    spec = job.wants
    assert spec.command == ("python", "train.py", "--note", "a b")
    assert (spec.limits.memory_mib, spec.limits.wall_seconds, spec.workdir) == (512, 300, "/work")
    assert spec.environment["EPOCHS"] == "3"
    assert [one.target for one in spec.inputs] == ["/work/train.py"]
    shown = client.get(answer["Location"]).content.decode()
    assert "<code>a b</code>" in shown
    assert "No machine of the farm is on now." in shown


def test_sent_twice_it_is_one_job() -> None:
    someone = member_of()
    client = english(someone)
    first, second = (sent(client, someone, key="a key") for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Job.objects.count() == 1


def test_who_goes_back_and_changes_the_form_is_led_to_the_job_and_makes_another_by_sending_it_again() -> None:
    someone = member_of()
    client = english(someone)
    first = sent(client, someone, key="a key")
    changed = sent(client, someone, key="a key", command="python other.py")
    shown = changed.content.decode()
    assert changed.status_code == 409
    assert f'href="{first["Location"]}"' in shown
    assert "Idempotency-Key" not in shown
    (key,) = re.findall(r'name="key" value="([^"]+)"', shown)
    assert sent(client, someone, key=key, command="python other.py")["Location"] != first["Location"]
    assert Job.objects.count() == 2


def test_in_korean_the_word_that_takes_a_job_back_is_not_the_one_that_leaves_it() -> None:
    """The question is “이 작업을 취소할까요?”: an answer “취소” could mean either."""
    someone = member_of()
    client = client_of(someone)
    client.cookies["dure_language"] = "ko"
    page = client.get(sent(client, someone)["Location"]).content.decode()
    assert ">작업 취소</button>" in page
    assert 'value="no" autofocus>아니요</button>' in page
    assert ">취소</button>" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_run_again_pressed_twice_runs_it_once_more(count: int) -> None:
    someone = member_of()
    client = english(someone)
    sent(client, someone, count=count)
    job = Job.objects.get(array_index=0)
    Job.objects.update(state="done", finished_at=clock.now())
    page = f"/farm/arrays/{job.array}" if count > 1 else f"/farm/jobs/{job.uid}"
    for look in range(2):
        (key,) = re.findall(r'name="key" value="([^"]+)"', client.get(page).content.decode())
        answers = [client.post(f"{page}/act", {"action": "again", "key": key}) for _press in range(2)]
        assert len({answer["Location"] for answer in answers}) == 1
        assert Job.objects.count() == count * (look + 2)


def test_every_fault_stands_at_its_field_and_all_that_was_written_stays() -> None:
    machine(cores=2, memory_mib=1024)
    someone = member_of()
    client = english(someone)
    bad = {"cores": "3", "memory": "2", "command": "python 'train.py", "environment": "1=x"}
    answer = sent(client, someone, files=[SimpleUploadedFile("train.py", b"print(1)")], **bad)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "A quotation mark is opened and not closed." in shown
    mended = sent(client, someone, **{**bad, "command": "python train.py"})
    for words in (
        "No machine has more than 2 cores.",
        "No machine has more than 1.0 GiB of memory.",
        "variable",
    ):
        assert words in mended.content.decode()
    carried = re.findall(r'name="given" value="([^"]+)"', shown)
    assert "train.py" in shown
    sent(client, someone, given=carried[0])
    assert [one.target for one in Job.objects.get().wants.inputs] == ["/work/train.py"]


def test_files_carried_along_belong_to_who_chose_them() -> None:
    someone, other = member_of(), member_of()
    shown = sent(
        english(someone), someone, name="", files=[SimpleUploadedFile("a", b"secret")]
    ).content.decode()
    (carried,) = re.findall(r'name="given" value="([^"]+)"', shown)
    answer = sent(english(other), other, given=carried)
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_the_words_are_shown_as_the_program_gets_them() -> None:
    client = english(member_of())
    shown = client.get("/farm/jobs/words", {"command": "bash -c 'a | b' > <b>"}).content.decode()
    assert "<code>a | b</code>" in shown
    assert "<code>&lt;b&gt;</code>" in shown
    assert "No shell reads them" in shown


def test_accelerators_are_asked_for_by_type_where_a_machine_has_some() -> None:
    someone = member_of()
    assert "gpu:h100" not in english(someone).get("/farm/jobs/new").content.decode()
    machine(accelerators={"gpu:h100": 2})
    assert "gpu:h100" in english(someone).get("/farm/jobs/new").content.decode()
    refused = sent(english(someone), someone, accelerator_0="2")
    assert (refused.status_code, Job.objects.count()) == (403, 0)
    assert "has no hours of gpu:h100" in refused.content.decode()
    granted(someone.memberships.get().organisation, project="", accelerator="gpu:h100")
    sent(english(someone), someone, accelerator_0="2")
    assert Job.objects.get().wants.accelerators == {"gpu:h100": 2}


def test_of_several_organisations_one_is_chosen() -> None:
    someone, other = member_of(), organisation()
    member(someone, other)
    shown = english(someone).get("/farm/jobs/new").content.decode()
    assert '<select name="organisation"' in shown
    assert sent(english(someone), someone, organisation="").status_code == 422
    assert sent(english(someone), someone, organisation=organisation().pk).status_code == 422
    sent(english(someone), someone, organisation=other.pk)
    assert Job.objects.get().organisation == other


def test_who_belongs_to_no_organisation_is_told_so() -> None:
    answer = english(person()).get("/farm/jobs/new")
    assert answer.status_code == 403
    assert "you belong to none now" in answer.content.decode()
    assert english(person()).get("/farm/jobs").status_code == 200


def test_an_array_has_a_page_with_its_progress() -> None:
    someone = member_of()
    client = english(someone)
    answer = sent(client, someone, count="40")
    assert "0 of 40" in client.get(answer["Location"]).content.decode()
    client.post(f"{answer['Location']}/act", {"action": "cancel"})
    assert "40 of 40" in client.get(answer["Location"]).content.decode()
    again = client.post(f"{answer['Location']}/act", {"action": "again"})
    assert again["Location"].startswith("/farm/arrays/")
    assert Job.objects.filter(state="queued").count() == 40


def test_a_job_is_taken_back_shared_and_run_again_from_its_page() -> None:
    someone = member_of()
    client, uid = english(someone), asked_by(someone)["uid"]
    client.post(f"/farm/jobs/{uid}/act", {"action": "share"})
    client.post(f"/farm/jobs/{uid}/act", {"action": "cancel"})
    job = Job.objects.get(uid=uid)
    assert (job.shared, job.state) == (True, "cancelled")
    answer = client.post(f"/farm/jobs/{uid}/act", {"action": "again"})
    again = Job.objects.exclude(uid=uid).get()
    assert answer["Location"] == f"/farm/jobs/{again.uid}"


PAGES = ("/farm/jobs", "/farm/jobs?view=all", "/farm/jobs/new", "/farm/jobs/{uid}", "/farm/arrays/{array}",
         "/api/v1/farm/jobs", "/api/v1/farm/jobs/{uid}", "/api/v1/farm/arrays/{array}/jobs")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_same_with_hundreds_of_jobs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    machine()
    firm = organisation()
    someone = member_of(firm, Membership.Role.REPRESENTATIVE)
    made = asked_by(someone, count=2)
    path = page.format(uid=made["uid"], array=made["array"]["uid"])
    client = client_of(someone)

    def queries() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    monkeypatch.setattr(line, "FRESH", timedelta(0))  # each look is a new one, however fast it comes
    few = queries()
    for _ in range(3):
        asked_by(member_of(firm), count=100)
        asked_by(someone, count=100)
    assert queries() == few <= MOST
