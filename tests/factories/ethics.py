"""Ethics for tests: a board of three, assessments at every step."""

from typing import Any

from dure.alliance.ethics import answering, subjects
from dure.alliance.models import EthicsAssessment, EthicsMember
from dure.foundation import workflow
from dure.people.models import Person
from dure.problems.models import Problem
from tests.factories import people

ANSWERS: dict[str, Any] = {
    "risk": "limited",
    "affected": "People in the calls.",
    "basis": "consent",
    "protection": "Names are replaced.",
    "fairness": "Errors by age differ by at most two points.",
    "oversight": "The head of service can stop it.",
    "is_human": False,
    "review_number": "",
    "handlers": "",
}


def seat(person: Person, **given: Any) -> Person:
    """Somebody on the board."""
    EthicsMember.objects.create(person=person, **given)
    return person


def board() -> tuple[Person, Person, Person]:
    """A chair and a member of other organisations, and somebody from outside."""
    chair, member = people.representative(people.organisation()), people.representative(people.organisation())
    return seat(chair, is_chair=True), seat(member), seat(people.person(language="en"), is_outside=True)


def begun(problem: Problem, *, by: Person | None = None) -> EthicsAssessment:
    """By the problem's owner unless it says otherwise."""
    who = by or problem.owner
    return answering.begin(subjects.find(who, "problem", problem.uid), by=who)


def submitted(problem: Problem, **answers: Any) -> EthicsAssessment:
    made = answering.write(begun(problem), by=problem.owner, given={**ANSWERS, **answers})
    return workflow.perform(made, "submit", by=problem.owner)


def approved(problem: Problem, members: tuple[Person, Person, Person] | None = None) -> EthicsAssessment:
    """By the chair, with an opinion of the other two."""
    chair, *others = members or board()
    made = submitted(problem)
    for one in others:
        answering.give_opinion(made, by=one, vote="approve", reason="It is well thought out.")
    return workflow.perform(made, "approve", by=chair)
