"""Withdrawal in every state, dates that are promised, and what of a decision stands in the trail."""

from datetime import timedelta
from typing import Any

import pytest

from dure.foundation import clock, events
from dure.foundation.access import Denied
from dure.foundation.models import AuditEntry, Notice
from dure.talent.applications import applying, by_date, deciding
from dure.talent.applications.queries import applied_q, decisions_of
from dure.talent.events import ApplicationDecided, OfferAccepted, OfferMade, SeatGivenBack
from dure.talent.models import Application, InterviewSlot, Opening
from tests.factories import applications as made
from tests.factories import people

pytestmark = pytest.mark.django_db
WAYS = {
    "submitted": (),
    "in_review": ("review",),
    "interview": ("invite",),
    "offered": ("review", "offer"),
    "accepted": ("review", "offer", "accept"),
}


def brought(hiring: made.Hiring, state: str) -> Application:
    """An application that came into this state by real moves."""
    if state == "waitlisted":
        hiring.offered()
        return hiring.waiting()
    made.slot(hiring.opening)
    application = hiring.applied()
    for action in WAYS[state]:
        by = application.person if action == "accept" else hiring.speaker
        application = made.moved(application, action, by=by)
    return application


@pytest.mark.parametrize("state", [*WAYS, "waitlisted"])
def test_a_person_withdraws_at_any_time_and_may_apply_again(state: str) -> None:
    hiring = made.hiring()
    application = brought(hiring, state)
    assert application.state == state
    gone = deciding.act(application, "withdraw", by=application.person)
    assert (gone.state, gone.position) == ("withdrawn", None)
    assert not application.offers.filter(state="made").exists()
    assert Notice.objects.filter(person=hiring.speaker, kind="talent.application_withdrawn").exists()
    again = hiring.applied(person=application.person)
    assert again.pseudonym != application.pseudonym


def test_a_time_for_an_interview_is_free_again_after_withdrawal() -> None:
    hiring = made.hiring()
    application = brought(hiring, "interview")
    slot = InterviewSlot.objects.get()
    InterviewSlot.objects.filter(pk=slot.pk).update(taken_by=application)
    deciding.act(application, "withdraw", by=application.person)
    slot.refresh_from_db()
    assert (slot.taken_by, slot.revision) == (None, 1)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("again", "applied_already"),
        ("late", "application_too_late"),
        ("closed", "opening_not_open"),
        ("own", "own_opening"),
    ],
)
def test_why_one_may_not_apply(case: str, code: str) -> None:
    hiring = made.hiring()
    someone = hiring.speaker if case == "own" else people.person()
    if case == "again":
        hiring.applied(person=someone)
    if case == "closed":
        Opening.objects.filter(pk=hiring.opening.pk).update(state="closed")
    moment = clock.now() + timedelta(days=15 if case == "late" else 0)
    with clock.at(moment), pytest.raises(Denied) as refused:
        applying.apply(by=someone, opening=hiring.opening)
    assert refused.value.refused.reason == code


def test_who_applied_reads_no_opening_as_new() -> None:
    hiring, other = made.hiring(), made.hiring()
    application = hiring.applied()
    rows = Opening.objects.exclude(applied_q(application.person))
    assert list(rows) == [other.opening]
    deciding.act(application, "withdraw", by=application.person)
    assert rows.all().count() == 2


def test_a_late_answer_is_told_once_to_both_sides() -> None:
    hiring = made.hiring()
    application = hiring.applied()
    told = Notice.objects.filter(kind__in=("talent.application_late", "talent.application_answer_late"))
    with clock.at(clock.now() + timedelta(days=27)):
        assert by_date.tell_late(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=29)):
        assert by_date.tell_late(clock.now()) == 1
        assert by_date.tell_late(clock.now()) == 0
    assert set(told.values_list("person", flat=True)) == {hiring.speaker.pk, application.person_id}


def test_a_promise_holds_from_the_application_where_it_comes_after_the_deadline() -> None:
    hiring = made.hiring(deadline=clock.now() + timedelta(hours=1))
    soon = hiring.applied()
    assert soon.decide_by == hiring.opening.deadline + timedelta(days=14)


def test_the_trail_has_the_code_and_none_of_the_words() -> None:
    hiring = made.hiring()
    hiring.moved(hiring.applied(statement="zq-why"), "reject")
    entry = AuditEntry.objects.get(action="application.reject")
    assert entry.detail["code"] == "others_stronger"
    assert entry.detail["reason"] == "(27 characters)"
    assert not [one for one in AuditEntry.objects.all() if "zq-why" in str(one.detail)]


def test_floors_above_hear_of_offers_and_decisions(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(events, "record", heard.append)
    hiring = made.hiring()
    application = brought(hiring, "accepted")
    deciding.act(application, "withdraw", by=application.person)
    kinds = [type(one) for one in heard if type(one).__module__ == "dure.talent.events"]
    assert kinds == [ApplicationDecided, OfferMade, OfferAccepted, SeatGivenBack]
    assert heard[-2].opening == str(hiring.opening.uid)


def test_audits_read_outcomes_without_words() -> None:
    hiring = made.hiring()
    taken, out = hiring.offered(), hiring.moved(hiring.applied(), "reject")
    gone = hiring.applied()
    deciding.act(gone, "withdraw", by=gone.person)
    first, second = decisions_of(hiring.opening)
    assert (first.person, first.state, first.was_offered) == (taken.person_id, "offered", True)
    assert (second.person, second.reason_code, second.was_offered) == (
        out.person_id,
        "others_stronger",
        False,
    )


def test_nobody_decides_on_their_own_application() -> None:
    hiring = made.hiring()
    application = hiring.applied()
    people.member(application.person, hiring.opening.organisation, "representative")
    with pytest.raises(Denied) as refused:
        deciding.act(application, "review", by=application.person)
    assert refused.value.refused.reason == "own_application"
