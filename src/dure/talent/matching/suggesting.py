"""Openings for one person: constraints first, then the score, with its reasons, what is missing and what would alter the order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from django.db.models import Exists, OuterRef

from dure.engines import evidence
from dure.engines import recommending as engine
from dure.foundation import clock
from dure.learn import api as learn
from dure.people import api as people
from dure.talent.applications.queries import applied_q
from dure.talent.matching import leaving_out, offered
from dure.talent.matching.values import seeker_value
from dure.talent.models import ConsentGrant, Evidence, Opening, Profile
from dure.talent.profiles import gathering
from dure.talent.profiles.consent import grants_for
from dure.talent.profiles.facts import by_skill

MOST: Final = 10
SPARE: Final = 10
"""So many more are read anew, should some of the first ones have closed or filled since the board was built."""
MOST_COURSES: Final = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One reason: what is asked, how probable it is, and the person's own facts behind that."""

    skill: people.Skill
    level: int
    is_must: bool
    probability: float
    facts: tuple[Evidence, ...]

    @property
    def percent(self) -> int:
        """In whole percents, 1 to 99: it is never sure."""
        return min(max(round(100 * self.probability), 1), 99)


@dataclass(frozen=True, slots=True)
class Missing:
    """A needed level that is less likely there than not, and open courses that lead to it."""

    skill: people.Skill
    level: int
    courses: tuple[learn.Course, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One more fact that would put an opening above the one before it."""

    skill: people.Skill
    level: int
    kind: str
    above: Opening


@dataclass(frozen=True, slots=True)
class Match:
    """An opening with why it stands where it stands. `predicted` is the probability that every needed level is there."""

    opening: Opening
    score: float
    predicted: float
    terms: tuple[Term, ...]
    missing: tuple[Missing, ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """The best openings for a person.

    `left_out` counts what they would see besides if they widened one of their wishes. `is_counted`: they agreed to be measured.
    """

    profile: Profile | None
    found: tuple[Match, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the person, read once."""

    person: people.Person
    seeker: engine.Seeker
    rows: Mapping[str, Sequence[Evidence]]
    facts: Mapping[str, Sequence[evidence.Fact]]


def is_ready(profile: Profile | None) -> bool:
    """Whether anything can be suggested: a kind of opening, and a place or remote work, are wishes that nobody makes for one."""
    return profile is not None and bool(profile.kinds) and bool(profile.regions or profile.remote)


def matches_of(person: people.Person) -> Matches:
    """The best openings for a person as they stand now; a fixed number of queries."""
    profile = _profile(person)
    if profile is None or not is_ready(profile):
        return Matches(profile)
    if gathering.is_stale(profile):
        gathering.gather(person)
    known, now = _known(person, profile), clock.now()
    on = offered.board()
    places = on.board.openings_for(known.seeker, now=now, most=MOST + SPARE)
    fresh = offered.fresh([one.key for one in places]).values()
    fitting = [one for one in fresh if not engine.refusals(known.seeker, one.value, now)]
    left_out = leaving_out.counts(on, known.seeker, now)
    return Matches(profile, _explained(known, fitting), left_out, is_counted=profile.is_counted)


def _profile(person: people.Person) -> Any:
    """The person's wishes, and whether they agreed to be counted; one query."""
    agreed = Exists(grants_for(ConsentGrant.Purpose.MEASURE, None).filter(person_id=OuterRef("person_id")))
    return Profile.objects.filter(person_id=person.pk).annotate(is_counted=agreed).first()


def _known(person: people.Person, profile: Profile) -> _Known:
    rows = list(Evidence.objects.filter(person_id=person.pk, state="standing"))
    found = by_skill(rows)
    skills = {skill: evidence.posterior(facts, clock.today()) for skill, facts in found.items()}
    applied = Opening.objects.filter(applied_q(person)).order_by().values_list("uid", flat=True)
    seeker = seeker_value(profile, skills, applied={str(uid) for uid in applied})
    by_name: dict[str, list[Evidence]] = {}
    for row in rows:
        by_name.setdefault(row.skill, []).append(row)
    return _Known(person, seeker, by_name, found)


def _explained(known: _Known, fitting: Iterable[offered.Fresh]) -> tuple[Match, ...]:
    """In the order of the engine: by score, then the one that closes first, then the lower key."""
    scored = [(engine.score(known.seeker, one.value), one) for one in fitting]
    scored.sort(key=lambda pair: (-pair[0], pair[1].value.closes, pair[1].value.key))
    best = [one for _score, one in scored[:MOST]]
    named = people.skills_named({wanted.skill for one in best for wanted in one.value.requirements})
    teaching = learn.courses_teaching(known.person, named)
    found = [_match(known, one, named, teaching) for one in best]
    changes = [None, *(_change(known, lower, upper, named) for upper, lower in pairwise(best))]
    return tuple(replace(match, change=change) for match, change in zip(found, changes, strict=False))


def _match(
    known: _Known,
    one: offered.Fresh,
    named: Mapping[str, people.Skill],
    teaching: Mapping[str, Sequence[Any]],
) -> Match:
    reasons = engine.reasons(known.seeker, one.value)
    return Match(
        opening=one.row,
        score=engine.score_of(reasons),
        predicted=engine.able(reasons),
        terms=tuple(_term(known, reason, named[reason.requirement.skill]) for reason in reasons),
        missing=tuple(_missing(reason.requirement, named, teaching) for reason in engine.missing(reasons)),
    )


def _term(known: _Known, reason: engine.Reason, skill: people.Skill) -> Term:
    wanted = reason.requirement
    facts = tuple(known.rows.get(wanted.skill, ()))
    return Term(skill, wanted.level, wanted.is_must, reason.probability, facts)


def _missing(
    wanted: engine.Requirement,
    named: Mapping[str, people.Skill],
    teaching: Mapping[str, Sequence[Any]],
) -> Missing:
    """With the courses that reach the level, the least that does first."""
    reach = [one.course for one in teaching.get(wanted.skill, ()) if one.level >= wanted.level]
    return Missing(named[wanted.skill], wanted.level, tuple(reach[:MOST_COURSES]))


def _change(
    known: _Known, lower: offered.Fresh, upper: offered.Fresh, named: Mapping[str, people.Skill]
) -> Change | None:
    found = engine.change_of_openings(
        known.seeker, known.facts, lower=lower.value, upper=upper.value, today=clock.today()
    )
    return Change(named[found.skill], found.level, found.kind, upper.row) if found else None
