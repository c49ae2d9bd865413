"""Answering a packaged question, what was answered so far, and forgetting it."""

from collections.abc import Iterator, Sequence
from typing import Any

from dure.engines import courses
from dure.engines.courses.answering import LONGEST
from dure.engines.faults import Fault, Faulty
from dure.foundation.access import SIGN_IN, Denied, Hidden
from dure.learn import telling
from dure.learn.cohorts import due
from dure.learn.models import LearningEvent, PracticeAnswer
from dure.learn.paths.bank import bank
from dure.learn.paths.choosing import Given
from dure.people import api as people


def answer(*, by: Any, item: str, given: Sequence[str]) -> courses.Judged:
    """Judge an answer and keep it. Raises Denied for strangers, Hidden, Faulty (`no_answer`); then nothing is kept."""
    if not by.is_authenticated:
        raise Denied(SIGN_IN)
    asked = bank().items.get(item)
    if asked is None:
        raise Hidden(item)
    if not courses.is_whole(asked, given):
        raise Faulty([Fault("no_answer")])
    judged = courses.judged(asked, given)
    kept = [one[:LONGEST] for one in given]
    PracticeAnswer.objects.create(person=by, item=item, skill=asked.skill, given=kept, right=judged.right)
    return judged


def answers_of(person: Any) -> list[Given]:
    """All that a person answered, here and in the quizzes of courses as far as it is told, in order; four queries at most."""
    own = PracticeAnswer.objects.filter(person=person).values_list("at", "skill", "right", "item")
    taught = [(one.at, one.result["skill"], one.result["right"], None) for one in _told(person)]
    return [
        Given(skill, right, item)
        for _at, skill, right, item in sorted([*own, *taught], key=lambda one: one[0])
    ]


def _told(person: Any) -> Iterator[LearningEvent]:
    """Answers in courses whose result may be read by now: the next step would tell of the others."""
    events = LearningEvent.objects.filter(enrolment__person=person, verb="answered")
    found = list(events.select_related("enrolment", "version").defer("version__content", "version__findings"))
    deadlines = due.deadlines_of_all(one.enrolment for one in found) if found else {}
    for one in found:
        if telling.is_told(one.version.taught, one.object, deadlines[one.enrolment_id]):
            yield one


def last_answer(person: Any, item: str) -> list[str]:
    """What a person last gave to a question, or nothing."""
    rows = PracticeAnswer.objects.filter(person=person, item=item).order_by("-pk")
    return list(rows.values_list("given", flat=True).first() or [])


def forget(*, by: Any) -> int:
    """Delete all that a person answered outside of courses; gives back how many answers there were."""
    return PracticeAnswer.objects.filter(person=by).delete()[0]


def forget_gone(event: people.AccountDeleted) -> None:
    """Answers go with the account."""
    PracticeAnswer.objects.filter(person_id=event.person).delete()


def exported(person: people.Person) -> Any:
    """All of it, for the person."""
    names = ("at", "item", "skill", "given", "right")
    return list(PracticeAnswer.objects.filter(person=person).values(*names))
