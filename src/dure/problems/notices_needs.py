"""What people are told about a need on its way. Kinds are registered on import; recipients are found when something happens."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.problems.notice_groups import HOSTING, NEEDS, OPERATION, TAKING_PART, kinds_under
from dure.problems.recipients import by_words, owners, secretaries, title_words
from dure.problems.rules import helps

_to_owners = kinds_under(NEEDS)
_to_helpers = kinds_under(OPERATION, only=helps)
_to_curators = kinds_under(HOSTING)
_to_participants = kinds_under(TAKING_PART)

POSTED = _to_helpers("need_posted", _("A need is posted"), _("A new need waits for triage: “%(title)s”."))
ASKED = _to_owners(
    "need_asked", _("Questions about my need"), _("The secretariat has a question about “%(title)s”.")
)
ANSWERED = _to_helpers("need_answered", _("An owner answers"), _("The owner of “%(title)s” has answered."))
SAID = _to_owners("need_said", _("A message about a need"), _("%(by)s writes about “%(title)s”."))
ACCEPTED = _to_owners("need_accepted", _("My need is accepted"), _("“%(title)s” is accepted."))
CURATING = _to_curators("need_curating", _("I become curator"), _("You are the curator of “%(title)s”."))
DECLINED = _to_owners(
    "need_declined", _("My need is declined"), _("“%(title)s” is declined; the reason stands there.")
)
MERGED = _to_owners(
    "need_merged",
    _("My need is merged into another"),
    _("“%(title)s” will be worked on together with a need like it; the secretariat stays in touch."),
)
WITHDRAWN = _to_helpers("need_withdrawn", _("A need is withdrawn"), _("The owner has withdrawn “%(title)s”."))
DELIVERED = _to_owners(
    "need_delivered", _("A solution for my need"), _("A solution for “%(title)s” is there: try it out.")
)
RETURNED = _to_helpers(
    "need_returned", _("A solution comes back to the curator"), _("The owner of “%(title)s” found defects.")
)
SOLVED = _to_helpers("need_solved", _("A need is solved"), _("The owner says: “%(title)s” is solved."))
UNSOLVED = _to_owners(
    "need_unsolved",
    _("A need ends without a solution"),
    _("“%(title)s” is closed without a solution; the reason stands there."),
)
WAITS = _to_owners("need_waits", _("A need waits for me"), _("“%(title)s” has waited for five working days."))
TERMS = _to_participants(
    "need_terms",
    _("New terms to accept"),
    _("The terms of “%(title)s” have changed: please read and accept them."),
)


def url_of(problem: Any) -> str:
    return f"/problems/{problem.uid}"


def tell(found: Iterable[Any], kind: str, problem: Any, *, by: Any = None) -> None:
    """Tell these people; whoever did it is left out."""
    words = title_words(problem)
    if by is not None and by.pk is not None:
        words |= by_words(by)
    listed = [person for person in found if by is None or person.pk != by.pk]
    notices.notify(listed, kind, url=url_of(problem), params=words)


def tell_owners(kind: str, problem: Any, *, by: Any = None) -> None:
    tell(owners(problem), kind, problem, by=by)


def tell_secretariat(kind: str, problem: Any, *, by: Any = None) -> None:
    """The secretariat, and the curator where there is one."""
    tell(helpers(problem), kind, problem, by=by)


def helpers(problem: Any) -> list[Any]:
    return [*secretaries(), *([problem.curator] if problem.curator else [])]
