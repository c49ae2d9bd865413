"""Appointing a guru: an invitation that the person accepts or declines."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.gurus import telling
from dure.alliance.models import Field, GuruTerm
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

FIELDS: Final = ("fields", "known_for_ko", "known_for_en", "starts_on", "ends_on")


@transaction.atomic
def invite(*, by: people.Person, given: Mapping[str, Any]) -> GuruTerm:
    """Invite the person with the account `email`, who is told. Raises Denied, Faulty with all that is wrong."""
    demand(only_secretariat(by))
    person = people.Person.objects.filter(email__iexact=given["email"].strip(), is_active=True).first()
    faults = list(_faults(given))
    faults += [] if person else [Fault("guru_no_account", place="email")]
    if faults or person is None:
        raise Faulty(faults)
    made = _made(person, by, given)
    audit.write(by=by, action="guru_term.invite", obj=made)
    telling.tell_person(telling.INVITED, made)
    return made


def _faults(given: Mapping[str, Any]) -> "list[Fault]":
    found = [] if given["fields"] else [Fault("guru_no_field", place="fields")]
    unknown = [one for one in given["fields"] if one not in Field.values]
    found += [Fault("alliance_field_unknown", {"value": one}, place="fields") for one in unknown]
    if given["ends_on"] < given["starts_on"]:
        found.append(Fault("agreement_ends_first", place="ends_on"))
    if given["ends_on"] < clock.today():
        found.append(Fault("guru_ends_before_today", place="ends_on"))
    return found


def _made(person: people.Person, by: people.Person, given: Mapping[str, Any]) -> GuruTerm:
    """The database refuses a second open term, also when two officers invite at once."""
    try:
        with transaction.atomic():
            return GuruTerm.objects.create(
                person=person, appointed_by=by, **{name: given[name] for name in FIELDS}
            )
    except IntegrityError as error:
        raise Faulty([Fault("guru_already", place="email")]) from error
