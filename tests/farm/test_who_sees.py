"""Who sees what of a job: one table for the page, REST, log and files; what one may not know of does not exist."""

from typing import Any, Final

import pytest

from dure.farm.models import Job, RunFile
from dure.foundation import clock, files
from dure.people.actions.tokens import create_token
from dure.people.models import Membership, Organisation, Person
from tests.factories.farm import begun, machine
from tests.factories.people import client_of, organisation, person
from tests.farm.asked import REST, asked_by, member_of

pytestmark = pytest.mark.django_db
NAME, COMMAND, LOG, FILE, REFUSED = "zqnameqz", "zqcommandqz", "zqlogqz", "zqfileqz", "zqrefusedqz"
WORDS = (NAME, COMMAND, LOG, FILE, REFUSED)


@pytest.fixture
def firm() -> Organisation:
    return organisation()


@pytest.fixture
def owner(firm: Organisation) -> Person:
    return member_of(firm)


@pytest.fixture
def job(owner: Person) -> Job:
    """A job that is over, with a log, a file, and a fault that names a file."""
    made = asked_by(owner, name=NAME, command=["python", COMMAND])
    job = Job.objects.get(uid=made["uid"])
    run = begun(job, machine())
    run.stdout, run.exit_code, run.ended_at = LOG, 0, clock.now()
    run.faults = [{"code": "not_a_file", "params": {}, "place": f"{REFUSED}/patients.lnk"}]
    run.save()
    RunFile.objects.create(run=run, name=f"{FILE}.txt", blob=files.put_bytes(FILE.encode()))
    Job.objects.filter(pk=job.pk).update(state="done", finished_at=clock.now())
    return job


def reader(role: str, firm: Organisation, owner: Person) -> Person:
    if role == "owner":
        return owner
    if role in {"representative", "colleague"}:
        kind = Membership.Role.REPRESENTATIVE if role == "representative" else Membership.Role.MEMBER
        return member_of(firm, kind)
    if role == "rival":
        return member_of(role=Membership.Role.REPRESENTATIVE)
    if role == "former":
        someone = member_of(firm, Membership.Role.REPRESENTATIVE)
        Membership.objects.filter(person=someone).update(ended_at=clock.now())
        return someone
    return person(roles=[] if role == "unrelated" else [role])


ADDRESSES: Final = {
    "page": "/farm/jobs/{uid}",
    "array page": "/farm/arrays/{array}",
    "rest": f"{REST}/jobs/{{uid}}",
    "log": f"{REST}/jobs/{{uid}}/log",
    "files": f"{REST}/jobs/{{uid}}/files",
    "file": f"{REST}/jobs/{{uid}}/files/{FILE}.txt",
    "file page": f"/farm/jobs/{{uid}}/files/{FILE}.txt",
    "mine": f"{REST}/jobs",
    "all": f"{REST}/jobs?view=all",
    "list page": "/farm/jobs?view=all",
}
ALL, NAMES, NUMBERS, NOTHING = "all", "names", "numbers", "nothing"
SEES: Final = {
    ("owner", False): ALL,
    ("representative", False): NAMES,
    ("representative", True): ALL,
    ("operator", False): NUMBERS,
    ("operator", True): NUMBERS,
    ("secretariat", False): NUMBERS,
    ("secretariat", True): NUMBERS,
    ("colleague", True): NOTHING,
    ("rival", True): NOTHING,
    ("former", True): NOTHING,
    ("auditor", True): NOTHING,
    ("unrelated", True): NOTHING,
}
MAY_READ: Final = {ALL: set(WORDS), NAMES: {NAME}, NUMBERS: set[str](), NOTHING: set[str]()}


def said(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(answer.headers) + body.decode()


@pytest.mark.parametrize(("role", "shared"), SEES)
def test_each_reads_what_the_table_says(
    role: str, shared: bool, firm: Organisation, owner: Person, job: Job
) -> None:
    Job.objects.filter(pk=job.pk).update(shared=shared)
    sees, client = SEES[role, shared], client_of(reader(role, firm, owner))
    read = set[str]()
    for name, address in ADDRESSES.items():
        path = address.format(uid=job.uid, array=job.array)
        answer = client.get(path)
        text = said(answer).replace(path, "")
        read |= {word for word in WORDS if word in text}
        if name in {"page", "array page", "rest"}:
            assert answer.status_code == (404 if sees is NOTHING else 200), name
        if name in {"log", "files", "file", "file page"}:
            assert answer.status_code == (200 if sees is ALL else 404), name
        if sees is NOTHING and name in {"mine", "all"}:
            assert answer.json()["count"] == 0
    assert read == MAY_READ[sees]


def test_who_reads_no_names_is_told_what_was_wrong_all_the_same(
    firm: Organisation, owner: Person, job: Job
) -> None:
    for someone in (person(roles=["operator"]), member_of(firm, Membership.Role.REPRESENTATIVE)):
        Person.objects.filter(pk=someone.pk).update(language="en")
        told = client_of(someone).get(f"{REST}/jobs/{job.uid}").json()["message"]
        assert told.startswith("Only plain files and folders are taken")


@pytest.mark.parametrize("action", ["cancel", "again", "share"])
@pytest.mark.parametrize("role", sorted({role for role, _shared in SEES} - {"owner"}))
def test_nobody_else_does_anything_to_it(
    role: str, action: str, firm: Organisation, owner: Person, job: Job
) -> None:
    client, count = client_of(reader(role, firm, owner)), Job.objects.count()
    sees = SEES.get((role, False), NOTHING)
    body = {"data": {"shared": True}, "content_type": "application/json"}
    answer = client.post(f"{REST}/jobs/{job.uid}/{action}", **body)  # type: ignore[arg-type]  # as the client takes them
    assert answer.status_code == (404 if sees is NOTHING else 403)
    assert client.post(f"/farm/jobs/{job.uid}/act", {"action": action}).status_code == answer.status_code
    job.refresh_from_db()
    assert (job.shared, Job.objects.count()) == (False, count)


def test_what_the_platform_runs_for_a_person_is_not_among_their_jobs(
    firm: Organisation, owner: Person
) -> None:
    """A job on hidden data could tell it through its files."""
    made = asked_by(owner)
    for fields in ({"sealed": True}, {"job_class": "evaluation", "sealed": False}):
        Job.objects.filter(uid=made["uid"]).update(**fields)
        assert client_of(owner).get(f"{REST}/jobs/{made['uid']}").status_code == 404
        assert client_of(owner).get(f"{REST}/jobs").json()["count"] == 0


def test_sharing_is_taken_back_at_once(firm: Organisation, owner: Person, job: Job) -> None:
    representative = client_of(member_of(firm, Membership.Role.REPRESENTATIVE))
    for shared, status in ((True, 200), (False, 404)):
        client_of(owner).post(
            f"{REST}/jobs/{job.uid}/share", {"shared": shared}, content_type="application/json"
        )
        assert representative.get(f"{REST}/jobs/{job.uid}/log").status_code == status


def test_a_token_needs_the_scope_to_hand_in(owner: Person) -> None:
    plain = create_token(owner, name="reads", scopes=["read"], days=1).plain
    client = client_of(person())
    client.logout()
    answer = client.post(
        f"{REST}/jobs", {"name": "x", "command": ["x"]}, headers={"Authorization": f"Bearer {plain}"}
    )
    assert answer.status_code == 403
