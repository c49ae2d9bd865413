"""Asking a named person to stand by a skill. The verifier's answer is a move of the workflow."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction

from dure.engines.skills import LEVELS
from dure.foundation import audit
from dure.foundation.access import ALLOWED, Decision, Denied, Hidden, first_refusal
from dure.people import api as people
from dure.talent.models import Endorsement
from dure.talent.profiles import record, rules, telling
from dure.talent.profiles.checking import demand_clean

MOST_ASKED: Final = 10
"""Requests of one person that may wait for an answer at a time."""


@transaction.atomic
def ask(
    *, by: people.Person, verifier: people.Person, skill: str, level: int, what: str, confirmed: bool = False
) -> Endorsement:
    """Ask for an endorsement; `what` says what the verifier has seen. Raises Denied, Hidden, Faulty."""
    chosen = people.skill_named(skill)
    if level not in LEVELS:
        raise Hidden(skill)
    demand_clean({"what": what}, confirmed=confirmed)
    record.touch(by)
    decision = may_ask(by, verifier, chosen.slug)
    if not decision:
        raise Denied(decision)  # type: ignore[arg-type]  # a decision that is false is a refusal
    made = Endorsement.objects.create(
        person=by, verifier=verifier, skill=chosen.slug, level=level, what=what.strip()
    )
    audit.write(by=by, action="endorsement.asked", obj=made, detail={"skill": skill, "level": level})
    telling.tell_verifier(made)
    return made


def may_ask(person: Any, verifier: Any, skill: str) -> Decision:
    """Anybody whose page one may open, but not oneself; once for each skill."""
    if person.pk == verifier.pk:
        return rules.ONESELF
    mine = Endorsement.objects.filter(person_id=person.pk)
    standing = mine.filter(verifier_id=verifier.pk, skill=skill, state__in=["asked", "given"])
    return first_refusal(
        rules.ALREADY_ASKED if standing.exists() else ALLOWED,
        rules.TOO_MANY_ASKED if mine.filter(state="asked").count() >= MOST_ASKED else ALLOWED,
    )


def verifier_named(person: Any, words: str) -> people.Person:
    """Whom a person means by a mail address or by the uid or address of a page. Raises Denied where they may open no such page."""
    seen = people.visible_people(person)
    uid = _uid_in(words)
    found = seen.filter(uid=uid).first() if uid else seen.filter(email__iexact=words.strip()).first()
    if found is None:
        raise Denied(rules.NOT_FOUND)
    return found


def _uid_in(words: str) -> UUID | None:
    try:
        return UUID(words.strip().rstrip("/").rsplit("/", 1)[-1])
    except ValueError:
        return None


def are_colleagues(person: Any, other: Any) -> bool:
    """Whether both belong to one organisation today: a reader should know."""
    return people.own_organisations(other).filter(pk__in=people.organisations_of(person)).exists()
