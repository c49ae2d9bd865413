"""Handing in an application, and what of oneself it shows."""

import secrets
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.applications import periods, rules, telling
from dure.talent.applications.cards import FIELDS
from dure.talent.applications.seats import lock
from dure.talent.matching import predicting
from dure.talent.models import Application, Opening
from dure.talent.profiles import queries as profiles
from dure.talent.profiles.checking import demand_clean

LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Of pseudonyms: none that is read as another."""

LONGEST: Final = 4000


@transaction.atomic
def apply(
    *,
    by: people.Person,
    opening: Opening,
    statement: str = "",
    shared: Sequence[str] = (),
    is_named: bool = False,
) -> Application:
    """Hand in an application under a pseudonym, or under one's name. Raises Denied, Faulty."""
    locked = lock(opening)
    demand(rules.may_apply(by, locked))
    check(statement, shared)
    made = Application.objects.create(
        opening=locked,
        person=by,
        pseudonym=_pseudonym(locked),
        statement=statement.strip(),
        shared=list(shared),
        named_at=clock.now() if is_named else None,
        applied_at=clock.now(),
        decide_by=max(clock.now(), locked.deadline) + periods.DECIDE,
    )
    gather(by, shared)
    predicting.keep_with_application(made)
    audit.write(by=by, action="application.made", obj=made, detail={"opening": locked})
    telling.tell_managers(telling.RECEIVED, made)
    return made


def check(statement: str, shared: Sequence[str]) -> None:
    """Raise Faulty for what is never stored, as numbers and addresses by which one would be found, and for unknown parts."""
    faults = []
    if len(statement) > LONGEST:
        faults.append(Fault("statement_too_long", {"limit": LONGEST}, place="statement"))
    if not set(shared) <= FIELDS.keys() or len(set(shared)) < len(shared):
        faults.append(Fault("unknown_shared", place="shared"))
    if faults:
        raise Faulty(faults)
    demand_clean({"statement": statement}, confirmed=True)


def gather(person: people.Person, shared: Sequence[str]) -> None:
    """Whoever shows their skills to somebody asks for their evidence, also where they never opened it."""
    if "skills" in shared:
        profiles.begun(person)


def _pseudonym(opening: Opening) -> str:
    """Five letters that nobody else has in this opening; it says nothing of the person, of the order or of other openings."""
    taken = set(opening.applications.values_list("pseudonym", flat=True))
    while (made := "".join(secrets.choice(LETTERS) for _ in range(5))) in taken:
        pass
    return made


@transaction.atomic
def share(
    application: Application, *, by: people.Person, shared: Sequence[str], is_named: bool
) -> Application:
    """Change what the organisation reads from now on. A name that was given stays given. Raises Denied, Faulty."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    demand(rules.may_change_shared(by, locked))
    check("", shared)
    locked.shared = list(shared)
    if is_named and locked.named_at is None:
        locked.named_at = clock.now()
    locked.save(update_fields=["shared", "named_at"])
    gather(by, shared)
    audit.write(
        by=by, action="application.shared", obj=locked, detail={"shared": list(shared), "named": is_named}
    )
    return locked
