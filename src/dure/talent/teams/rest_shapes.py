"""What REST says of teams."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from dure.foundation.rest import OfferOut, Text, offers_out
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamNeed, TeamProposal, TeamSeat
from dure.talent.teams import entering, queries, rules, showing
from dure.talent.teams.needing import Sought


class TeamSkillOut(Schema):
    """A skill by its slug, and the level that somebody of the team should have."""

    skill: str
    level: int


class TeamNeedOut(Schema):
    """What is looked for. `target`, in percent: from this cover on a smaller team is better than a surer one."""

    skills: list[TeamSkillOut]
    suggested: list[TeamSkillOut]
    least: int
    most: int
    target: int


class TeamSkillIn(Schema):
    skill: Annotated[Text, Field(max_length=60)]
    level: Annotated[int, Field(ge=1, le=4)]


class TeamNeedIn(Schema):
    """All of it; what stood there before is replaced."""

    skills: Annotated[list[TeamSkillIn], Field(max_length=50)]
    least: Annotated[int, Field(ge=0, le=100)] = 2
    most: Annotated[int, Field(ge=0, le=100)] = 5
    target: Annotated[int, Field(ge=0, le=100)] = 80


class TeamLeadOut(Schema):
    """A skill that somebody covers, the level looked for, and the one that their card shows (0: none)."""

    skill: str
    level: int
    shown: int


class TeamMemberOut(Schema):
    """Somebody without a name; `candidate` stands for them in this need alone."""

    candidate: str
    pseudonym: str
    leads: list[TeamLeadOut]


class TeamCoverageOut(Schema):
    """A skill, the level looked for, and how sure it is that somebody of the team has it, in words."""

    skill: str
    level: int
    words: str
    is_missing: bool


class TeamKindOut(Schema):
    """How many people come from a kind of organisation."""

    kind: str
    count: int


class ProposedTeamOut(Schema):
    """A team that there is now. `team` names it when it is chosen; `is_exact`: no other team scores higher."""

    team: str
    cover: str
    is_mixed: bool
    is_exact: bool
    members: list[TeamMemberOut]
    coverage: list[TeamCoverageOut]
    kinds: list[TeamKindOut]


class TeamsOut(Schema):
    """The best teams now, and how many people can be proposed at all."""

    count: int
    items: list[ProposedTeamOut]


class TeamChoiceIn(Schema):
    """`team` as it stands in the list; people answer until the end of that day."""

    team: Annotated[Text, Field(max_length=400)]
    until: date


class TeamUntilIn(Schema):
    until: date


class TeamNameOut(Schema):
    """A member of a team that is formed, with the slugs of their organisations."""

    name: str
    organisations: list[str]


class TeamProposalOut(Schema):
    uid: UUID
    problem: UUID
    state: str
    size: int
    created_at: datetime


class TeamAskedOut(TeamMemberOut):
    """A seat as whoever looks for the team reads it."""

    state: str
    due_at: datetime
    reason: str


class TeamEntrantOut(Schema):
    """Where a member stands in the challenge: in the team, invited into it, in another team, or nowhere yet."""

    name: str
    place: problems.Place


class TeamEntryOut(Schema):
    """The team in the challenge ("" before somebody has entered); `refused`: why the caller may not enter, or ""."""

    challenge: str
    team: str
    refused: str
    members: list[TeamEntrantOut]


class TeamEnterIn(Schema):
    """How the team is called in the challenge; empty takes your own name."""

    name: Annotated[Text, Field(max_length=60)] = ""


class TeamProposalDetail(TeamProposalOut):
    """`members` has names once the team is formed, `asked` cards without names before.

    `entry` is for the members of a team that is formed, while the challenge is open.
    """

    cover: str
    free: int
    coverage: list[TeamCoverageOut]
    kinds: list[TeamKindOut]
    asked: list[TeamAskedOut]
    members: list[TeamNameOut]
    entry: TeamEntryOut | None
    actions: list[OfferOut]


class TeamActIn(Schema):
    """`withdraw` with a reason."""

    action: Annotated[Text, Field(max_length=20)]
    reason: Annotated[Text, Field(max_length=2000)] = ""


class TeamSeatOut(Schema):
    uid: UUID
    state: str
    problem: UUID
    title_ko: str
    title_en: str
    due_at: datetime


class TeamOwnOut(Schema):
    """A skill that is looked for, and the probability, in percent, that your evidence gives."""

    skill: str
    level: int
    percent: int
    is_lead: bool


class TeamSeatDetail(TeamSeatOut):
    """What you would cover, and who else is asked; names once the team is formed."""

    skills: list[TeamOwnOut]
    others: int
    kinds: list[TeamKindOut]
    members: list[TeamNameOut]
    actions: list[OfferOut]


class TeamSeatActIn(Schema):
    """`accept`, or `decline` with a reason if you like."""

    action: Annotated[Text, Field(max_length=20)]
    reason: Annotated[Text, Field(max_length=1000)] = ""


def need_out(need: TeamNeed, skills: list[Sought], suggested: list[Any]) -> dict[str, Any]:
    return {
        "skills": [_sought(one) for one in skills],
        "suggested": [_sought(one) for one in suggested],
        "least": need.least,
        "most": need.most,
        "target": need.target,
    }


def _sought(one: Any) -> dict[str, Any]:
    return {"skill": one.skill.slug, "level": one.level}


def team_out(one: showing.Shown) -> dict[str, Any]:
    return {
        "team": one.team,
        "cover": one.cover,
        "is_mixed": one.is_mixed,
        "is_exact": one.is_exact,
        "members": [_member(member.key, member.card, member.leads) for member in one.members],
        "coverage": [_coverage(row) for row in one.coverage],
        "kinds": _kinds(one.kinds),
    }


def _member(key: str, card: Any, leads: Any) -> dict[str, Any]:
    named = [_sought(lead.sought) | {"shown": lead.shown} for lead in leads]
    return {"candidate": key, "pseudonym": card.pseudonym, "leads": named}


def _coverage(row: showing.Coverage) -> dict[str, Any]:
    return _sought(row.sought) | {"words": row.words, "is_missing": row.is_missing}


def _kinds(kinds: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    return [{"kind": kind, "count": count} for kind, count in kinds]


def proposal_out(one: TeamProposal) -> dict[str, Any]:
    names = ("uid", "state", "size", "created_at")
    return {name: getattr(one, name) for name in names} | {"problem": one.problem.uid}


def detail_out(request: HttpRequest, one: TeamProposal, person: people.Person) -> dict[str, Any]:
    found = queries.detail(one, reader=person)
    seeks = rules.seeks_proposal(person, one)
    return proposal_out(one) | {
        "cover": found.cover,
        "free": found.free,
        "coverage": [_coverage(row) for row in found.coverage],
        "kinds": _kinds(found.kinds),
        "asked": [_asked(row) for row in found.rows],
        "members": [_name(member) for member in found.named],
        "entry": _entry(entering.entry_for(one, reader=person)),
        "actions": offers_out(request, one) if seeks else [],
    }


def _entry(one: entering.Entry | None) -> dict[str, Any] | None:
    if one is None:
        return None
    places = [{"name": row.person.name, "place": row.place} for row in one.rows]
    refused = one.refused.reason if one.refused is not None else ""
    return {"challenge": one.challenge.slug, "team": one.team, "refused": refused, "members": places}


def _asked(row: queries.Row) -> dict[str, Any]:
    seat = {name: getattr(row.seat, name) for name in ("state", "due_at", "reason")}
    return _member(row.seat.key, row.card, row.leads) | seat


def _name(one: queries.Named) -> dict[str, Any]:
    return {"name": one.person.name, "organisations": [home.slug for home in one.organisations]}


def seat_out(seat: TeamSeat) -> dict[str, Any]:
    problem = seat.proposal.problem
    return {name: getattr(seat, name) for name in ("uid", "state", "due_at")} | {
        "problem": problem.uid,
        "title_ko": problem.title_ko,
        "title_en": problem.title_en,
    }


def seat_detail_out(request: HttpRequest, seat: TeamSeat) -> dict[str, Any]:
    view = queries.seat_view(seat)
    return seat_out(seat) | {
        "skills": [
            _sought(one.sought) | {"percent": one.percent, "is_lead": one in view.leads}
            for one in view.sought
        ],
        "others": view.others,
        "kinds": _kinds(view.kinds),
        "members": [_name(one) for one in view.named],
        "actions": offers_out(request, seat),
    }
