"""A team as its owner reads it: cards without names, who covers what at which level in words, and what nobody covers.

How probable it is that one person has a level is shown to nobody but them; of a team only how much of ten the whole comes to.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dure.engines import teams as engine
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.profiles.cards import Card
from dure.talent.profiles.looking import Audience, shown_cards
from dure.talent.teams import words
from dure.talent.teams.needing import Sought, named
from dure.talent.teams.pool import TEAMS, Pool


@dataclass(frozen=True, slots=True)
class Lead:
    """A skill that a member covers, with the level asked for and the one that their card shows (0: none)."""

    sought: Sought
    shown: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody without a name, and what of the need is theirs."""

    key: str
    card: Card
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A skill that is looked for and how sure it is that somebody of the team has it, in words."""

    sought: Sought
    words: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole team. `team` names it in a form; `kinds` counts kinds of organisations that its people come from."""

    team: str
    members: tuple[Member, ...]
    coverage: tuple[Coverage, ...]
    cover: str
    kinds: tuple[tuple[str, int], ...]
    is_mixed: bool
    is_exact: bool


def shown(
    problem: problems.Problem,
    need: engine.Need,
    found: Sequence[engine.Proposal],
    pool: Pool,
    *,
    reader: people.Person,
) -> list[Shown]:
    """These teams, each look at a card written down where its person reads it. A fixed number of queries."""
    assert problem.organisation is not None  # noqa: S101 - the rules let nobody look for a team otherwise
    everybody = {pool.persons[one.key] for proposal in found for one in proposal.team.members}
    cards = shown_cards(everybody, Audience(reader, problem.organisation, TEAMS))
    skills = named([(one.skill, one.level) for one in need.requirements])
    cards_by_key = {key: cards[one.pk] for key, one in pool.persons.items() if one.pk in cards}
    return [
        _shown(one, need, skills, cards_by_key, [pool.homes[key] for key in one.team.keys])
        for one in found
        if one.team.keys <= cards_by_key.keys()
    ]


def kinds_of(homes: Iterable[Sequence[people.Organisation]]) -> tuple[tuple[str, int], ...]:
    """How many people come from which kind of organisation, without the names of any; the largest number first."""
    counted = Counter(words.kind(one) for one in homes)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def coverage_of(
    need: engine.Need, team: engine.Team, skills: Sequence[Sought]
) -> tuple[tuple[Coverage, ...], str]:
    """Skill by skill, and the whole, in words."""
    by_slug = {one.skill.slug: one for one in skills}
    reasons = [one for one in engine.covered(team, need) if one.requirement.skill in by_slug]
    rows = tuple(
        Coverage(by_slug[one.requirement.skill], words.chance(one.chance), one.is_missing) for one in reasons
    )
    return rows, words.cover(_cover(reasons))


def _cover(reasons: Iterable[engine.Covered]) -> Fraction:
    whole = Fraction(1)
    for one in reasons:
        whole *= one.chance
    return whole


def _shown(
    one: engine.Proposal,
    need: engine.Need,
    skills: Sequence[Sought],
    cards: Mapping[str, Card],
    homes: Sequence[Sequence[people.Organisation]],
) -> Shown:
    coverage, cover = coverage_of(need, one.team, skills)
    return Shown(
        ",".join(sorted(one.team.keys)),
        members_of(need, one.team, skills, cards),
        coverage,
        cover,
        kinds_of(homes),
        one.team.is_mixed,
        one.is_exact,
    )


def members_of(
    need: engine.Need, team: engine.Team, skills: Sequence[Sought], cards: Mapping[str, Card]
) -> tuple[Member, ...]:
    """Each with the skills that nobody else of the team is likelier to have."""
    by_slug: dict[str, Any] = {one.skill.slug: one for one in skills}
    return tuple(
        Member(
            part.key,
            cards[part.key],
            tuple(
                Lead(by_slug[lead.skill], _level(cards[part.key], lead.skill))
                for lead in part.leads
                if lead.skill in by_slug
            ),
        )
        for part in engine.parts(team, need)
    )


def _level(card: Card, skill: str) -> int:
    return next((one.level for one in card.skills if one.slug == skill), 0)
