"""Placement rounds as people use them: prepared, ranked, classed, committed, decided and read."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from dure.engines import placement
from dure.foundation import clock, workflow
from dure.people.models import Organisation, Person
from dure.talent.models import PlacementRound, RoundChoice, RoundEntry, RoundSeat
from dure.talent.rounds import solving
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    return people.organisation()


@pytest.fixture
def manager(home: Organisation) -> Person:
    return rounds.representative(home)


def browser_of(entry: RoundEntry) -> Client:
    """Whoever ranked."""
    assert entry.person is not None
    return people.client_of(entry.person)


def named(entry: RoundEntry) -> str:
    assert entry.person is not None
    return entry.person.name_en


def field_of(seat: RoundSeat) -> str:
    return f"rank_{seat.uid.hex}"


def test_a_round_is_prepared_and_opened_on_pages(home: Organisation, manager: Person) -> None:
    desk = people.client_of(manager)
    until = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    given = {**rounds.WORDS, "organisation": home.pk, "rank_until": until}
    assert desk.post("/placement-rounds/new", given).status_code == 302
    found = PlacementRound.objects.get()
    url = f"/placement-rounds/{found.uid}"
    opening, keepers = rounds.opening(), [people.organisation(), people.organisation()]
    seat = {"opening": opening.pk, "seats": 2, "group_0": "institution:*", "quota_0": 1}
    assert desk.post(f"{url}/seats", {**seat, "reserve_0": 1}).status_code == 422
    assert desk.post(f"{url}/seats", seat).status_code == 302
    assert found.round_seats.get().limits == [{"group": "institution:*", "reserve": 0, "quota": 1}]
    assert "/classes" not in desk.get(f"{url}/seats").content.decode()
    officer = people.client_of(people.person(roles=["secretariat"]))
    assert "/classes" in officer.get(f"{url}/seats").content.decode()
    assert desk.post(f"{url}/act", {"action": "open"}).status_code == 403
    for organisation in keepers:
        assert desk.post(f"{url}/secrets", {"organisation": organisation.pk}).status_code == 302
    assert desk.post(f"{url}/act", {"action": "open"}).status_code == 302
    assert people.client_of(people.person()).get(url).status_code == 200
    later = {**seat, "opening": rounds.opening().pk}
    assert desk.post(f"{url}/seats", later).status_code == 403
    keeper = rounds.representative(keepers[0])
    assert "Commit to a secret" in people.client_of(keeper).get("/").content.decode()


def test_a_person_ranks_with_ties_changes_and_leaves() -> None:
    found = rounds.draft()
    one, two, own = rounds.seat(found), rounds.seat(found), rounds.seat(found)
    found = rounds.opened(found)
    someone = rounds.representative(own.opening.organisation)
    browser, url = people.client_of(someone), f"/placement-rounds/{found.uid}/ranking"
    page = browser.get(url).content.decode()
    assert "You give the classes of this seat" in page
    assert (
        browser.post(url, {field_of(one): "1", field_of(two): "1", "words": "I listen."}).status_code == 302
    )
    entry = RoundEntry.objects.get()
    assert list(entry.choices.values_list("rank", flat=True)) == [1, 1]
    assert "I listen." in browser.get(url).content.decode()
    assert browser.post(url, {field_of(one): "0"}).status_code == 422
    assert browser.post(url, {field_of(two): "5", field_of(one): ""}).status_code == 302
    assert entry.choices.get().seat == two
    assert browser.post(url.replace("ranking", "leave")).status_code == 302
    assert not RoundEntry.objects.exists()


def test_an_organisation_classes_by_pseudonym_alone() -> None:
    found = rounds.draft()
    seat = rounds.seat(found, otherwise=None)
    other = rounds.seat(found)
    found = rounds.opened(found)
    someone = people.person(name_en="Haneul Kim", name_ko="김하늘", language="en")
    entry = rounds.ranked(found, [other], [seat], person=someone, words="I build cameras.")
    desk = people.client_of(rounds.representative(seat.opening.organisation))
    url = f"/placement-rounds/{found.uid}/seats/{seat.uid}/classes"
    page = desk.get(url).content.decode()
    assert entry.pseudonym in page
    assert "I build cameras." in page
    assert "Haneul" not in page
    assert desk.post(url, {f"class_{entry.pseudonym}": "2"}).status_code == 302
    choice = RoundChoice.objects.get(seat=seat)
    assert choice.priority == 2
    table = f"pseudonym,class\n{entry.pseudonym},\n"
    answer = desk.post(f"{url}/table", {"table": table, "action": "check"}).content.decode()
    assert "Nothing has changed yet." in answer
    choice.refresh_from_db()
    assert choice.priority == 2
    assert desk.post(f"{url}/table", {"table": table, "action": "give"}).status_code == 302
    assert RoundChoice.objects.get(seat=seat).priority is None
    wrong = desk.post(f"{url}/table", {"table": "pseudonym,class\nnobody,1\n", "action": "check"})
    assert wrong.status_code == 422
    sheet = desk.get(f"{url}.csv").content.decode()
    assert entry.pseudonym in sheet
    assert "Haneul" not in sheet
    stranger = people.client_of(rounds.representative(people.organisation()))
    assert stranger.get(url).status_code == 403


def test_a_secret_is_made_shown_once_committed_and_revealed() -> None:
    found = rounds.draft()
    rounds.seat(found)
    found = rounds.opened(found)
    kept = found.commitments.order_by("pk").first()
    assert kept is not None
    found.commitments.filter(pk=kept.pk).update(commitment="")
    keeper = rounds.representative(kept.organisation)
    browser, url = people.client_of(keeper), f"/placement-rounds/{found.uid}/secrets"
    made = browser.post(f"{url}/{kept.uid}", {"action": "make"})
    secret = re.findall(r'value="([0-9a-f]{64})"', made.content.decode())[0]
    assert made["Cache-Control"] == "no-store"
    assert browser.post(f"{url}/{kept.uid}", {"action": "commit", "secret": secret}).status_code == 302
    kept.refresh_from_db()
    assert (kept.commitment, kept.secret) == (placement.commitment_of(secret), "")
    assert secret not in browser.get(url).content.decode()
    rounds.closed(found)
    assert browser.post(f"{url}/{kept.uid}", {"action": "reveal", "secret": "0" * 64}).status_code == 422
    assert browser.post(f"{url}/{kept.uid}", {"action": "reveal", "secret": secret}).status_code == 302
    assert secret in browser.get(url).content.decode()


def test_everybody_reads_why_and_nobody_reads_of_others(manager: Person, home: Organisation) -> None:
    found = rounds.draft(home)
    only, spare = rounds.seat(found), rounds.seat(found)
    found = rounds.opened(found)
    entries = [rounds.ranked(found, [only], [spare]) for _ in range(2)]
    found = rounds.solved(found)
    desk = people.client_of(manager)
    url = f"/placement-rounds/{found.uid}"
    assert "Decide on a placement" in desk.get("/").content.decode()
    before = browser_of(entries[0]).get(f"{url}/my-result").content.decode()
    assert "Not decided yet" in before
    places = desk.get(f"{url}/decisions").content.decode()
    assert all(entry.pseudonym in places and named(entry) not in places for entry in entries)
    assert desk.post(f"{url}/act", {"action": "decide"}).status_code == 302
    pages = [browser_of(entry).get(f"{url}/my-result").content.decode() for entry in entries]
    assert sum("This is your seat." in page and "All seats went" not in page for page in pages) == 1
    assert sum("the lottery decided between you" in page for page in pages) == 1
    assert not any(entries[1 - at].pseudonym in page for at, page in enumerate(pages))
    assert people.client_of(manager).get(f"{url}/my-result").status_code == 404


def test_the_certificate_is_public_and_the_file_is_for_auditors() -> None:
    found = rounds.draft()
    only = rounds.seat(found)
    found = rounds.opened(found)
    entry = rounds.ranked(found, [only])
    url = f"/placement-rounds/{found.uid}"
    solving.solve(rounds.revealed(rounds.closed(found)))
    page = people.client_of(people.person(language="en")).get(f"{url}/certificate").content.decode()
    assert found.results.get().seed in page
    assert entry.pseudonym not in page
    assert browser_of(entry).get(f"{url}/file").status_code == 404
    auditor = people.client_of(people.person(roles=["auditor"]))
    content = b"".join(auditor.get(f"{url}/file").streaming_content)  # type: ignore[attr-defined]  # a file response
    assert placement.verify(content).is_verified


def test_a_place_is_changed_with_a_reason_that_its_person_reads(manager: Person, home: Organisation) -> None:
    found = rounds.draft(home)
    only = rounds.seat(found)
    found = rounds.opened(found)
    entry = rounds.ranked(found, [only])
    found = rounds.solved(found)
    desk, url = people.client_of(manager), f"/placement-rounds/{found.uid}"
    assert desk.post(f"{url}/entries/{entry.uid}", {"seat": ""}).status_code == 422
    assert (
        desk.post(f"{url}/entries/{entry.uid}", {"seat": "", "reason": "The host has closed."}).status_code
        == 302
    )
    workflow.perform(found, "decide", by=manager)
    page = browser_of(entry).get(f"{url}/my-result").content.decode()
    assert "The host has closed." in page
    assert "No seat in this round." in page


def test_what_is_in_preparation_is_hidden(manager: Person, home: Organisation) -> None:
    found = rounds.draft(home)
    url = f"/placement-rounds/{found.uid}"
    assert people.client_of(people.person()).get(url).status_code == 404
    assert people.client_of(manager).get(url).status_code == 200
    listed = people.client_of(people.person(language="en")).get("/placement-rounds").content.decode()
    assert "No placement rounds yet" in listed


def test_json_of_the_certificate_is_canonical() -> None:
    found = rounds.draft()
    rounds.seat(found)
    found = rounds.solved(rounds.opened(found))
    text = found.results.get().certificate
    assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text
