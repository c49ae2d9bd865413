"""What people are told about a need on its way. Kinds are registered on import; recipients are found when something happens."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.notices import Group
from dure.problems.notice_groups import HOSTING, NEEDS, OPERATION, TAKING_PART
from dure.problems.recipients import owners, secretaries, title_words
from dure.problems.rules import helps


def _kind(
    key: str, label: Any, sentence: Any, *, group: Group = NEEDS, only: Callable[[Any], bool] | None = None
) -> str:
    return notices.register_kind(f"problems.{key}", label, sentence, group=group, only=only)


POSTED = _kind(
    "need_posted",
    _("A need is posted"),
    _("A new need waits for triage: “%(title)s”."),
    group=OPERATION,
    only=helps,
)
ASKED = _kind(
    "need_asked", _("Questions about my need"), _("The secretariat has a question about “%(title)s”.")
)
ANSWERED = _kind(
    "need_answered",
    _("An owner answers"),
    _("The owner of “%(title)s” has answered."),
    group=OPERATION,
    only=helps,
)
SAID = _kind("need_said", _("A message about a need"), _("%(by)s writes about “%(title)s”."))
ACCEPTED = _kind("need_accepted", _("My need is accepted"), _("“%(title)s” is accepted."))
CURATING = _kind(
    "need_curating", _("I become curator"), _("You are the curator of “%(title)s”."), group=HOSTING
)
DECLINED = _kind(
    "need_declined", _("My need is declined"), _("“%(title)s” is declined; the reason stands there.")
)
MERGED = _kind(
    "need_merged",
    _("My need is merged into another"),
    _("“%(title)s” will be worked on together with a need like it; the secretariat stays in touch."),
)
WITHDRAWN = _kind(
    "need_withdrawn",
    _("A need is withdrawn"),
    _("The owner has withdrawn “%(title)s”."),
    group=OPERATION,
    only=helps,
)
DELIVERED = _kind(
    "need_delivered", _("A solution for my need"), _("A solution for “%(title)s” is there: try it out.")
)
RETURNED = _kind(
    "need_returned",
    _("A solution comes back to the curator"),
    _("The owner of “%(title)s” found defects."),
    group=OPERATION,
    only=helps,
)
SOLVED = _kind(
    "need_solved",
    _("A need is solved"),
    _("The owner says: “%(title)s” is solved."),
    group=OPERATION,
    only=helps,
)
UNSOLVED = _kind(
    "need_unsolved",
    _("A need ends without a solution"),
    _("“%(title)s” is closed without a solution; the reason stands there."),
)
WAITS = _kind("need_waits", _("A need waits for me"), _("“%(title)s” has waited for five working days."))
TERMS = _kind(
    "need_terms",
    _("New terms to accept"),
    _("The terms of “%(title)s” have changed: please read and accept them."),
    group=TAKING_PART,
)


def url_of(problem: Any) -> str:
    return f"/problems/{problem.uid}"


def tell(found: Iterable[Any], kind: str, problem: Any, *, by: Any = None) -> None:
    """Tell these people; whoever did it is left out."""
    words = title_words(problem)
    if by is not None and by.pk is not None:
        words |= {"by_ko": by.name_ko or by.name_en, "by_en": by.name_en or by.name_ko}
    listed = [person for person in found if by is None or person.pk != by.pk]
    notices.notify(listed, kind, url=url_of(problem), params=words)


def tell_owners(kind: str, problem: Any, *, by: Any = None) -> None:
    tell(owners(problem), kind, problem, by=by)


def tell_secretariat(kind: str, problem: Any, *, by: Any = None) -> None:
    """The secretariat, and the curator where there is one."""
    tell(helpers(problem), kind, problem, by=by)


def helpers(problem: Any) -> list[Any]:
    return [*secretaries(), *([problem.curator] if problem.curator else [])]
