"""Problems as subjects: what about people's data is assessed before it opens, and whatever the secretariat asks for."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from dure.alliance.ethics import gate, subjects
from dure.foundation import gates
from dure.foundation.access import Decision
from dure.problems import api as problems

KIND = "problem"


def register() -> None:
    """Called once when the app is ready."""
    subjects.declare(subjects.Kind(KIND, _find, _load, _may_answer))
    gates.register("problem.open", lambda problem, _by: gate.check(described(problem)))
    gates.register("challenge.open", lambda challenge, _by: gate.check(described(challenge.problem)))


def described(problem: problems.Problem) -> subjects.Subject:
    """A problem with the facts on which an approval rests: whose data, for whom, in which field, and what is said of the data."""
    words = f"{problem.data_ko}\0{problem.data_en}"
    return subjects.Subject(
        kind=KIND,
        uid=problem.uid,
        title_ko=problem.title_ko,
        title_en=problem.title_en,
        url=problems.problem_url(problem),
        organisation_id=problem.organisation_id,
        answerer_id=problem.owner_id,
        needs=problem.sensitivity == problems.Problem.Sensitivity.PERSONAL,
        facts={
            "sensitivity": problem.sensitivity,
            "audience": problem.audience,
            "industry": problem.industry,
            "data": hashlib.sha256(words.encode()).hexdigest(),
        },
    )


def _find(person: Any, uid: UUID) -> subjects.Subject:
    return described(problems.access_problem(person, uid))


def _load(uids: Iterable[UUID]) -> Iterable[subjects.Subject]:
    rows = problems.Problem.objects.select_related("challenge").filter(uid__in=list(uids))
    return [described(problem) for problem in rows]


def _may_answer(person: Any, uid: UUID) -> Decision:
    problem = problems.access_problem(person, uid)
    owns = problems.owns_problem(person, problem)
    return owns or problems.curates(person, problem) or owns
