"""Making an intake, its hosts and sponsors: over pages and REST."""

import pytest

from dure.foundation import workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry
from dure.talent.intakes import making, seating
from dure.talent.models import Intake
from tests.factories import intakes, people
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


def form_of(**changed: object) -> dict[str, object]:
    given = intakes.fields(**changed)
    given["programme"] = ""
    return {name: value for name, value in given.items() if value is not False}


def test_a_representative_prepares_an_intake_and_opens_its_call_once_a_host_is_named() -> None:
    home = people.organisation()
    by = intakes.representative(home)
    client = client_of(by)
    answer = client.post("/intakes/new", form_of(organisation=home.pk))
    made = Intake.objects.get()
    assert answer.headers["Location"] == f"/intakes/{made.uid}/hosts"
    refused = client.post(f"/intakes/{made.uid}/act", {"action": "call"})
    assert refused.status_code == 403
    assert "Name at least one host" in refused.content.decode()
    intakes.host(made, home)
    client.post(f"/intakes/{made.uid}/act", {"action": "call"})
    made.refresh_from_db()
    assert made.state == "calling"


def test_an_intake_in_preparation_is_hidden_and_a_called_one_is_for_everybody() -> None:
    made = intakes.intake(state="preparing")
    stranger = client_of(people.person(language="en"))
    assert stranger.get(f"/intakes/{made.uid}").status_code == 404
    assert made.title_en not in stranger.get("/intakes").content.decode()
    Intake.objects.filter(pk=made.pk).update(state="calling")
    assert stranger.get(f"/intakes/{made.uid}").status_code == 200
    assert made.title_en in stranger.get("/intakes").content.decode()


def test_the_filter_by_kind_changes_the_list() -> None:
    intakes.intake(title_en="An exchange")
    intakes.intake(kind="internship", title_en="An internship")
    page = client_of(people.person(language="en")).get("/intakes?kind=internship").content.decode()
    assert "An internship" in page
    assert "An exchange" not in page


def test_it_cannot_end_before_it_starts() -> None:
    home = people.organisation()
    given = intakes.fields()
    given["ends_on"] = given["starts_on"].replace(year=2020)
    with pytest.raises(Faulty) as faulty:
        making.create(by=intakes.representative(home), organisation=home, given=given)
    assert [fault.code for fault in faulty.value.faults] == ["intake_ends_first"]


def test_a_host_is_an_opening_of_the_same_kind_and_of_one_intake_alone() -> None:
    first, second = intakes.intake(), intakes.intake(kind="internship")
    by = people.person(roles=["secretariat"])
    opening = intakes.host(first).opening
    with pytest.raises(Faulty) as faulty:
        making.add_host(second, by=by, opening=opening)
    assert {fault.code for fault in faulty.value.faults} == {"intake_other_kind", "intake_has_host"}


def test_a_sponsor_cannot_pay_for_fewer_seats_than_are_in_use() -> None:
    home = people.organisation()
    made, payer = intakes.intake(home), people.organisation()
    by = intakes.representative(home)
    making.add_sponsor(made, by=by, organisation=payer, seats=2)
    seating.seat(intakes.host(made), people.person(), by=by)
    with pytest.raises(Faulty):
        making.add_sponsor(made, by=by, organisation=payer, seats=0)
    assert making.add_sponsor(made, by=by, organisation=payer, seats=1).seats == 1


def test_somebody_elses_representative_changes_nothing() -> None:
    made = intakes.intake()
    with pytest.raises(Denied):
        making.edit(made, by=intakes.representative(people.organisation()), given=intakes.fields())
    with pytest.raises(Denied):
        workflow.perform(made, "select", by=people.person())


def test_rest_makes_the_same_and_says_what_comes_next() -> None:
    home = people.organisation()
    by = intakes.representative(home)
    given = intakes.fields()
    body = {name: str(value) if name.endswith("_on") else value for name, value in given.items()}
    del body["programme"]
    client = client_of(by)
    made = client.post(
        "/api/v1/intakes", {**body, "organisation": home.slug}, content_type="application/json"
    )
    assert made.status_code == 201, made.content
    uid = made.json()["uid"]
    said = {action["action"]: action["allowed"] for action in made.json()["actions"]}
    assert said["call"] is True
    acted = client.post(f"/api/v1/intakes/{uid}/actions", {"action": "call"}, content_type="application/json")
    assert acted.json()["code"] == "no_hosts"


def test_the_supervisor_of_a_host_is_named_by_who_runs_the_intake_and_looks_after_whoever_comes() -> None:
    made = intakes.intake()
    host = intakes.host(made)
    named, before = intakes.supervisor_of(host), intakes.stay(people.person(), host)
    manager = client_of(intakes.representative(made.organisation))
    url = f"/intakes/{made.uid}/hosts/{host.uid}/supervisor"
    assert named.name in manager.get(url).content.decode()
    assert manager.post(url, {"supervisor": people.person().pk}).status_code == 422
    assert manager.post(url, {"supervisor": named.pk}).status_code == 302
    assert f"Supervisor: {named.name}" in manager.get(f"/intakes/{made.uid}/hosts").content.decode()
    host.refresh_from_db()
    assert intakes.stay(people.person(), host).supervisor == named
    before.refresh_from_db()
    assert before.supervisor is None
    assert AuditEntry.objects.filter(action="intake.host_supervisor").count() == 1
    stranger = client_of(named)
    assert stranger.get(url).status_code == stranger.post(url, {"supervisor": ""}).status_code == 403


def test_rest_names_the_supervisor_of_a_host_and_takes_the_name_out() -> None:
    made = intakes.intake()
    host = intakes.host(made)
    named, home = intakes.supervisor_of(host), made.organisation
    browser, url = client_of(intakes.representative(home)), f"/api/v1/intakes/{made.uid}"
    for given, kept in ((str(named.uid), str(named.uid)), (None, None)):
        answer = browser.put(f"{url}/hosts/{host.uid}/supervisor", {"person": given}, "application/json")
        assert [one["supervisor"] for one in answer.json()["hosts"]] == [kept]
    other = {"person": str(people.person().uid)}
    assert browser.put(f"{url}/hosts/{host.uid}/supervisor", other, "application/json").status_code == 422
    making.name_supervisor(host, by=intakes.representative(home), supervisor=named)
    assert client_of(people.person()).get(url).json()["hosts"][0]["supervisor"] is None
