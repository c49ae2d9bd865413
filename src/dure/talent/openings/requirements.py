"""The skills that an opening asks for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import Opening, Requirement
from dure.talent.openings import rules

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill by its slug, with its level 1 to 4; `weight` 0 to 1 counts among the nice ones."""

    skill: str
    level: int
    is_must: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Named:
    """A requirement with its skill of the catalogue."""

    skill: people.Skill
    level: int
    is_must: bool
    weight: float


def named(opening: Opening) -> list[Named]:
    """What an opening asks for, the needed ones first; two queries."""
    rows = list(opening.requirements.all())
    skills = people.skills_named({row.skill for row in rows})
    return [
        Named(skills[row.skill], row.level, row.is_must, row.weight) for row in rows if row.skill in skills
    ]


@transaction.atomic
def put(opening: Opening, asked: Asked, *, by: people.Person) -> None:
    """Ask for one skill, or change how it is asked for. Raises Denied, Faulty."""
    rest = [one for one in as_asked(opening) if one.skill != asked.skill]
    replace(opening, [*rest, asked], by=by)


@transaction.atomic
def remove(opening: Opening, skill: str, *, by: people.Person) -> None:
    """Ask for it no longer; harmless when it was not asked for. Raises Denied."""
    replace(opening, [one for one in as_asked(opening) if one.skill != skill], by=by)


@transaction.atomic
def replace(opening: Opening, wanted: Sequence[Asked], *, by: people.Person) -> None:
    """Ask for exactly these. Raises Denied, and Faulty with everything that is wrong."""
    demand(rules.may_edit(by, opening))
    Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    check(wanted)
    opening.requirements.exclude(skill__in=[one.skill for one in wanted]).delete()
    for one in wanted:
        given = {"level": one.level, "is_must": one.is_must, "weight": one.weight}
        Requirement.objects.update_or_create(opening=opening, skill=one.skill, defaults=given)
    detail = {one.skill: one.level for one in wanted}
    audit.write(by=by, action="opening.requirements_changed", obj=opening, detail=detail)


def as_asked(opening: Opening) -> list[Asked]:
    """What an opening asks for, as values."""
    return [Asked(row.skill, row.level, row.is_must, row.weight) for row in opening.requirements.all()]


def check(wanted: Sequence[Asked]) -> None:
    """Raise Faulty with every fault of what is wanted."""
    faults = list(_faults(wanted, people.skills_named({one.skill for one in wanted})))
    if faults:
        raise Faulty(faults)


def _faults(wanted: Sequence[Asked], known: Mapping[str, Any]) -> Iterator[Fault]:
    if len(wanted) > MOST:
        yield Fault("opening_too_many_skills", {"limit": MOST}, place="skill")
    for slug, count in Counter(one.skill for one in wanted).items():
        if slug not in known or known[slug].is_retired:
            yield Fault("opening_skill_unknown", {"value": slug[:60]}, place="skill")
        if count > 1:
            yield Fault("opening_twice", {"value": slug[:60]}, place="skill")
    if not all(one.level in people.LEVEL_NAMES for one in wanted):
        yield Fault("opening_skill_level", place="level")
