"""What a person says of themselves: little weight, and theirs to remove."""

from typing import Final

from django.db import transaction

from dure.engines.skills import LEVELS
from dure.foundation import audit, clock
from dure.foundation.access import Denied, Hidden
from dure.people import api as people
from dure.talent.models import Evidence
from dure.talent.profiles import computing, record, rules

MOST: Final = 30
SOURCE: Final = "claim"


@transaction.atomic
def claim(*, by: people.Person, skill: str, level: int) -> Evidence:
    """Say that one has a skill at a level, or another level than before. Raises Denied, Hidden for a skill nobody can choose."""
    chosen = people.skill_named(skill)
    if level not in LEVELS:
        raise Hidden(skill)
    record.touch(by)
    claims = Evidence.objects.filter(person=by, kind=Evidence.Kind.CLAIM)
    if claims.exclude(skill=skill).count() >= MOST:
        raise Denied(rules.TOO_MANY_CLAIMS)
    said = {
        "level": level,
        "at": clock.now(),
        "origin": SOURCE,
        "title_ko": "본인 주장",
        "title_en": "Own claim",
    }
    row, _fresh = Evidence.objects.update_or_create(
        person=by, skill=chosen.slug, kind=Evidence.Kind.CLAIM, source=SOURCE, defaults=said
    )
    audit.write(by=by, action="evidence.claimed", obj=row, detail={"skill": skill, "level": level})
    computing.recompute(by.pk)
    return row


@transaction.atomic
def remove(row: Evidence, *, by: people.Person) -> None:
    """Take a claim of one's own back. Raises Hidden for evidence that is no claim of this person's."""
    if row.kind != Evidence.Kind.CLAIM or row.person_id != by.pk:
        raise Hidden(row.uid)
    record.touch(by)
    audit.write(by=by, action="evidence.claim_removed", obj=row)
    row.delete()
    computing.recompute(by.pk)
