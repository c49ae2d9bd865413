"""People for an opening: those who agreed to be found by its organisation, under names that mean nothing elsewhere.

Consent, wishes and applications are asked of the database at each look. A wish always limits, shown or not: who does not look for
this kind of work stands on no list. A skill orders only where its person shows it.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from dure.engines import recommending as engine
from dure.engines.evidence import Posterior
from dure.foundation import clock
from dure.people import api as people
from dure.talent.matching import offered
from dure.talent.matching.values import seeker_value
from dure.talent.models import Application, ApplyInvitation, ConsentGrant, Opening, Profile, SkillPosterior
from dure.talent.profiles.cards import Card
from dure.talent.profiles.computing import as_value
from dure.talent.profiles.consent import consenting_q, grants_for
from dure.talent.profiles.looking import Audience, shown_cards

FOUND: Final = ConsentGrant.Purpose.BE_FOUND


@dataclass(frozen=True, slots=True)
class Reason:
    """What is asked of one skill and the level that the person shows (0: none), both to be said in words."""

    skill: people.Skill
    asked: int
    is_must: bool
    shown: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the list: `key` stands for the person in this opening alone."""

    key: str
    card: Card
    reasons: tuple[Reason, ...]
    is_invited: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """All who fit an opening, in the order in which they are listed: their keys, the people behind them, and who was invited."""

    opening: Opening
    keys: Sequence[str]
    persons: Mapping[str, people.Person]
    invited: frozenset[str]


def standing(opening: Opening, *, reader: people.Person, by_hand: bool) -> Standing:
    """Everybody whom nothing rules out; a fixed number of queries. `by_hand` leaves the score away."""
    profiles = {key_of(opening, one.person): one for one in _profiles(opening, reader)}
    skills = {} if by_hand else _skills(opening, [one.person_id for one in profiles.values()])
    seekers = [seeker_value(one, skills.get(one.person_id, {}), key=key) for key, one in profiles.items()]
    wanted, now = offered.one(opening), clock.now()
    if by_hand:
        keys = sorted(one.key for one in seekers if not engine.refusals(one, wanted, now))
    else:
        found = engine.Pool.of(seekers).seekers_for(wanted, now=now, most=len(seekers))
        keys = [one.key for one in found]
    invited = {key for key, one in profiles.items() if one.is_invited}
    return Standing(opening, keys, {key: profiles[key].person for key in keys}, frozenset(invited))


def shown(on: Standing, keys: Collection[str], *, reader: people.Person) -> list[Candidate]:
    """The cards of these, each look written down where its person reads it. A fixed number of queries."""
    audience = Audience(reader, on.opening.organisation, FOUND)
    persons = {key: on.persons[key] for key in keys}
    cards = shown_cards(persons.values(), audience)
    wanted = list(on.opening.requirements.all())
    named = people.skills_named([one.skill for one in wanted])
    return [
        Candidate(key, cards[one.pk], _reasons(cards[one.pk], wanted, named), key in on.invited)
        for key, one in persons.items()
        if one.pk in cards
    ]


def key_of(opening: Opening, person: Any) -> str:
    """What stands for a person in one opening: nobody can follow it back, or match it with another opening's."""
    text = f"talent-candidate {opening.uid} {person.uid}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:24]


def _profiles(opening: Opening, reader: people.Person) -> Iterable[Any]:
    """Who agreed, looks for this kind of opening and has not applied; nobody finds themselves."""
    applied = Application.objects.filter(opening=opening).exclude(state="withdrawn")
    invited = ApplyInvitation.objects.filter(opening=opening, person_id=OuterRef("person_id"))
    return (
        Profile.objects.filter(consenting_q(FOUND, opening.organisation, person="person_id"))
        .filter(kinds__contains=[opening.kind])
        .exclude(Q(person_id=reader.pk) | Q(person__in=applied.values("person_id")))
        .annotate(is_invited=Exists(invited))
        .select_related("person")
    )


def _skills(opening: Opening, ids: Collection[int]) -> dict[int, dict[str, Posterior]]:
    """Of what the opening asks for: the posteriors of those of these people who show their skills."""
    grants = grants_for(FOUND, opening.organisation).filter(fields__contains=["skills"])
    rows = SkillPosterior.objects.filter(
        person_id__in=ids, skill__in=opening.requirements.values("skill")
    ).filter(person__in=grants.values("person_id"))
    found: dict[int, dict[str, Posterior]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[row.skill] = as_value(row)
    return found


def _reasons(card: Card, wanted: Sequence[Any], named: Mapping[str, people.Skill]) -> tuple[Reason, ...]:
    levels = {one.slug: one.level for one in card.skills}
    return tuple(Reason(named[one.skill], one.level, one.is_must, levels.get(one.skill, 0)) for one in wanted)
