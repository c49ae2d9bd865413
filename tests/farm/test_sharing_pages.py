"""Giving, asking and reading what was used, as people do it on the pages and programs over REST."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.farm.clock import close_usage_hours
from dure.farm.models import Accelerator, Allocation, AllocationChange, Contribution
from dure.farm.queries.usage import of_late
from dure.farm.terms import UNKNOWN_WEIGHT
from dure.foundation import clock
from dure.foundation.access import Role
from dure.people.models import Organisation, Person
from tests.factories.accounts import kept_run, node
from tests.factories.people import client_of, member, organisation, person
from tests.factories.sharing import asked_hours, contributed, granted, representative, secretary

pytestmark = pytest.mark.django_db
API = "/api/v1/farm"
MOST = 14


def browser(someone: Person) -> Client:
    client = client_of(someone)
    client.cookies["dure_language"] = "en"
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def send(client: Client, address: str, *, verb: str = "post", status: int = 200, **body: Any) -> Any:
    answer = getattr(client, verb)(f"{API}{address}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_machine_is_given_on_pages_from_draft_to_the_farm() -> None:
    head, firm = representative()
    client, today = browser(head), clock.today()
    assert "Give a machine" in read(client, "/farm/contributions")
    values = {
        "organisation": firm.pk, "node_name": "etri1", "accelerators": "npu:atom 8\ngpu:h100 2", "cores": 64,
        "memory_gb": 512, "kept_percent": 25, "starts_on": today.isoformat(), "ends_on": "", "note": "",
    }  # fmt: skip
    wrong = client.post("/farm/contributions/new", {**values, "accelerators": "npu:atom"})
    assert (wrong.status_code, "One type and its count" in wrong.content.decode()) == (422, True)
    wrong = client.post("/farm/contributions/new", {**values, "accelerators": "gpu:none 1"})
    assert "not in the catalogue" in wrong.content.decode()
    assert client.post("/farm/contributions/new", values).status_code == 302
    given = Contribution.objects.get()
    page = f"/farm/contributions/{given.uid}"
    assert "8 × npu:atom" in read(client, page)
    edited = client.post(f"{page}/edit", {**values, "kept_percent": 50})
    assert edited.status_code == 302
    assert client.post(f"{page}/act", {"action": "offer"}).status_code == 302
    desk = browser(secretary())
    assert desk.post(f"{page}/act", {"action": "accept"}).status_code == 302
    given.refresh_from_db()
    assert (given.state, given.kept_percent, given.accelerators) == (
        "accepted",
        50,
        {"npu:atom": 8, "gpu:h100": 2},
    )
    refused = client.post(f"{page}/act", {"action": "end"})
    assert refused.status_code == 422
    assert client.post(f"{page}/act", {"action": "end", "reason": "Moving."}).status_code == 302
    assert "Moving." in read(client, page)


def test_hours_are_asked_for_granted_and_renewed_on_pages() -> None:
    researcher, firm = person(), organisation()
    member(researcher, firm)
    client, desk, today = browser(researcher), browser(secretary()), clock.today()
    atom = Accelerator.objects.get(key="npu:atom")
    values = {
        "organisation": firm.pk, "kind": "course", "project": "llm-101", "accelerator": atom.pk, "hours": 40,
        "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=10)).isoformat(), "purpose": "Labs.",
    }  # fmt: skip
    assert client.post("/farm/allocations/new", {**values, "purpose": ""}).status_code == 422
    assert client.post("/farm/allocations/new", values).status_code == 302
    page = f"/farm/allocations/{Allocation.objects.get().uid}"
    assert "40 hours of Rebellions ATOM" in read(client, page)
    assert "Approve" in read(desk, page)
    assert desk.post(f"{page}/act", {"action": "approve", "hours": "30"}).status_code == 302
    assert "It ends soon" in read(client, page)
    change = {"hours": 60, "ends_on": (today + timedelta(days=90)).isoformat(), "purpose": "A second class."}
    assert client.post(f"{page}/changes", {**change, "hours": 0}).status_code == 422
    assert client.post(f"{page}/changes", change).status_code == 302
    assert client.post(f"{page}/changes", change).status_code == 403
    wanted = AllocationChange.objects.get()
    assert "Renewal" in read(desk, page)
    assert desk.post(f"/farm/changes/{wanted.uid}/act", {"action": "approve"}).status_code == 302
    hours = Allocation.objects.get()
    assert (hours.state, hours.hours) == ("active", 60)
    assert 'value="llm-101"' in read(client, f"/farm/allocations/new?like={hours.uid}")


def test_the_same_over_rest() -> None:
    head, firm = representative()
    client, desk, today = client_of(head), client_of(secretary()), clock.today()
    given = send(
        client, "/contributions", status=201, organisation=firm.slug, node_name="kt1", cores=8,
        accelerators={"gpu:h100": 4}, starts_on=today.isoformat(),
    )  # fmt: skip
    address = f"/contributions/{given['uid']}"
    assert send(client, address, verb="patch", kept_percent=40)["kept_percent"] == 40
    send(client, f"{address}/act", action="offer")
    assert send(client, f"{address}/act", action="accept", status=403)["code"] == "not_secretariat"
    assert send(desk, f"{address}/act", action="accept")["state"] == "accepted"
    last = (today + timedelta(days=30)).isoformat()
    asked: dict[str, Any] = {
        "hours": 10,
        "starts_on": today.isoformat(),
        "ends_on": last,
        "purpose": "p",
        "organisation": firm.slug,
    }
    faulty = send(client, "/allocations", status=422, **{**asked, "hours": 0, "accelerator": "gpu:h100"})
    assert [fault["place"] for fault in faulty["faults"]] == ["hours"]
    assert send(client, "/allocations", status=422, **asked, accelerator="gpu:none")["faults"]
    hours = send(client, "/allocations", status=201, **asked, accelerator="gpu:h100")
    place = f"/allocations/{hours['uid']}"
    assert send(desk, f"{place}/act", action="approve")["state"] == "active"
    changed = send(client, f"{place}/changes", status=201, hours=20, ends_on=last, purpose="more")
    (wanted,) = changed["changes"]
    assert (
        send(desk, f"/changes/{wanted['uid']}/act", action="refuse", reason="No.")["changes"][0]["reason"]
        == "No."
    )
    assert client.get(f"{API}/allocations").json()["items"][0]["hours"] == 10
    assert client.get(f"{API}/contributions?stage=running").json()["count"] == 1


def test_operators_keep_the_catalogue_and_everybody_reads_it() -> None:
    operator, someone = browser(person(roles=[Role.OPERATOR])), browser(person())
    assert "RNGD" in read(Client(), "/farm/accelerators")
    values = {"key": "npu:aries", "vendor": "Mobilint", "model": "ARIES", "weight": 12, "memory_gb": ""}
    assert someone.post("/farm/accelerators/new", values).status_code == 403
    assert operator.post("/farm/accelerators/new", values).status_code == 302
    again = operator.post("/farm/accelerators/new", values)
    assert (again.status_code, "in the catalogue already" in again.content.decode()) == (422, True)
    assert (
        "no type" in operator.post("/farm/accelerators/new", {**values, "key": "NPU aries"}).content.decode()
    )
    assert operator.post("/farm/accelerators/npu:aries/edit", {**values, "weight": 20}).status_code == 302
    assert send(operator, "/accelerators/npu:aries", verb="patch", memory_gb=16)["weight"] == 20
    found = client_of(person()).get(f"{API}/accelerators?kind=npu").json()["items"]
    assert ("npu:aries", 16) in [(one["key"], one["memory_gb"]) for one in found]
    assert (
        send(operator, "/accelerators", status=201, key="gpu:x1", vendor="X", model="1", weight=1)["kind"]
        == "gpu"
    )


@pytest.fixture
def used() -> tuple[Person, Organisation, Organisation]:
    """A giver and a guest on its machine: the guest ran two hours, the giver one, and another hour was lost."""
    head, firm = representative()
    guest, now = organisation(), clock.now()
    contributed(firm, node_name="etri1")
    machine = node("etri1")
    for who, hours, lost, project in (
        (guest, 2, False, "rival-secret"), (firm, 1, False, "=speech"), (firm, 1, True, "=speech")
    ):  # fmt: skip
        began = now - timedelta(hours=8)
        kept_run(
            started=began, ended=began + timedelta(hours=hours), on=machine, organisation=who, project=project,
            cores=2, accelerators={"npu:atom": 1}, excused=lost,
        )  # fmt: skip
    close_usage_hours(now)
    return head, firm, guest


def test_a_member_reads_what_it_gave_lent_and_used(used: tuple[Person, Organisation, Organisation]) -> None:
    head, firm, _guest = used
    client = browser(head)
    assert client.get("/farm/usage").headers["Location"] == f"/farm/usage/{firm.slug}"
    found = client.get(f"{API}/usage/{firm.slug}").json()
    atom = next(line for line in found["accelerators"] if line["accelerator"] == "npu:atom")
    assert [atom[name] for name in ("given", "lent", "used", "excused")] == [4.0, 2.0, 1.0, 1.0]
    projects = {(line["name"], line["accelerator"]): line["used"] for line in found["projects"]}
    assert projects == {("=speech", ""): 2.0, ("=speech", "npu:atom"): 1.0}
    assert sum(month["given"] for month in found["months"]) == pytest.approx(4 * (2 + 25))
    page = read(client, f"/farm/usage/{firm.slug}")
    assert "Rebellions ATOM" in page
    assert "rival-secret" not in page


def test_a_type_outside_the_catalogue_weighs_in_the_usage_what_it_weighs_in_the_order_of_jobs() -> None:
    head, firm = representative()
    now = clock.now()
    kept_run(
        started=now - timedelta(hours=3), ended=now - timedelta(hours=2), on=node(), organisation=firm, cores=1,
        accelerators={"npu:unheard-of": 1},
    )  # fmt: skip
    close_usage_hours(now)
    found = client_of(head).get(f"{API}/usage/{firm.slug}").json()
    assert sum(month["used"] for month in found["months"]) == pytest.approx(UNKNOWN_WEIGHT + 1)
    assert of_late([firm])[firm.pk].used == pytest.approx(UNKNOWN_WEIGHT + 1)


def test_what_others_ran_stands_without_names_in_every_form(
    used: tuple[Person, Organisation, Organisation],
) -> None:
    head, firm, guest = used
    client = browser(head)
    for address in (
        f"/farm/usage/{firm.slug}/csv",
        f"{API}/usage/{firm.slug}/csv",
        f"{API}/usage/{firm.slug}/entries",
    ):
        said = client.get(address).content.decode()
        assert "rival-secret" not in said
        assert guest.slug not in said
    for base in ("/farm", API):
        file = client.get(f"{base}/usage/{firm.slug}/csv")
        assert file.content.startswith(b"\xef\xbb\xbf")
        assert f'filename="usage-{firm.slug}-{clock.today()}.csv"' in file.headers["Content-Disposition"]
    rows = list(
        csv.reader(io.StringIO(client.get(f"/farm/usage/{firm.slug}/csv").content.decode("utf-8-sig")))
    )
    assert rows[0][:3] == ["day", "type", "project"]
    assert {row[2] for row in rows[1:]} == {"", "'=speech"}
    assert client.get(f"/farm/usage/{guest.slug}").status_code == 404


def test_who_used_a_machine_is_not_told_which_rival_gave_it(
    used: tuple[Person, Organisation, Organisation],
) -> None:
    """In any form: the giver's name and word never come, the guest's own do."""
    _head, firm, guest = used
    client = browser(representative(guest)[0])
    for address in (f"/farm/usage/{guest.slug}", f"/farm/usage/{guest.slug}/csv"):
        assert firm.slug not in read(client, address)
        assert firm.slug not in read(client, f"/api/v1{address}")
    entries = client.get(f"{API}/usage/{guest.slug}/entries").json()["items"]
    assert {(one["provider"], one["consumer"], one["project"]) for one in entries} == {
        (None, guest.slug, "rival-secret")
    }
    assert {one["provider"] for one in _entries_of(firm)} == {firm.slug}


def _entries_of(firm: Organisation) -> Any:
    """As the giver reads them: the control."""
    return browser(representative(firm)[0]).get(f"{API}/usage/{firm.slug}/entries").json()["items"]


def test_overseers_read_all_and_colleagues_none(used: tuple[Person, Organisation, Organisation]) -> None:
    _head, firm, guest = used
    office, colleague = browser(secretary()), person()
    member(colleague, firm)
    page = read(office, "/farm/usage")
    assert firm.name_en in page
    assert guest.name_en in page
    assert "Nothing for you here" in read(browser(colleague), "/farm/usage")
    assert browser(colleague).get(f"/farm/usage/{firm.slug}").status_code == 404


def test_a_rival_finds_nothing_and_a_colleague_finds_hours_and_machines() -> None:
    firm = organisation()
    colleague, rival = person(), person()
    member(colleague, firm)
    member(rival, organisation())
    given, hours = contributed(firm, node_name="hidden-machine"), granted(firm, project="hidden-project")
    for address in (f"/farm/contributions/{given.uid}", f"/farm/allocations/{hours.uid}"):
        assert browser(colleague).get(address).status_code == 200
        assert browser(rival).get(address).status_code == 404
        assert Client().get(address).status_code == 404
    for address in ("/farm/contributions", "/farm/allocations"):
        assert "hidden-" in read(browser(colleague), address)
        assert "hidden-" not in read(browser(rival), address)


def test_empty_pages_teach() -> None:
    head, firm = representative()
    outsider = person()
    assert "In return you get a share" in read(browser(head), "/farm/contributions")
    assert "14 and 3 days before the end" in read(browser(head), "/farm/allocations")
    assert "stand here about an hour later" in read(browser(head), f"/farm/usage/{firm.slug}")
    assert "A representative of a member gives machines" in read(browser(outsider), "/farm/contributions")
    assert browser(outsider).get("/farm/allocations/new").status_code == 403


@pytest.mark.parametrize(
    "address", ["/farm/contributions", "/farm/allocations", "/farm/usage", "/farm/accelerators"]
)
@pytest.mark.parametrize("base", ["", "/api/v1"])
def test_lists_ask_the_same_with_few_and_many(address: str, base: str) -> None:
    if base and address == "/farm/usage":
        return
    client = client_of(person(roles=[Role.SECRETARIAT, Role.OPERATOR]))

    def queries() -> int:
        client.get(base + address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(base + address).status_code == 200
        return len(seen)

    for at in range(2):
        contributed(node_name=f"few{at}")
        asked_hours()
    few = queries()
    for at in range(12):
        contributed(node_name=f"many{at}")
        asked_hours()
    assert queries() == few <= MOST
