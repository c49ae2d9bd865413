"""Gathering what the floors below know of a person's skills into rows of evidence, and the posteriors that follow."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q

from dure.foundation import clock
from dure.learn import api as learn
from dure.people import api as people
from dure.talent.models import Evidence, Profile
from dure.talent.profiles import computing, record

log = logging.getLogger(__name__)
Key = tuple[str, str, str]
Kind = Evidence.Kind
GATHERED: Final = (Kind.CHALLENGE, Kind.REPRODUCED, Kind.LAB, Kind.CREDENTIAL, Kind.RECOGNISED)
"""Kinds that come from the floors below. The others are written by what people do here, or by floors above."""
SAID: Final = ("level", "title_ko", "title_en", "url", "origin", "figures", "at")
STALE: Final = timedelta(days=1)
"""Evidence ages: after so long it is gathered and weighed anew even when nothing was heard of."""
AT_ONCE: Final = 100
"""People whose evidence is gathered in one minute by the clock."""


@transaction.atomic
def gather(person: people.Person) -> None:
    """Bring evidence and posteriors in step with the facts below; a fixed number of queries.

    The same facts again change nothing; those about skills that the catalogue does not know are left out. What is gone below goes
    here; what its person hid or contested, and what was struck, stays so. Does nothing for people without a record.
    """
    profile = record.lock(person.pk)
    if profile is None:
        return
    facts = learn.skill_facts(person)
    known = people.skills_named({fact.skill for fact in facts})
    _take(person, [fact for fact in facts if fact.skill in known])
    computing.recompute(person.pk)
    profile.gathered_at = clock.now()
    profile.save(update_fields=["gathered_at"])


def _take(person: people.Person, facts: Iterable[learn.SkillFact]) -> None:
    found = {(fact.skill, fact.kind, fact.url): fact for fact in facts}
    kept = {_key(row): row for row in Evidence.objects.filter(person=person, kind__in=GATHERED)}
    gone = [kept[key].pk for key in kept.keys() - found.keys()]
    Evidence.objects.filter(pk__in=gone).delete()
    Evidence.objects.bulk_create(_row(person, fact) for key, fact in found.items() if key not in kept)
    changed = [kept[key] for key, fact in found.items() if key in kept and _brought_up(kept[key], fact)]
    Evidence.objects.bulk_update(changed, SAID)


def _key(row: Evidence) -> Key:
    return row.skill, row.kind, row.source


def _row(person: people.Person, fact: learn.SkillFact) -> Evidence:
    return Evidence(person=person, skill=fact.skill, kind=fact.kind, source=fact.url, **_said(fact))


def _brought_up(row: Evidence, fact: learn.SkillFact) -> bool:
    """Let the row say what the fact says now. True when that is something else than before."""
    said = _said(fact)
    differs = any(getattr(row, name) != value for name, value in said.items())
    for name, value in said.items():
        setattr(row, name, value)
    return differs


def _said(fact: learn.SkillFact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in SAID} | {"figures": dict(fact.figures)}


def hear(person: str) -> None:
    """Facts about this person (a uid) may have changed: the clock gathers them within a minute, a visit of theirs at once."""
    Profile.objects.filter(person__uid=person).update(gathered_at=None)


def is_stale(profile: Profile) -> bool:
    """Whether to gather before anything is shown."""
    return profile.gathered_at is None or profile.gathered_at < clock.now() - STALE


@clock.on_clock("talent.gather_evidence")
def gather_stale(now: datetime) -> int:
    """Gather for those who waited longest, changed facts first; returns for how many."""
    return gather_before(now - STALE, most=AT_ONCE)


def gather_before(moment: datetime, *, most: int) -> int:
    """Gather for at most so many of those for whom it was not done since; returns for how many.

    One that fails is logged, waits its turn again and keeps nobody else from theirs.
    """
    due = Profile.objects.filter(Q(gathered_at=None) | Q(gathered_at__lt=moment)).select_related("person")
    rows = list(due.order_by(F("gathered_at").asc(nulls_first=True), "pk")[:most])
    for profile in rows:
        try:
            gather(profile.person)
        except Exception:
            log.exception("evidence of person %s was not gathered", profile.person_id)
            Profile.objects.filter(pk=profile.pk).update(gathered_at=clock.now())
    return len(rows)
