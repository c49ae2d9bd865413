"""What a learner may read of their own answers by now: a question may tell at once, when its unit is over, or never.

Each takes the learner's `Deadlines`, so that whoever tells of many asks for the dates once.
"""

from typing import Any

from dure.engines import courses
from dure.learn.cohorts.due import Deadlines
from dure.learn.models import Enrolment, LearningEvent


def result_of(event: LearningEvent, deadlines: Deadlines) -> dict[str, Any]:
    """The result of an event; of an answer that is not told, what was given and nothing else."""
    is_answer = event.verb == LearningEvent.Verb.ANSWERED
    if not is_answer or is_told(event.version.taught, event.object, deadlines):
        return dict(event.result)
    return {"given": event.result["given"]}


def items_of(enrolment: Enrolment, deadlines: Deadlines) -> dict[str, dict[str, Any]]:
    """Each question and lab with tries and points; without points where these would tell."""
    taught = enrolment.version.taught
    return {
        name: dict(one) if is_told(taught, name, deadlines) else {**one, "points": None}
        for name, one in enrolment.standing.items.items()
    }


def quizzes_of(enrolment: Enrolment, deadlines: Deadlines) -> float:
    """The percentage of points earned in the questions that may be told: the whole would tell of the others."""
    told = [
        item
        for unit in enrolment.version.taught.units
        for item in unit.quiz
        if item.is_told(is_over=deadlines.is_over(unit.id))
    ]
    items = enrolment.standing.items
    earned = sum(items[name]["points"] for item in told if (name := f"quiz/{item.id}") in items)
    offered = sum(item.points for item in told)
    return round(100 * earned / offered, 2) if offered else 100.0


def all_told(enrolment: Enrolment, deadlines: Deadlines) -> bool:
    """Whether nothing waits for a date any more."""
    waits = (unit for unit in enrolment.version.taught.units if not deadlines.is_over(unit.id))
    return not any(item.feedback == "after_due" for unit in waits for item in unit.quiz)


def is_told(taught: courses.Course, name: str, deadlines: Deadlines) -> bool:
    """Whether of this (`quiz/…`, `lab/…`) the result may be read. What this version of the course does not have tells nothing."""
    kind, _slash, item = name.partition("/")
    if kind != "quiz":
        return True
    found = ((unit, one) for unit in taught.units for one in unit.quiz if one.id == item)
    return all(one.is_told(is_over=deadlines.is_over(unit.id)) for unit, one in found)
