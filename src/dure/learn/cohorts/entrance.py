"""The entrance test: set by those who lead, sat once by each applicant, ended by the clock of the server."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines import courses
from dure.engines.courses.answering import LONGEST
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import ALLOWED, Decision, Denied, Hidden, Refused, demand, first_refusal
from dure.learn.cohorts import drawing, places, rules, telling_coached
from dure.learn.models import Cohort, EntranceSitting, EntranceTest, Place
from dure.learn.paths.bank import bank

MOST_QUESTIONS, MOST_MINUTES, MOST_EXTRA = 60, 240, 240
GRACE: Final = timedelta(seconds=15)
"""An answer on its way when the time ends still counts."""
NO_TEST: Final = Refused("no_entrance_test", _("This cohort has no entrance test."))
NOT_APPLIED: Final = Refused(
    "not_applied", _("Apply for a place first; whoever has applied sits the entrance test.")
)
SAT_ALREADY: Final = Refused("sat_already", _("The entrance test is sat once."))
TIME_IS_OVER: Final = Refused("time_is_over", _("The time of this test is over."))
ANSWERED: Final = Refused("answered_already", _("Each question is answered once."))
IS_SAT: Final = Refused("test_is_sat", _("Somebody has sat this test already; it stays as it is."))
NOT_NOW: Final = Refused("no_test_now", _("A test is set before the cohort begins."))
VALUES: Final = ("skills", "questions", "minutes", "pass_percent")


def may_set(person: Any, cohort: Cohort) -> Decision:
    """Before it begins, and while nobody has sat it: everybody gets the same test."""
    sat = EntranceSitting.objects.filter(place__cohort=cohort).exists()
    in_time = ALLOWED if cohort.state in ("draft", "open") else NOT_NOW
    return first_refusal(rules.leads(person, cohort), in_time, IS_SAT if sat else ALLOWED)


@transaction.atomic
def set_test(*, by: Any, cohort: Cohort, values: Mapping[str, Any]) -> EntranceTest:
    """Skills, number of questions, minutes, and what is enough. Raises Denied, Faulty with all that is wrong."""
    places.lock(cohort)
    demand(may_set(by, cohort))
    skills = list(dict.fromkeys(values["skills"]))
    _check(values, skills)
    given = {name: values[name] for name in VALUES} | {"skills": skills}
    made, _fresh = EntranceTest.objects.update_or_create(cohort=cohort, defaults=given)
    audit.write(by=by, action="entrance.set", obj=cohort, detail=given)
    return made


def _check(values: Mapping[str, Any], skills: Sequence[str]) -> None:
    known = [skill for skill in skills if skill in bank().skills]
    there = sum(len(bank().of(skill)) for skill in known)
    faults = []
    if not skills or len(known) < len(skills):
        faults.append(Fault("no_such_test_skill", place="skills"))
    most = min(there, MOST_QUESTIONS)
    if not 1 <= values["questions"] <= most:
        faults.append(Fault("not_so_many_questions", {"limit": most}, place="questions"))
    if not 1 <= values["minutes"] <= MOST_MINUTES:
        faults.append(Fault("not_so_long", {"limit": MOST_MINUTES}, place="minutes"))
    if not 0 <= values["pass_percent"] <= 100:
        faults.append(Fault("no_percentage", place="pass_percent"))
    if faults:
        raise Faulty(faults)


@transaction.atomic
def take_away(*, by: Any, cohort: Cohort) -> None:
    """No test any more. Whoever has applied meanwhile is seated or queued where nobody decides. Raises Denied."""
    places.lock(cohort)
    demand(may_set(by, cohort))
    if EntranceTest.objects.filter(cohort=cohort).delete()[0]:
        audit.write(by=by, action="entrance.taken_away", obj=cohort)
        for place in cohort.places.filter(state="applied").order_by("applied_at", "pk"):
            places.tested(place)


@transaction.atomic
def give_minutes(*, by: Any, place: Place, minutes: int) -> Place:
    """More time for one person, for whom reading or writing takes longer; also while they sit it. Raises Denied, Faulty."""
    demand(rules.leads_place(by, place))
    if not 0 <= minutes <= MOST_EXTRA:
        raise Faulty([Fault("not_so_long", {"limit": MOST_EXTRA}, place="minutes")])
    place.extra_minutes = minutes
    place.save(update_fields=["extra_minutes"])
    audit.write(by=by, action="entrance.minutes", obj=place, detail={"minutes": minutes})
    return place


def may_sit(person: Any, place: Place | None, cohort: Cohort) -> Decision:
    """An applicant, while the cohort takes people. The date until which one applies is no matter: they have."""
    if place is None or place.state != "applied" or not rules.is_own(person, place):
        return NOT_APPLIED
    return ALLOWED if cohort.state in ("open", "running") else rules.NOT_TAKING


@transaction.atomic
def start(*, by: Any, place: Place) -> EntranceSitting:
    """Draw the questions; the time runs from now on. Again gives the same sitting. Raises Denied."""
    cohort = places.lock(place.cohort)
    demand(may_sit(by, place, cohort))
    test = EntranceTest.objects.filter(cohort=cohort).first()
    if test is None:
        raise Denied(NO_TEST)
    sat = EntranceSitting.objects.filter(place=place).first()
    if sat is not None and sat.ended_at is not None:
        raise Denied(SAT_ALREADY)
    items = drawing.draw(
        bank().items.values(), test.skills, number=test.questions, seed=secrets.token_hex(16)
    )
    made, fresh = EntranceSitting.objects.get_or_create(
        place=place, defaults={"items": items, "started_at": clock.now()}
    )
    if fresh:
        audit.write(by=by, action="entrance.started", obj=place)
    return made


def ends_at(sitting: EntranceSitting, test: EntranceTest) -> datetime:
    """With the minutes that the person has more."""
    minutes: int = test.minutes + sitting.place.extra_minutes
    return sitting.started_at + timedelta(minutes=minutes)


def is_over(sitting: EntranceSitting, test: EntranceTest) -> bool:
    """Whether nothing that is sent now counts any more."""
    return clock.now() > ends_at(sitting, test) + GRACE


@transaction.atomic
def answer(*, by: Any, place: Place, item: str, given: Sequence[str]) -> EntranceSitting:
    """Answer a question of one's own sitting, once and in time. Raises Denied, Hidden, Faulty (`no_answer`)."""
    sitting = _own(by, place)
    if item not in sitting.items:
        raise Hidden(item)
    if sitting.ended_at is not None or is_over(sitting, place.cohort.entrance):
        raise Denied(TIME_IS_OVER)
    if item in sitting.answers:
        raise Denied(ANSWERED)
    if not courses.is_whole(bank().items[item], given):
        raise Faulty([Fault("no_answer")])
    sitting.answers[item] = [one[:LONGEST] for one in given]
    sitting.save(update_fields=["answers"])
    return sitting


