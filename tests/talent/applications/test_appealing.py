"""Appeals: another person than the one who decided looks again."""

from datetime import timedelta

import pytest

from dure.foundation import clock
from dure.foundation.access import Denied
from dure.foundation.models import Notice
from dure.people.models import Person
from dure.talent.applications import appealing, by_date
from dure.talent.models import Appeal, Application
from tests.factories import applications as made
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hiring() -> made.Hiring:
    return made.hiring()


@pytest.fixture
def desk() -> Person:
    return people.person(roles=["secretariat"], language="en")


@pytest.fixture
def rejected(hiring: made.Hiring) -> Application:
    return hiring.moved(hiring.applied(), "reject")


def filed(application: Application) -> Appeal:
    return appealing.appeal(application, by=application.person, words="I do show it.")


def test_an_appeal_that_is_upheld_takes_the_application_back_into_review(
    rejected: Application, desk: Person
) -> None:
    browser, office = people.client_of(rejected.person), people.client_of(desk)
    url = f"/applications/{rejected.uid}"
    assert office.get(url).status_code == 404
    browser.post(f"{url}/appeal", {"words": "I do show it."})
    one = Appeal.objects.get()
    assert "Look at an appeal" in office.get("/").content.decode()
    assert str(rejected.uid) in office.get("/appeals").content.decode()
    assert "I do show it." in office.get(url).content.decode()
    act = f"/appeals/{one.uid}/act"
    office.post(act, {"action": "take"})
    assert office.post(act, {"action": "uphold", "reason": ""}).status_code == 422
    office.post(act, {"action": "uphold", "reason": "The lab shows it."})
    rejected.refresh_from_db()
    assert (rejected.state, rejected.reason_code, rejected.decided_at) == ("in_review", "appeal_upheld", None)
    assert rejected.decide_by > clock.now() + timedelta(days=13)
    page = browser.get(url).content.decode()
    assert "The lab shows it." in page
    assert "Upheld" in page
    assert Notice.objects.filter(person=rejected.person, kind="talent.appeal_upheld").exists()


def test_whoever_decided_does_not_look_at_the_appeal(
    hiring: made.Hiring, rejected: Application, desk: Person
) -> None:
    colleague = made.speaker(hiring.opening.organisation)
    one = filed(rejected)
    told = set(Notice.objects.filter(kind="talent.appeal_filed").values_list("person", flat=True))
    assert told == {colleague.pk, desk.pk}
    with pytest.raises(Denied) as refused:
        appealing.act(one, "take", by=hiring.speaker)
    assert refused.value.refused.reason == "appeal_against_own_decision"
    taken = appealing.act(one, "take", by=colleague)
    with pytest.raises(Denied) as refused:
        appealing.act(taken, "dismiss", by=desk, data={"reason": "No."})
    assert refused.value.refused.reason == "appeal_of_another"
    done = appealing.act(taken, "dismiss", by=colleague, data={"reason": "The level is not shown."})
    assert (done.state, done.answer) == ("dismissed", "The level is not shown.")
    rejected.refresh_from_db()
    assert rejected.state == "rejected"


def test_each_decision_is_appealed_once_and_in_time(rejected: Application) -> None:
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Denied) as refused:
        filed(rejected)
    assert refused.value.refused.reason == "appeal_too_late"
    appealing.act(filed(rejected), "withdraw", by=rejected.person)
    with pytest.raises(Denied) as refused:
        filed(rejected)
    assert refused.value.refused.reason == "appealed_already"


def test_a_second_decision_can_be_appealed_again(
    hiring: made.Hiring, rejected: Application, desk: Person
) -> None:
    taken = appealing.act(filed(rejected), "take", by=desk)
    appealing.act(taken, "uphold", by=desk, data={"reason": "Look again."})
    again = hiring.moved(Application.objects.get(pk=rejected.pk), "reject")
    assert filed(again).decider == hiring.speaker


@pytest.mark.parametrize("case", ["open", "another", "by the clock"])
def test_only_a_decision_of_a_person_is_appealed_by_its_applicant(case: str, hiring: made.Hiring) -> None:
    application = hiring.applied()
    by = application.person
    if case == "another":
        application, by = hiring.moved(application, "reject"), people.person()
    if case == "by the clock":
        type(hiring.opening).objects.update(state="withdrawn")
        by_date.end_with_openings(clock.now())
        application.refresh_from_db()
    with pytest.raises(Denied) as refused:
        appealing.appeal(application, by=by, words="Why?")
    expected = "not_own_application" if case == "another" else "nothing_to_appeal"
    assert refused.value.refused.reason == expected


def test_a_late_answer_to_an_appeal_is_told_once(rejected: Application, desk: Person) -> None:
    filed(rejected)
    with clock.at(clock.now() + timedelta(days=15)):
        assert by_date.tell_late(clock.now()) == 1
        assert by_date.tell_late(clock.now()) == 0
    assert Notice.objects.filter(person=desk, kind="talent.appeal_late").count() == 1
    assert Notice.objects.filter(person=rejected.person, kind="talent.appeal_answer_late").count() == 1
