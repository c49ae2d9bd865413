"""Reads of chosen teams and of seats for pages and REST, each a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dure.engines import teams as engine
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamProposal, TeamSeat
from dure.talent.profiles.cards import Card
from dure.talent.profiles.looking import Audience, shown_cards
from dure.talent.teams import showing
from dure.talent.teams.choosing import engine_need
from dure.talent.teams.needing import Sought, named
from dure.talent.teams.pool import TEAMS, organisations_of, standing


@dataclass(frozen=True, slots=True)
class Row:
    """A seat as the owner reads it: the card without a name, and what of the need is that person's while they stand."""

    seat: TeamSeat
    card: Card
    leads: tuple[showing.Lead, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A member of a team that is formed, with the organisations that they belong to."""

    person: people.Person
    organisations: Sequence[people.Organisation]


@dataclass(frozen=True, slots=True)
class Detail:
    """A chosen team: what its standing people cover, who was asked, how many places are free; names once it is formed."""

    coverage: tuple[showing.Coverage, ...]
    cover: str
    kinds: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    free: int
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A skill that one would cover, with the probability that one's evidence gives, in percent."""

    sought: Sought
    percent: int


@dataclass(frozen=True, slots=True)
class SeatView:
    """What somebody reads who was asked: what they would cover, what all is looked for, and who else there is, without names."""

    leads: tuple[Own, ...]
    sought: tuple[Own, ...]
    others: int
    kinds: tuple[tuple[str, int], ...]
    named: tuple[Named, ...]


def chosen(problem: problems.Problem) -> "QuerySet[TeamProposal]":
    """Teams that were chosen for a need, the latest first. For who looks for them."""
    return TeamProposal.objects.filter(problem=problem).select_related("problem__organisation")


def mine(person: Any) -> "QuerySet[TeamSeat]":
    """One's own seats, the latest first."""
    rows = TeamSeat.objects.visible_to(person).select_related("proposal__problem__organisation")
    return rows.order_by("-pk")


def detail(proposal: TeamProposal, *, reader: people.Person) -> Detail:
    """For who looks for the team, or is in it once it is formed."""
    seats = _standing(proposal)
    team, need, sought = _team(proposal, seats)
    coverage, cover = showing.coverage_of(need, team, sought)
    homes = organisations_of([seat.person_id for seat in seats])
    is_formed = proposal.state == "formed"
    return Detail(
        coverage=coverage,
        cover=cover if seats else "",
        kinds=showing.kinds_of([homes.get(seat.person_id, []) for seat in seats]),
        rows=() if is_formed else _rows(proposal, need, team, sought, reader),
        free=max(proposal.size - len(seats), 0) if proposal.state == "proposed" else 0,
        named=_named(seats, homes) if is_formed else (),
    )


def seat_view(seat: TeamSeat) -> SeatView:
    """For its person."""
    proposal = seat.proposal
    seats = _standing(proposal)
    team, need, sought = _team(proposal, seats)
    percents = dict(zip((one.skill.slug for one in sought), seat.percents, strict=False))
    part = next((one for one in engine.parts(team, need) if one.key == seat.key), None) if seats else None
    led = {one.skill for one in part.leads} if part else set()
    own = tuple(Own(one, percents[one.skill.slug]) for one in sought if one.skill.slug in percents)
    others = [one for one in seats if one.person_id != seat.person_id]
    homes = organisations_of([one.person_id for one in seats])
    is_formed = proposal.state == "formed" and seat.state == "accepted"
    return SeatView(
        leads=tuple(one for one in own if one.sought.skill.slug in led),
        sought=own,
        others=proposal.size - 1,
        kinds=showing.kinds_of([homes.get(one.person_id, []) for one in others]),
        named=_named(seats, homes) if is_formed else (),
    )


def _standing(proposal: TeamProposal) -> list[TeamSeat]:
    """Who is in a team that is formed; before, who waits or said yes and still agrees to be proposed."""
    rows = proposal.seats.select_related("person").order_by("pk")
    if proposal.state == "formed":
        return list(rows.filter(state="accepted"))
    return list(standing(rows))


def _team(proposal: TeamProposal, seats: Sequence[TeamSeat]) -> tuple[engine.Team, engine.Need, list[Sought]]:
    need = engine_need(proposal.skills, proposal.least, proposal.most, proposal.target)
    members = [engine.Candidate(seat.key, tuple(seat.percents), is_open=True) for seat in seats]
    return engine.team_of(need, members), need, named(proposal.skills)


def _rows(
    proposal: TeamProposal,
    need: engine.Need,
    team: engine.Team,
    sought: Sequence[Sought],
    reader: people.Person,
) -> tuple[Row, ...]:
    """Whoever no longer agrees to be shown has no card, and stands here no more."""
    seats = list(proposal.seats.exclude(state="released").select_related("person"))
    organisation = proposal.problem.organisation
    assert organisation is not None  # noqa: S101 - the rules let nobody choose a team otherwise
    cards = shown_cards([seat.person for seat in seats], Audience(reader, organisation, TEAMS))
    by_key = {seat.key: cards[seat.person_id] for seat in seats if seat.person_id in cards}
    leads: Mapping[str, Any] = {one.key: one.leads for one in showing.members_of(need, team, sought, by_key)}
    return tuple(Row(seat, by_key[seat.key], leads.get(seat.key, ())) for seat in seats if seat.key in by_key)


def _named(
    seats: Sequence[TeamSeat], homes: Mapping[int, Sequence[people.Organisation]]
) -> tuple[Named, ...]:
    return tuple(Named(seat.person, homes.get(seat.person_id, ())) for seat in seats)
