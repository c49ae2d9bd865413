"""How pages, routes and tasks get what hangs on a need, by who asks. What one may not see does not exist."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, Role, demand, has_role
from dure.problems import rules_needs
from dure.problems.access import access_problem
from dure.problems.models import Attachment, Problem


def access_insider(person: Any, uid: UUID | str) -> Problem:
    """A need for its insiders. For everybody else its inside does not exist, also where they see the need."""
    problem = access_problem(person, uid)
    if not rules_needs.is_insider(person, problem):
        raise Hidden(uid)
    return problem


def access_attachment(person: Any, problem_uid: UUID | str, uid: UUID | str) -> Attachment:
    """A file of a need. Those who see the need but not its files are told why."""
    problem = access_problem(person, problem_uid)
    file = Attachment.objects.filter(problem=problem, uid=uid).select_related("problem", "blob").first()
    if file is None:
        raise Hidden(uid)
    demand(rules_needs.may_read_files(person, problem))
    return file


def access_triage(person: Any) -> None:
    """The queue is the secretariat's; the auditor reads it. For others it does not exist."""
    if not has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        raise Hidden("triage")
