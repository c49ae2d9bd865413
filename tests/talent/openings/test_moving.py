"""An opening opens when nothing is missing, and closes by itself."""

from datetime import timedelta
from typing import Any

import pytest

from dure.foundation import clock, workflow
from dure.foundation.access import Denied, Refused
from dure.foundation.models import Notice
from dure.talent.models import Opening
from dure.talent.openings import beginning, closing, readiness, verifying
from tests.factories import openings, people

pytestmark = pytest.mark.django_db


def test_what_lacks_is_told_all_at_once_and_opens_once_it_is_mended() -> None:
    past = clock.now() - timedelta(minutes=1)
    made = openings.opening(
        is_open=False, title_ko="", title_en=" ", text_en="", text_ko="", regions=[], steps=[], deadline=past
    )
    codes = [one.reason for one in readiness.lacks(made)]
    assert codes == [
        "organisation_not_verified",
        "opening_no_title",
        "opening_no_text",
        "opening_no_place",
        "opening_no_steps",
        "opening_too_late",
    ]
    by = openings.speaker(made.organisation)
    with pytest.raises(Denied) as refused:
        workflow.perform(made, "open", by=by)
    assert refused.value.refused.reason == "organisation_not_verified"
    Opening.objects.filter(pk=made.pk).update(**openings.fields())
    openings.verified(made.organisation)
    opened = workflow.perform(Opening.objects.get(pk=made.pk), "open", by=by)
    assert (opened.state, opened.opened_at is not None) == ("open", True)


@pytest.mark.parametrize(
    ("changed", "opens"),
    [
        ({"text_ko": "키 170cm 이상인 남성만 지원하세요."}, False),
        ({"steps": [{"ko": "면접", "en": "Interview. Women only."}]}, False),
        ({"accessibility_en": "Bring a photo; marital status is asked for."}, False),
        ({"text_en": "Write to jobs@example.org with questions."}, True),
        ({"text_ko": "이혼 사건을 다루는 법무법인의 검색 서비스를 만듭니다."}, True),
        ({}, True),
    ],
)
def test_what_hiring_law_forbids_keeps_it_closed(changed: dict[str, Any], opens: bool) -> None:
    made = openings.opening(openings.verified(), is_open=False, **changed)
    decision = readiness.may_open(made, {})
    assert bool(decision) is opens
    assert opens or (isinstance(decision, Refused) and decision.reason == "opening_forbidden_words")


def test_it_closes_at_the_deadline_once_and_its_people_are_told() -> None:
    firm = openings.verified()
    by = openings.speaker(firm, "coordinator")
    deadline = clock.now() + timedelta(hours=1)
    due, later = openings.opening(firm, deadline=deadline), openings.opening(firm)
    assert closing.close_due(deadline - timedelta(seconds=1)) == 0
    assert closing.close_due(deadline) == 1
    assert closing.close_due(deadline) == 0
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("closed", "open")
    assert Notice.objects.filter(person=by, kind="talent.opening_ran_out").count() == 1


def test_taking_a_verification_back_closes_what_is_open_and_says_why() -> None:
    firm, desk = openings.verified(), people.person(roles=["secretariat"])
    by = openings.speaker(firm)
    running, drafted = openings.opening(firm), openings.opening(firm, is_open=False)
    assert verifying.take_back(firm, by=desk, reason="The licence was withdrawn.") == 1
    running.refresh_from_db()
    drafted.refresh_from_db()
    assert (running.state, drafted.state) == ("closed", "draft")
    with pytest.raises(Denied):
        workflow.perform(running, "reopen", by=by)
    told = Notice.objects.filter(person=by).values_list("kind", flat=True)
    assert set(told) == {"talent.opening_stopped", "talent.organisation_unverified"}
    verifying.verify(firm, by=desk, papers="new licence")
    assert workflow.perform(running, "reopen", by=by).state == "open"


def test_withdrawing_needs_a_reason_which_stays_with_it() -> None:
    made = openings.opening()
    by = openings.speaker(made.organisation)
    with pytest.raises(Denied):
        workflow.perform(made, "withdraw", by=by, data={"reason": " "})
    gone = workflow.perform(made, "withdraw", by=by, data={"reason": "The project ended."})
    assert (gone.state, gone.reason) == ("withdrawn", "The project ended.")
    assert not Opening.objects.visible_to(people.person()).exists()
    assert Opening.objects.visible_to(by).count() == 1


def test_what_a_template_left_to_fill_in_keeps_it_closed() -> None:
    for kind in Opening.Kind.values:
        begun = beginning.begun(kind)
        made = openings.opening(openings.verified(), kind=kind, is_open=False, **begun)
        assert [one.reason for one in readiness.lacks(made)] == ["opening_unfilled"]
        filled = {name: f"Done: {name}" for name in ("title_ko", "title_en", "text_ko", "text_en")}
        Opening.objects.filter(pk=made.pk).update(**filled)
        made.refresh_from_db()
        assert readiness.lacks(made) == []


@pytest.mark.parametrize("kind", ["unrelated", "member", "rival"])
def test_only_the_secretariat_verifies(kind: str) -> None:
    firm = people.organisation()
    home = {"member": firm, "rival": people.organisation()}.get(kind)
    by = openings.speaker(home) if home else people.person()
    with pytest.raises(Denied):
        verifying.verify(firm, by=by, papers="mine")
