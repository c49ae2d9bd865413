"""The farm now: what is in use, who has what, why each job waits; and what of it rivals see."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.farm import api as farm
from dure.farm.models import SlurmJob
from dure.farm.queries import line
from dure.farm.queries.queue import places
from dure.foundation import clock
from dure.people.models import Membership, Organisation, Person
from tests.factories.farm import asked, begun, machine
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db
MOST = 12


def in_a(firm: Organisation, role: str = Membership.Role.MEMBER) -> Person:
    someone = person()
    member(someone, firm, role)
    return someone


def rest(by: Person) -> Any:
    answer = client_of(by).get("/api/v1/farm")
    assert answer.status_code == 200
    return answer.json()


def page(by: Person) -> str:
    client = client_of(by)
    client.cookies["dure_language"] = "en"
    answer = client.get("/farm")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_is_in_use_who_waits_and_why() -> None:
    firm, node = organisation(), machine(cores=4)
    owner = in_a(firm)
    begun(asked(owner, firm, cores=3), node)
    asked(owner, firm, name="large", cores=4)
    asked(owner, firm, name="larger", cores=400)
    found = rest(owner)
    assert {"kind": "cores", "used": 3, "amount": 4} in found["gauges"]
    assert [(one["running"], one["waiting"]) for one in found["holdings"]] == [(1, 2)]
    large, larger = found["line"]
    assert (large["name"], large["place"], large["reason"], larger["reason"]) == (
        "large",
        1,
        "next",
        "exceeds_farm",
    )
    assert large["expected_at"] is not None
    assert larger["expected_at"] is None
    shown = page(owner)
    assert "It is the next in line." in shown
    assert "It needs more than the farm has: processor cores. Ask for less." in shown


def test_a_rival_sees_counts_and_not_one_name() -> None:
    firm, node = organisation(), machine(cores=1)
    owner = in_a(firm)
    begun(asked(owner, firm, name="zqrunsqz"), node)
    asked(owner, firm, name="zqwaitsqz")
    rival = in_a(organisation())
    assert rest(rival)["line"] == []
    assert [(one["organisation"], one["running"], one["waiting"]) for one in rest(rival)["holdings"]] == [
        (firm.slug, 1, 1)
    ]
    for word in ("zqrunsqz", "zqwaitsqz", owner.name_en, owner.name_ko):
        assert word not in page(rival)
    assert "zqwaitsqz" in page(owner)


def test_who_keeps_the_farm_running_sees_every_place_and_no_name() -> None:
    firm = organisation()
    machine(cores=1)
    asked(in_a(firm), firm, name="zqwaitsqz")
    for role in ("operator", "secretariat"):
        (line,) = rest(person(roles=[role]))["line"]
        assert (line["name"], line["organisation"]) == (None, firm.slug)
        assert "zqwaitsqz" not in page(person(roles=[role]))


def test_who_is_no_member_is_told_that_the_farm_is_for_members() -> None:
    for outsider in (person(), person(roles=["auditor"])):
        assert client_of(outsider).get("/farm").status_code == 403
        answer = client_of(outsider).get("/api/v1/farm")
        assert (answer.status_code, answer.json()["code"]) == (403, "no_membership")


def test_a_machine_not_heard_of_counts_as_off_and_jobs_wait_for_one() -> None:
    firm = organisation()
    machine(seen_at=clock.now() - timedelta(minutes=5))
    owner = in_a(firm)
    asked(owner, firm)
    found = rest(owner)
    assert (found["machines"][0]["is_on"], found["gauges"], found["line"][0]["reason"]) == (
        False,
        [],
        "no_machine",
    )


def test_a_job_waits_for_the_machine_that_takes_it_soonest() -> None:
    firm = organisation()
    owner = in_a(firm)
    begun(asked(owner, firm, cores=1), machine(name="small", cores=1))
    machine(name="large", cores=8)
    asked(owner, firm, name="fits", cores=8)
    assert [(one["name"], one["reason"]) for one in rest(owner)["line"]] == [("fits", "starting")]


def test_a_long_line_comes_by_the_page_and_only_to_whom_it_concerns() -> None:
    firm, node = organisation(), machine(cores=1)
    owner, rival = in_a(firm), in_a(organisation())
    begun(asked(owner, firm), node)
    for at in range(53):
        asked(owner, firm, name=f"job {at}")
    whole = rest(owner)
    assert (len(whole["line"]), whole["in_line"], whole["waiting"]) == (50, 53, 53)
    pages = [client_of(owner).get(f"/api/v1/farm/line?page={number}").json() for number in (1, 2)]
    found = [one["uid"] for page in pages for one in page["items"]]
    assert (len(set(found)), pages[0]["count"]) == (53, 53)
    assert found[:50] == [one["uid"] for one in whole["line"]]
    assert client_of(rival).get("/api/v1/farm/line").json()["items"] == []
    assert client_of(person()).get("/api/v1/farm/line").status_code == 403


@pytest.mark.parametrize("address", ["/farm", "/api/v1/farm", "/api/v1/farm/line"])
def test_it_asks_the_same_with_hundreds_waiting(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    firm, node = organisation(), machine(cores=2)
    owner = in_a(firm)
    begun(asked(owner, firm), node)
    asked(owner, firm)
    client = client_of(owner)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    monkeypatch.setattr(line, "FRESH", timedelta(0))  # each look is a new one, however fast it comes
    few = queries()
    for _ in range(300):
        asked(owner, firm)
    assert queries() == few <= MOST
    assert farm.Job.objects.count() == 302


def test_many_who_look_at_once_cost_one_look_and_what_changes_is_seen_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    firm = organisation()
    machine(cores=1)
    owner = in_a(firm)
    asked(owner, firm)
    looks: list[int] = []

    def counted(*given: Any, **named: Any) -> Any:
        looks.append(1)
        return places(*given, **named)

    monkeypatch.setattr("dure.farm.queries.line.places", counted)
    monkeypatch.setattr(line, "FRESH", timedelta(hours=1))
    for _ in range(3):
        assert rest(owner)["waiting"] == 1
    assert len(looks) == 1
    job = asked(owner, firm, name="another")
    assert rest(owner)["waiting"] == 2
    farm.cancel(job)
    assert rest(owner)["waiting"] == 1
    assert len(looks) == 3


def test_what_a_cluster_keeps_waiting_counts_as_waiting_with_the_clusters_reason() -> None:
    firm = organisation()
    owner = in_a(firm)
    job = asked(owner, firm)
    run = begun(job, machine())
    farm.Job.objects.filter(pk=job.pk).update(state="queued")
    SlurmJob.objects.create(run=run, state=SlurmJob.State.WAITING, reason="(Priority)")
    found = rest(owner)
    assert (found["running"], found["waiting"]) == (0, 1)
    client = client_of(owner)
    client.cookies["dure_language"] = "en"
    assert "Others come first." in client.get(f"/farm/jobs/{job.uid}").content.decode()
