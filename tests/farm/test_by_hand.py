"""Jobs as people use them over REST: asked for, followed, taken back, run again; nothing twice, every fault at once."""

import zipfile
from io import BytesIO
from threading import Thread
from typing import Any
from unittest.mock import ANY

import pytest
from django.db import connection

from dure.farm import api as farm
from dure.farm.models import Job
from tests.cli.waiting import until
from tests.factories.farm import machine, run_all
from tests.factories.people import client_of, member, organisation, person
from tests.farm.asked import REST, asked_by, content_of, job_of, member_of, post
from tests.farm.test_crashes import runner_thread

pytestmark = [pytest.mark.django_db(transaction=True)]


def zipped(**contents: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, words in contents.items():
            archive.writestr(name.replace("_", "."), words)
    return packed.getvalue()


@pytest.mark.sandbox
def test_a_job_reads_its_files_says_something_and_gives_files_back() -> None:
    someone = member_of()
    source = (
        "import os; print(open('data.txt').read()); os.makedirs('/out/sub')\n"
        "open('/out/sub/a.txt', 'w').write('42')"
    )
    made = post(client_of(someone), files={"main.py": source.encode(), "data.txt": "안녕".encode()}).json()
    assert (made["state"], made["reason"], made["runs"]) == ("queued", "no_machine", [])
    run_all()
    job = job_of(someone, made["uid"])
    assert (job["state"], job["exit_code"]) == ("done", 0)
    assert [(run["attempt"], run["exit_code"], run["excused"]) for run in job["runs"]] == [(1, 0, False)]
    client, path = client_of(someone), f"{REST}/jobs/{made['uid']}"
    assert client.get(f"{path}/log").json() == {
        "attempt": 1, "state": "done", "is_over": True, "stdout": "안녕\n", "stderr": "",
    }  # fmt: skip
    assert client.get(f"{path}/files").json()["items"] == [{"name": "sub/a.txt", "size": 2, "sha256": ANY}]
    answer = client.get(f"{path}/files/sub/a.txt")
    assert content_of(answer) == b"42"
    assert answer["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.sandbox
def test_one_archive_is_unpacked_where_the_program_starts() -> None:
    someone = member_of()
    archive = zipped(main_py="import os; print(sorted(os.listdir()), os.getcwd())", more_txt="x")
    made = post(client_of(someone), files={"all.zip": archive}).json()
    run_all()
    log = client_of(someone).get(f"{REST}/jobs/{made['uid']}/log").json()
    assert log["stdout"] == "['main.py', 'more.txt'] /work\n"


@pytest.mark.sandbox
def test_the_log_is_there_while_the_program_runs() -> None:
    someone = member_of()
    made = asked_by(someone, "import time; print('begun', flush=True); time.sleep(60)")
    client = client_of(someone)

    def said() -> str:
        log: dict[str, Any] = client.get(f"{REST}/jobs/{made['uid']}/log").json()
        assert log["is_over"] is False
        return str(log["stdout"])

    with runner_thread():
        until(lambda: said() == "begun\n", within_s=60)
        assert "1분" in job_of(someone, made["uid"])["message"]
        assert client.post(f"{REST}/jobs/{made['uid']}/cancel").json()["state"] == "cancelled"
    assert client.get(f"{REST}/jobs/{made['uid']}/log").json()["stdout"] == "begun\n"


FAULTY: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "everything at once": (
        {"name": " ", "cores": 0, "memory_mib": 1, "wall_seconds": 10**9, "count": 1001, "packages": "other",
         "environment": ["1A=b", "DURE_X=1"]},
        {("job_no_name", "name"), ("job_no_core", "cores"), ("job_too_little_memory", "memory_mib"),
         ("job_bad_time", "wall_seconds"), ("job_bad_count", "count"), ("job_unknown_packages", "packages"),
         ("job_bad_variable", "environment")},
    ),
    "more than a machine has": (
        {"cores": 9, "memory_mib": 99_999, "accelerators": ["gpu:h100=3"]},
        {("job_too_many_cores", "cores"), ("job_too_much_memory", "memory_mib"),
         ("job_too_many_accelerators", "accelerators")},
    ),
    "each has a part": ({"cores": 8, "accelerators": ["gpu:h100=2"]}, {("job_no_machine_has_all", "cores")}),
    "an unknown type": ({"accelerators": ["tpu=1"]}, {("job_too_many_accelerators", "accelerators")}),
    "no number": ({"accelerators": ["gpu:h100=many"]}, {("job_bad_accelerators", "accelerators")}),
    "below zero": ({"cores": -1, "count": 0}, {("job_no_core", "cores"), ("job_bad_count", "count")}),
    "a file's name": ({"files": {"x" * 240: b"x"}}, {("job_bad_file_name", "files")}),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTY)
def test_every_fault_is_said_at_once_and_nothing_is_queued(what: str) -> None:
    machine(cores=8, memory_mib=1024)
    machine(name="machine-2", cores=2, accelerators={"gpu:h100": 2})
    asked, faults = FAULTY[what]
    answer = post(client_of(member_of()), **asked)
    assert answer.status_code == 422
    found = answer.json()["faults"]
    assert {(one["code"], one["place"]) for one in found} == faults
    assert all(one["message"] != one["code"] for one in found)
    assert not Job.objects.exists()


UNREADABLE = [
    {"cores": "many"}, {"job_class": "lab"}, {"command": []}, {"count": 1.5},
    {"command": ["a\0b"]}, {"name": "a\0b"}, {"project": "a\0b"}, {"environment": ["A=\0"]},
]  # fmt: skip


@pytest.mark.parametrize("asked", UNREADABLE)
def test_what_cannot_be_read_is_refused(asked: dict[str, Any]) -> None:
    assert post(client_of(member_of()), **asked).status_code in {400, 422}
    assert not Job.objects.exists()


def test_files_have_a_limit_together(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = post(client_of(member_of()), files={"a": b"x" * 600, "b": b"y" * 600})
    assert [one["code"] for one in answer.json()["faults"]] == ["job_files_too_large"]


def test_only_members_ask_and_on_their_own_account() -> None:
    firm, other = organisation(), organisation()
    assert post(client_of(person())).json()["code"] == "no_membership"
    someone = member_of(firm)
    assert (
        post(client_of(someone), organisation=other.slug).json()["faults"][0]["code"] == "job_no_organisation"
    )
    assert post(client_of(someone)).json()["organisation"] == firm.slug
    member(someone, other)
    assert post(client_of(someone)).json()["faults"][0]["code"] == "job_no_organisation"
    assert post(client_of(someone), organisation=other.slug).json()["organisation"] == other.slug


def test_the_same_key_is_the_same_job_and_another_job_needs_another() -> None:
    client = client_of(member_of())
    first = post(client, key="k", files={"main.py": b"print(1)"}).json()
    assert post(client, key="k", files={"main.py": b"print(1)"}).json()["uid"] == first["uid"]
    refused = post(client, key="k", files={"main.py": b"print(2)"})
    assert (refused.status_code, refused.json()["code"]) == (409, "key_taken")
    assert post(client_of(member_of()), key="k").status_code == 201
    assert Job.objects.count() == 2


def test_two_at_once_with_one_key_are_one_job() -> None:
    someone = member_of()
    found: list[str] = []

    def hand_in() -> None:
        found.append(post(client_of(someone), key="k").json()["uid"])
        connection.close()

    threads = [Thread(target=hand_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), Job.objects.count()) == (4, 1, 1)


@pytest.mark.sandbox
def test_an_array_is_one_asking_with_an_index_for_each() -> None:
    someone = member_of()
    source = "import os, sys; sys.exit(int(os.environ['DURE_ARRAY_INDEX']) == 2)"
    made = asked_by(someone, source, count=3)
    client, array = client_of(someone), made["array"]["uid"]
    (one,) = client.get(f"{REST}/jobs").json()["items"]
    assert one["array"] == {"uid": array, "index": 0, "size": 3, "progress": {"queued": 3}}
    run_all()
    assert client.get(f"{REST}/arrays/{array}").json()["array"]["progress"] == {"done": 2, "failed_user": 1}
    jobs = client.get(f"{REST}/arrays/{array}/jobs").json()["items"]
    assert [(job["array"]["index"], job["state"]) for job in jobs] == [
        (0, "done"),
        (1, "done"),
        (2, "failed_user"),
    ]
    again = client.post(f"{REST}/jobs/{jobs[2]['uid']}/again").json()
    assert again["array"] is None
    run_all()
    assert job_of(someone, again["uid"])["state"] == "failed_user"
    assert client.post(f"{REST}/arrays/{array}/again").json()["array"]["progress"] == {"queued": 3}


def test_an_array_is_taken_back_as_one() -> None:
    someone = member_of()
    made = asked_by(someone, count=1000)
    client, array = client_of(someone), made["array"]["uid"]
    found = client.post(f"{REST}/arrays/{array}/cancel").json()
    assert found["array"]["progress"] == {"cancelled": 1000}
    run_all()
    assert not farm.Run.objects.exists()


def test_what_is_over_is_not_taken_back_and_what_is_run_again_is_new() -> None:
    someone = member_of()
    client, made = client_of(someone), asked_by(someone)
    assert client.post(f"{REST}/jobs/{made['uid']}/cancel").json()["state"] == "cancelled"
    assert client.post(f"{REST}/jobs/{made['uid']}/cancel").json()["state"] == "cancelled"
    again = client.post(f"{REST}/jobs/{made['uid']}/again", headers={"Idempotency-Key": "once more"}).json()
    assert (again["state"], again["command"], again["uid"] != made["uid"]) == (
        "queued",
        made["command"],
        True,
    )
    twice = client.post(f"{REST}/jobs/{made['uid']}/again", headers={"Idempotency-Key": "once more"}).json()
    assert twice["uid"] == again["uid"]
