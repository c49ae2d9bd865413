"""Several things at once: looked at before, taken back for ten minutes, then done as the officer, each asked again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from dure.alliance.bulk import batches, by_date, leaving, queries
from dure.alliance.bulk.deeds import deeds
from dure.alliance.bulk.looking import look
from dure.alliance.bulk.reminding import WHOM
from dure.alliance.models import BulkBatch, BulkItem, Topic
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice
from dure.people.api import AccountDeleted
from dure.people.models import Person
from tests.factories import agreements, calls, commitments, meetings, people, projects, roundtables
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
REASON = {"reason": "Not this year", "roundtable": "", "minutes": 0}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def desk() -> Person:
    return agreements.secretary()


def begun(code: str, *things: Any, by: Person, **given: Any) -> BulkBatch:
    """Looked at, then begun as looked at."""
    deed, uids = deeds()[code], [one.uid for one in things]
    said = REASON | given
    seen = look(deed, uids, by=by, given=said)
    return batches.begin(deed, uids, by=by, given=said, token=seen.token)


def carried_out(minutes: int = 11) -> int:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        return by_date.perform(clock.now())


def results(batch: BulkBatch) -> list[tuple[str, str]]:
    return list(batch.items.order_by("pk").values_list("result", "code"))


def state_of(topic: Topic) -> str:
    return Topic.objects.get(pk=topic.pk).state


def test_nothing_is_done_and_nobody_is_told_before_ten_minutes_and_then_all_is_in_the_officers_name(
    desk: Person,
) -> None:
    one, other = roundtables.topic(), roundtables.topic()
    told = Notice.objects.count()
    batch = begun("topic_reject", one, other, by=desk)
    assert (carried_out(9), state_of(one), Notice.objects.count()) == (0, "proposed", told)
    assert (carried_out(), carried_out()) == (1, 0)
    assert (state_of(one), state_of(other)) == ("rejected", "rejected")
    assert Notice.objects.count() > told
    assert results(batch) == [("done", ""), ("done", "")]
    assert Topic.objects.get(pk=one.pk).reason == "Not this year"
    trail = AuditEntry.objects.filter(action="topic.reject").order_by("pk")
    assert {(entry.actor_id, entry.detail["bulk"]) for entry in trail} == {(desk.pk, str(batch.uid))}


def test_what_is_taken_back_costs_nothing_and_frees_its_things(desk: Person) -> None:
    topic, told = roundtables.topic(), Notice.objects.count()
    batch = begun("topic_park", topic, by=desk)
    colleague = agreements.secretary()
    with pytest.raises(Faulty):
        begun("topic_reject", topic, by=colleague)
    workflow.perform(batch, "cancel", by=colleague)
    assert (carried_out(), state_of(topic), Notice.objects.count()) == (0, "proposed", told)
    assert results(batch) == [("cancelled", "")]
    begun("topic_reject", topic, by=colleague)
    assert carried_out() == 1
    assert state_of(topic) == "rejected"
    with pytest.raises(Denied):
        workflow.perform(batch, "cancel", by=desk)


def test_a_look_says_of_each_what_keeps_it_and_only_what_was_looked_at_begins(desk: Person) -> None:
    free, over, ahead = roundtables.topic(), roundtables.topic(), roundtables.topic()
    workflow.perform(over, "reject", by=desk, data=REASON)
    begun("topic_park", ahead, by=desk)
    deed, uids = deeds()["topic_park"], [free.uid, over.uid, ahead.uid]
    seen = look(deed, uids, by=desk, given=REASON)
    said = [[why.reason for why in one.refusals] for one in seen.rows]
    assert said == [[], ["wrong_state"], ["bulk_elsewhere"]]
    workflow.perform(free, "park", by=desk, data=REASON)
    workflow.perform(free, "reopen", by=desk)
    with pytest.raises(Faulty) as faulty:
        batches.begin(deed, uids, by=desk, given=REASON, token=seen.token)
    assert [one.code for one in faulty.value.faults] == ["bulk_changed"]
    assert BulkBatch.objects.count() == 1
    with pytest.raises(Faulty) as faulty:
        look(deed, [], by=desk, given=REASON | {"reason": " "})
    assert [one.code for one in faulty.value.faults] == ["bulk_none_chosen", "bulk_no_reason"]
    with pytest.raises(Faulty) as faulty:
        look(deeds()["topic_schedule"], [people.person().uid], by=desk, given=REASON)
    codes = ["bulk_unknown", "bulk_no_roundtable", "bulk_no_minutes"]
    assert [one.code for one in faulty.value.faults] == codes


def test_two_officers_at_once_one_wins_and_one_is_told(desk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    topic, colleague = roundtables.topic(), agreements.secretary()
    deed = deeds()["topic_park"]
    seen = look(deed, [topic.uid], by=colleague, given=REASON)
    begun("topic_reject", topic, by=desk)
    with pytest.raises(Faulty) as faulty:
        batches.begin(deed, [topic.uid], by=colleague, given=REASON, token=seen.token)
    assert [one.code for one in faulty.value.faults] == ["bulk_changed"]
    monkeypatch.setattr(batches, "look", lambda *_things, **_said: seen)
    with pytest.raises(Faulty) as faulty:
        batches.begin(deed, [topic.uid], by=colleague, given=REASON, token=seen.token)
    assert [one.code for one in faulty.value.faults] == ["bulk_changed"], (
        "as if both had looked before either wrote"
    )
    assert BulkItem.objects.count() == 1


def test_what_changed_in_between_is_left_as_it_is_and_the_others_are_done(desk: Person) -> None:
    moved, gone, stays = roundtables.topic(), roundtables.topic(), roundtables.topic()
    batch = begun("topic_reject", moved, gone, stays, by=desk)
    for action in ("park", "reopen"):
        workflow.perform(moved, action, by=desk, data=REASON)
    Topic.objects.filter(pk=gone.pk).delete()
    assert carried_out() == 1
    codes = [("refused", "bulk_thing_changed"), ("refused", "bulk_thing_gone"), ("done", "")]
    assert results(batch) == codes
    assert (state_of(moved), state_of(stays)) == ("proposed", "rejected")
    assert batch.items.order_by("pk")[0].words["ko"]
    assert [row.title for row in queries.rows(desk, batch, list(batch.items.all()))] == [
        moved.title,
        stays.title,
    ]


def test_who_has_left_the_secretariat_does_nothing_any_more(desk: Person) -> None:
    topic, other = roundtables.topic(), roundtables.topic()
    batch = begun("topic_park", topic, by=desk)
    later = begun("topic_park", other, by=agreements.secretary())
    leaver = later.made_by
    assert leaver is not None
    assert leaving.exported(leaver)[0]["deed"] == "topic_park"
    leaving.forget(AccountDeleted(person=leaver.pk))
    Person.objects.filter(pk=desk.pk).update(roles=[])
    assert carried_out() == 1
    assert results(batch) == [("refused", "bulk_no_officer")]
    assert results(later) == [("cancelled", "")]
    assert (state_of(topic), state_of(other)) == ("proposed", "proposed")


def test_topics_go_on_one_agenda_and_a_commitment_is_confirmed_only_by_who_speaks_for_its_donor(
    desk: Person,
) -> None:
    one, other = roundtables.topic(), roundtables.topic()
    roundtable = meetings.planned(by=desk)
    begun("topic_schedule", one, other, by=desk, roundtable=str(roundtable.uid), minutes=20)
    assert carried_out() == 1
    assert roundtable.items.count() == 2
    promise = commitments.pledged()
    seen = look(deeds()["commitment_confirm"], [promise.uid], by=desk, given=REASON)
    assert [why.reason for why in seen.rows[0].refusals] == ["not_donor"]
    people.member(desk, promise.donor, role="representative")
    begun("commitment_confirm", promise, by=desk)
    assert carried_out() == 1
    promise.refresh_from_db()
    assert promise.state == "confirmed"


def test_owners_are_reminded_once_in_three_days_and_a_conflict_of_interest_reminds_nobody(
    desk: Person,
) -> None:
    project = projects.started(title_en="Speech")
    assert project.renewal_on is not None
    with projects.on(project.renewal_on):
        workflow.perform(project, "due_renewal", by=SYSTEM)
        begun("remind_research_project", project, by=desk)
        lead, before = projects.lead_of(project), Notice.objects.count()
        assert carried_out() == 1
        told = Notice.objects.filter(person=lead, kind="alliance.desk_reminder")
        assert (told.count(), Notice.objects.count() - before) == (1, 1)
        again = look(deeds()["remind_research_project"], [project.uid], by=desk, given=REASON)
        assert [why.reason for why in again.rows[0].refusals] == ["bulk_reminded"]
    call = calls.opened(by=desk)
    proposal = calls.submitted(call)
    place = call.reviewers.create(person=people.person())
    review = proposal.reviews.create(reviewer=place, due_on=clock.today())
    assert WHOM["review"](review).count() == 1
    proposal.people.create(person=place.person)
    assert WHOM["review"](review).count() == 0


@pytest.mark.parametrize("kind", sorted(WHOM))
def test_each_kind_lists_what_waits_in_a_fixed_number_of_queries(kind: str, desk: Person) -> None:
    deed = deeds()[f"remind_{kind}"]
    assert deed.states
    with CaptureQueriesContext(connection) as asked:
        assert list(deed.candidates(desk)) == []
    assert len(asked) == 1


def test_pages_and_rest_go_from_choosing_over_looking_to_what_came_of_it(desk: Person) -> None:
    made = [roundtables.topic(title_ko=f"Topic {number}", title_en=f"Topic {number}") for number in range(3)]
    office, auditor = client_of(desk), client_of(people.person(roles=["auditor"]))
    at = "/desk/bulk/new/topic_reject"
    for page in ("/desk/bulk", at):
        with CaptureQueriesContext(connection) as asked:
            assert office.get(page).status_code == 200
        assert len(asked) <= 12, page
    assert office.post(at, {"reason": "No"}).status_code == 422
    chosen = {"thing": [str(one.uid) for one in made[:2]], "reason": "No"}
    looked = office.post(at, chosen)
    assert len(looked.context["seen"].will) == 2
    token = looked.context["seen"].token
    workflow.perform(made[0], "park", by=desk, data=REASON)
    stale = office.post(at, chosen | {"token": token})
    assert (stale.status_code, BulkBatch.objects.count()) == (422, 0)
    fresh = stale.context["seen"].token
    there = office.post(at, chosen | {"token": fresh}).headers["Location"]
    for reader in (office, auditor):
        with CaptureQueriesContext(connection) as asked:
            said = reader.get(there).content.decode()
        assert len(asked) <= 12
        assert "Topic 1" in said
    assert auditor.post(f"{there}/cancel").status_code == 403
    assert client_of(people.person()).get(there).status_code == 404
    assert office.post(f"{there}/cancel").status_code == 302
    api: dict[str, Any] = {"deed": "topic_park", "things": [str(made[2].uid)], "reason": "Later"}
    rest: dict[str, Any] = {"content_type": "application/json"}
    answer = office.post("/api/v1/desk/bulk/look", api, **rest).json()
    assert answer["rows"][0]["refusals"] == []
    made_by_rest = office.post("/api/v1/desk/bulk", api | {"token": answer["token"]}, **rest)
    assert made_by_rest.status_code == 201
    uid = made_by_rest.json()["uid"]
    assert office.get(f"/api/v1/desk/bulk/{uid}/items").json()["items"][0]["result"] == ""
    assert office.get("/api/v1/desk/bulk").json()["count"] == 2
    assert office.post(f"/api/v1/desk/bulk/{uid}/cancel").json()["state"] == "cancelled"
    assert auditor.get("/api/v1/desk/bulk/deeds").status_code == 403
