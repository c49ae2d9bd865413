"""Reads of evidence for its person's pages and REST, each a fixed number of queries."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet

from dure.engines import evidence as engine
from dure.engines.skills import LEVELS
from dure.foundation import clock
from dure.learn import api as learn
from dure.people import api as people
from dure.talent.models import AccessEntry, ConsentGrant, DeletionReceipt, Endorsement, Evidence, Profile
from dure.talent.profiles import gathering, record, words
from dure.talent.profiles.facts import fact_of
from dure.talent.profiles.visibility import contested_q

WIDE: Final = 1.96
"""Standard deviations on either side that hold 95 % of a normal posterior."""
MOST_TEACH: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One fact with what it has to do with the level; `weight` is empty where it does not count."""

    row: Evidence
    detail: str
    weight: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A skill of a person: the posterior, its 95 % interval within the scale of levels, and each fact, the weightiest first."""

    skill: people.Skill
    posterior: engine.Posterior
    items: tuple[Item, ...]
    criteria: tuple[str, ...]
    teaches: tuple[Any, ...]

    @property
    def level(self) -> int:
        return engine.shown_level(self.posterior)

    @property
    def next_level(self) -> int | None:
        return self.level + 1 if self.level < LEVELS[-1] else None

    @property
    def low(self) -> float:
        return max(self.posterior.mean - WIDE * math.sqrt(self.posterior.variance), 0.0)

    @property
    def high(self) -> float:
        return min(self.posterior.mean + WIDE * math.sqrt(self.posterior.variance), float(LEVELS[-1]))


def fresh(person: people.Person) -> None:
    """Begin the person's record at their first visit, and gather what may have changed."""
    if gathering.is_stale(record.begin(person)):
        gathering.gather(person)


def begun(person: people.Person) -> None:
    """The same for whoever is about to show their skills and has never opened their evidence: else they would show none."""
    if record.of(person) is None:
        fresh(person)
        # What happens before this record is committed finds none to note it in, so the clock gathers once more.
        gathering.hear(str(person.uid))


def lines_of(person: people.Person) -> list[Line]:
    """Every skill with evidence, the surest level first, then in the order of the catalogue; five queries."""
    rows: dict[str, list[Evidence]] = {}
    for row in Evidence.objects.filter(person=person):
        rows.setdefault(row.skill, []).append(row)
    named = people.skills_named(rows)
    teaching = learn.courses_teaching(person, named)
    verifiers = _verifiers(person)
    lines = [_line(skill, rows[slug], teaching[slug], verifiers) for slug, skill in named.items()]
    return sorted(lines, key=lambda line: (-line.level, -line.posterior.mean))


def line_of(person: people.Person, skill: people.Skill) -> Line:
    """One of them, also where nothing is known of it."""
    rows = list(Evidence.objects.filter(person=person, skill=skill.slug))
    teaching = learn.courses_teaching(person, [skill.slug])
    return _line(skill, rows, teaching[skill.slug], _verifiers(person))


def _line(
    skill: people.Skill, rows: Sequence[Evidence], teaching: Iterable[Any], verifiers: Mapping[str, Any]
) -> Line:
    standing = [fact_of(row) for row in rows if row.state == "standing"]
    terms = {term.key: term for term in engine.terms(standing, clock.today())}
    posterior = engine.posterior(standing, clock.today())
    above = engine.shown_level(posterior) + 1
    items = [_item(row, terms.get(str(row.uid)), verifiers.get(row.source)) for row in _ordered(rows, terms)]
    criteria = tuple(skill.criteria(above)) if above in LEVELS else ()
    leads = tuple(one for one in teaching if one.level >= above)[:MOST_TEACH]
    return Line(skill, posterior, tuple(items), criteria, leads)


def _ordered(rows: Iterable[Evidence], terms: Mapping[str, engine.Term]) -> list[Evidence]:
    """Those that weigh most first; what does not count last."""
    shares = {key: term.share for key, term in terms.items()}
    return sorted(rows, key=lambda row: (-shares.get(str(row.uid), -1.0), -row.at.timestamp(), row.pk))


def _item(row: Evidence, term: engine.Term | None, verifier: Any) -> Item:
    if term is None:
        return Item(row, words.detail(row, verifier), "", ())
    return Item(row, words.detail(row, verifier), words.weight(term), tuple(words.limits(row)))


def _verifiers(person: people.Person) -> dict[str, Any]:
    """Who gave which endorsement, by its uid as text."""
    given = Endorsement.objects.filter(person=person, state="given").select_related("verifier")
    return {str(row.uid): row.verifier for row in given}


def beside(row: Evidence) -> Line:
    """The skill of one fact with all that counts there."""
    return line_of(row.person, people.skills_named([row.skill])[row.skill])


def profile_of(person: people.Person) -> Profile:
    """What this person looks for; an empty one that is not kept where they never said."""
    return record.of(person) or Profile(person=person, keep_until=record.kept_until())


def contested(person: Any) -> "QuerySet[Evidence]":
    """What waits for this person's decision, the longest first."""
    return Evidence.objects.filter(contested_q(person)).select_related("person").order_by("state_since", "pk")


def asked_of(person: people.Person) -> "QuerySet[Endorsement]":
    """What others ask this person for and what they answered, open requests first."""
    rows = Endorsement.objects.filter(verifier=person).select_related("person", "verifier")
    return rows.order_by(F("decided_at").desc(nulls_first=True), "-pk")


def asked_by(person: people.Person) -> "QuerySet[Endorsement]":
    """What this person asked others for, the last first."""
    return Endorsement.objects.filter(person=person).select_related("person", "verifier").order_by("-pk")


def grants(person: people.Person) -> "QuerySet[ConsentGrant]":
    """Each yes that was not taken back, those that ran out too, the last first."""
    rows = ConsentGrant.objects.filter(person=person, withdrawn_at=None)
    return rows.select_related("organisation").order_by("-pk")


def looks(person: people.Person) -> "QuerySet[AccessEntry]":
    """Who looked, the last first."""
    return AccessEntry.objects.filter(person=person).select_related("by", "organisation").order_by("-pk")


def receipts(person: people.Person) -> "QuerySet[DeletionReceipt]":
    return DeletionReceipt.objects.filter(person=person).order_by("-pk")