def _own(by: Any, place: Place) -> EntranceSitting:
    demand(rules.is_own(by, place))
    rows = EntranceSitting.objects.select_for_update(of=("self",)).select_related("place")
    sitting = rows.filter(place=place).first()
    if sitting is None:
        raise Denied(NOT_APPLIED)
    return sitting


@transaction.atomic
def finish(*, by: Any, place: Place) -> EntranceSitting:
    """End one's sitting before its time. Raises Denied."""
    places.lock(place.cohort)
    return _end(_own(by, place))


@clock.on_clock("learn.end_sittings")
def end_sittings(_now: datetime) -> int:
    """Judge the sittings whose time is over; returns how many."""
    open_ones = EntranceSitting.objects.filter(ended_at=None).select_related("place__cohort__entrance")
    late = [one for one in open_ones if is_over(one, one.place.cohort.entrance)]
    return sum(end_if_over(one.place) for one in late)


@transaction.atomic
def end_if_over(place: Place) -> bool:
    """End the sitting of a place where its time is over; True where that was done now."""
    places.lock(place.cohort)
    rows = EntranceSitting.objects.select_for_update(of=("self",)).select_related("place__cohort")
    sitting = rows.get(place=place)
    test = EntranceTest.objects.get(cohort=place.cohort_id)
    if sitting.ended_at is not None or not is_over(sitting, test):
        return False
    _end(sitting)
    return True


def _end(sitting: EntranceSitting) -> EntranceSitting:
    """Judge it; whoever passed is seated or queued where nobody decides, and a coach is asked about all others."""
    if sitting.ended_at is not None:
        return sitting
    asked = [bank().items[name] for name in sitting.items if name in bank().items]
    sitting.percent, sitting.ended_at = drawing.percent(asked, sitting.answers), clock.now()
    sitting.save(update_fields=["percent", "ended_at"])
    placed = places.tested(sitting.place)
    if placed.state == "applied":
        telling_coached.tell_sat(placed)
    return sitting
