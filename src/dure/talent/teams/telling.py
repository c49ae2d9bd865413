"""What people are told about teams."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

TEAMS: Final = notices.Group(26, _("Teams for problems"))
_kind = notices.kinds_under("talent", TEAMS)

ASKED: Final = _kind(
    "team_seat_asked",
    _("Somebody proposes me for a team"),
    _("You are proposed for a team: “%(name)s”. Nobody there knows who you are until all say yes."),
)
FREE: Final = _kind(
    "team_seat_free",
    _("A place is free in a team that I put together"),
    _("A place in your team is free: “%(name)s”. Have somebody else proposed, or withdraw it."),
)
FORMED: Final = _kind(
    "team_formed",
    _("A team of mine is formed"),
    _("Everybody said yes: the team for “%(name)s” is formed. You can read now who is in it."),
)
FELL_THROUGH: Final = _kind(
    "team_fell_through",
    _("A team that I put together falls through"),
    _("The team for “%(name)s” fell through: a place stayed free for too long."),
)
OVER: Final = _kind(
    "team_over",
    _("A team that I was proposed for does not come about"),
    _("The team for “%(name)s” does not come about. You are free for others."),
)


def tell_asked(seat: Any) -> None:
    notices.notify([seat.person], ASKED, url=f"/team-seats/{seat.uid}", params=_names(seat.proposal))


def tell_formed(proposal: Any, members: Iterable[people.Person]) -> None:
    told = [*members, *_owners(proposal)]
    notices.notify(told, FORMED, url=f"/team-proposals/{proposal.uid}", params=_names(proposal))


def tell_over(proposal: Any, persons: Iterable[people.Person]) -> None:
    notices.notify(persons, OVER, url="/me/team-seats", params=_names(proposal))


def tell_owner(kind: str, proposal: Any) -> None:
    """Tell whoever chose the team, and else whose need it is."""
    notices.notify(_owners(proposal), kind, url=f"/team-proposals/{proposal.uid}", params=_names(proposal))


def _owners(proposal: Any) -> list[people.Person]:
    return [proposal.made_by or proposal.problem.owner]


def _names(proposal: Any) -> dict[str, str]:
    problem = proposal.problem
    return {
        "name_ko": problem.title_ko or problem.title_en,
        "name_en": problem.title_en or problem.title_ko,
    }
