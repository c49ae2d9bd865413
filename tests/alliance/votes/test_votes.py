"""A vote from the printed rule to the published list: secret, changeable, counted once, void without its key."""

import json
import stat
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.forms.models import model_to_dict

from dure.alliance.models import Topic, Vote, VoteElector
from dure.alliance.votes import by_date, casting, counting, keys, leaving, queries
from dure.cli import archive
from dure.engines import voting
from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice
from dure.people import api as people_api
from tests.factories import agreements, meetings, people, roundtables

WORDS = "blue heron at dawn"


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def topics(count: int) -> list[Topic]:
    """Topics under discussion, proposed by gurus who serve."""
    return [meetings.opened(roundtables.topic()) for _ in range(count)]


def voters(count: int) -> list[Any]:
    return [roundtables.guru().person for _ in range(count)]


def key_of(vote: Vote) -> Path:
    return Path(settings.DATA) / "votes" / f"{vote.uid}.key"


def everything_written() -> str:
    """All notices, the whole trail, and all rows of votes and electors, as text."""
    rows = [model_to_dict(one) for one in (*Vote.objects.all(), *VoteElector.objects.all())]
    said = [*AuditEntry.objects.values(), *Notice.objects.values(), *rows]
    return json.dumps(said, default=str)


@pytest.mark.django_db
def test_no_row_links_a_voter_to_a_ballot_and_neither_trail_nor_notices_know_it(
    django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    caplog.set_level("DEBUG")
    one, other = topics(2)
    everybody = [*voters(3), one.proposed_by, other.proposed_by]
    vote = meetings.vote(one, other)
    assert stat.S_IMODE(key_of(vote).stat().st_mode) == 0o600
    assert not [name for name in archive.extras(Path(settings.DATA)) if "votes" in name]
    tokens = list(vote.box)
    receipts = [
        casting.cast(vote, by=person, choice=((str(1 + number % 2),),), nonce=f"{WORDS} {number}")
        for number, person in enumerate(everybody)
    ]
    open_text = everything_written()
    assert not any(said.code in open_text or said.token in caplog.text for said in receipts)
    with django_capture_on_commit_callbacks(execute=True):
        counted = workflow.perform(vote, "tally", by=agreements.secretary())
    assert (counted.state, counted.box, key_of(vote).exists()) == ("decided", {}, False)
    assert sorted(row.code for row in counted.published.rows) == sorted(said.code for said in receipts)
    assert [code for code, *_rest in counted.listed] == sorted(said.code for said in receipts)
    assert voting.verify(counted.published, receipts[0]) == []
    assert voting.digest(counted.published) == counted.digest
    assert [item.won for item in queries.items(counted)] == [True, False]
    after = everything_written()
    assert not any(token in after or token in caplog.text for token in tokens)
    trail = json.dumps(list(AuditEntry.objects.values()), default=str) + json.dumps(
        list(Notice.objects.values()), default=str
    )
    assert WORDS not in after + caplog.text
    assert not any(said.code in trail + caplog.text for said in receipts)
    casts = AuditEntry.objects.filter(action="vote.cast")
    assert {str(entry.detail) for entry in casts} == {"{}"}
    assert set(Topic.objects.values_list("state", flat=True)) == {"decided"}


@pytest.mark.django_db
def test_a_ballot_is_changed_until_the_close_and_a_late_or_foreign_one_is_refused() -> None:
    first, *_others = voters(2)
    (topic,) = topics(1)
    vote = meetings.vote(topic, quorum="third")
    for choice in ((("yes",),), (("no",),)):
        last = casting.cast(vote, by=first, choice=choice, nonce=WORDS)
    assert topic.proposed_by is not None
    with pytest.raises(Denied) as refused:
        casting.cast(vote, by=topic.proposed_by, choice=(("yes",),), nonce=WORDS)
    assert refused.value.refused.reason == "vote_not_in_electorate"
    with pytest.raises(Faulty) as faulty:
        casting.cast(vote, by=first, choice=(("yes",), ("maybe",)), nonce="short")
    assert {fault.code for fault in faulty.value.faults} == {
        "vote_option_unknown", "vote_not_ranked", "vote_one_answer", "vote_nonce_malformed",
    }  # fmt: skip
    with pytest.raises(Denied):
        workflow.perform(vote, "tally", by=agreements.secretary())
    late = vote.closes_at + timedelta(seconds=1)
    with clock.at(late), pytest.raises(Denied) as closed:
        casting.cast(vote, by=first, choice=(("yes",),), nonce=WORDS)
    assert closed.value.refused.reason == "vote_closed"
    with clock.at(late):
        assert by_date.close(late) == 1
    counted = Vote.objects.get(pk=vote.pk)
    assert [row.code for row in counted.published.rows] == [last.code]
    assert counting.result(counted)[0].count.votes == {"yes": 0, "no": 1}  # type: ignore[union-attr]
    assert Topic.objects.get().state == "decided"


@pytest.mark.django_db
def test_short_of_the_quorum_it_stays_open_once_and_then_nothing_is_counted() -> None:
    voters(4)
    vote = meetings.vote(*topics(2))
    late = vote.closes_at + timedelta(minutes=1)
    with clock.at(late):
        by_date.close(late)
    longer = Vote.objects.get(pk=vote.pk)
    assert (longer.state, longer.closes_at) == ("open", late + timedelta(days=7))
    assert Notice.objects.filter(kind="alliance.vote_extended").count() == longer.electors.count()
    later = longer.closes_at + timedelta(minutes=1)
    with clock.at(later):
        by_date.close(later)
    failed = Vote.objects.get(pk=vote.pk)
    assert (failed.state, failed.box, failed.listed) == ("failed", {}, [])
    assert set(Topic.objects.values_list("state", flat=True)) == {"discussing"}


@pytest.mark.django_db
def test_without_its_key_a_vote_is_void_and_says_so_at_once() -> None:
    first = voters(1)[0]
    vote = meetings.vote(*topics(2))
    stray = keys.make(first.uid)
    key_of(vote).unlink()
    with pytest.raises(Denied) as refused:
        casting.cast(vote, by=first, choice=(("1",),), nonce=WORDS)
    assert refused.value.refused.reason == "vote_key_gone"
    assert (len(stray), by_date.void(clock.now())) == (32, 1)
    assert Vote.objects.get().state == "void"
    assert not (key_of(vote).parent / f"{first.uid}.key").exists()
    assert Notice.objects.filter(kind="alliance.vote_void", person=first).exists()
    assert by_date.void(clock.now()) == 0


@pytest.mark.django_db
def test_one_organisation_has_one_vote_and_a_tie_is_the_chairs() -> None:
    both, single = people.organisation(), people.organisation()
    two = [people.representative(both), people.representative(both)]
    alone, desk = people.representative(single), agreements.secretary()
    one, other = topics(2)
    vote = meetings.vote(one, other, unit="organisation", method="ranking")
    assert vote.whole == 2
    for person in two:
        casting.cast(vote, by=person, choice=(("1",), ("2",)), nonce=WORDS)
    casting.cast(vote, by=alone, choice=(("2",), ("1",)), nonce=WORDS)
    counted = workflow.perform(vote, "tally", by=desk)
    assert sorted(str(row.weight) for row in counted.published.rows) == ["1", "1/2", "1/2"]
    assert counted.is_tied
    with pytest.raises(Faulty):
        workflow.perform(counted, "settle", by=desk, data={"order": ["2"]})
    settled = workflow.perform(counted, "settle", by=desk, data={"order": ["2", "1"]})
    assert [item.won for item in queries.items(settled)] == [False, True]
    assert not settled.is_tied


@pytest.mark.django_db
def test_on_pages_the_receipt_is_shown_once_and_the_list_finds_it() -> None:
    desk, (one, other) = agreements.secretary(), topics(2)
    vote = meetings.vote(one, other)
    client, page = people.client_of(one.proposed_by), f"/votes/{vote.uid}"  # type: ignore[arg-type]
    assert client.post(f"{page}/ballot", {"mark": ["9"], "nonce": "x"}).status_code == 422
    answer = client.post(f"{page}/ballot", {"mark": ["2"], "nonce": WORDS})
    code = answer.context["receipt"].code
    assert "no-store" in answer["Cache-Control"]
    assert code in answer.content.decode()
    assert code not in client.get(page).content.decode()
    over_rest = people.client_of(other.proposed_by)  # type: ignore[arg-type]
    sent = json.dumps({"choice": [["2"]], "nonce": WORDS})
    receipt = over_rest.post(f"/api/v1{page}/ballot", sent, content_type="application/json").json()
    assert client.get(f"{page}/ballots").status_code == 404
    closed = people.client_of(desk).post(f"{page}/act", {"action": "tally"})
    assert closed.status_code == 302
    found = client.post(f"{page}/ballots", {"code": receipt["code"].lower()}).content.decode()
    assert "It stands in the list" in found
    listed = client.get(f"/api/v1{page}/ballots").json()["items"]
    assert {row["code"] for row in listed} == {code, receipt["code"]}
    stranger = people.client_of(people.person())
    assert [stranger.get(f"{page}{part}").status_code for part in ("", "/ballots", "/electors")] == [404] * 3
    assert "took part" in client.get(f"{page}/electors").content.decode()


@pytest.mark.django_db
def test_who_leaves_stays_in_the_electorate_without_a_name_and_the_ballot_counts() -> None:
    gone, stays = voters(2)
    vote = meetings.vote(*topics(2), quorum="none")
    casting.cast(vote, by=gone, choice=(("1",),), nonce=WORDS)
    assert leaving.exported(gone)[0]["has_cast"] is True
    leaving.forget(people_api.AccountDeleted(person=gone.pk))
    casting.cast(vote, by=stays, choice=(("1",),), nonce=WORDS)
    late = vote.closes_at
    with clock.at(late):
        by_date.close(late)
    assert len(Vote.objects.get().listed) == 2


@pytest.mark.django_db
def test_pages_of_votes_take_at_most_twelve_queries(django_assert_max_num_queries: Any) -> None:
    vote = meetings.vote(*topics(4))
    first = VoteElector.objects.select_related("person").order_by("pk")[0].person
    for reader in (first, agreements.secretary()):
        client = people.client_of(reader)  # type: ignore[arg-type]
        for address in (
            "/votes",
            f"/votes/{vote.uid}",
            f"/votes/{vote.uid}/electors",
            f"/api/v1/votes/{vote.uid}",
        ):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_ballots_of_one_person_at_once_count_once_and_none_of_another_is_lost() -> None:
    everybody = voters(4)
    vote = meetings.vote(*topics(2), quorum="none")
    wrong: list[BaseException] = []

    def cast(person: Any, option: str) -> None:
        try:
            casting.cast(vote, by=person, choice=((option,),), nonce=f"{WORDS} {option}")
        except BaseException as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=cast, args=(person, option)) for person in everybody for option in ("1", "2")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with clock.at(vote.closes_at):
        assert by_date.close(vote.closes_at) == 1
    assert len(Vote.objects.get().listed) == 4
