"""Organisations: made by the secretariat, looked after by their representatives."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.text import slugify

from dure.foundation import audit
from dure.foundation.access import Actor, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.ids import uuid7
from dure.people import identifiers, rules
from dure.people.countries import COUNTRIES
from dure.people.index import index_organisation
from dure.people.models import Organisation

OWN_FIELDS = ("name_ko", "name_en", "website", "about_ko", "about_en", "ror_id")
REGISTER_FIELDS = ("slug", "kind", "country", "business_number", "joined_on", "left_on")
FIELDS = OWN_FIELDS + REGISTER_FIELDS
UNIQUE_FIELDS = ("slug", "business_number", "ror_id")
LIMITS = {"name_ko": 120, "name_en": 120, "website": 200, "about_ko": 4000, "about_en": 4000, "slug": 60}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Values = Mapping[str, Any]


@transaction.atomic
def create_organisation(*, by: Actor, values: Values) -> Organisation:
    """Enter an organisation into the register. Raises Denied, or Faulty with every fault at its field (`place`)."""
    demand(rules.only_secretariat(by))
    organisation = Organisation(kind="", country="KR")
    apply_values(organisation, values)
    audit.write(by=by, action="organisation.created", obj=organisation, detail=_plain(values))
    return organisation


@transaction.atomic
def edit_organisation(organisation: Organisation, *, by: Actor, values: Values) -> Organisation:
    """Change some fields. A representative changes the page and names; the register's own fields are the secretariat's."""
    demand(rules.may_edit_organisation(by, organisation))
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not rules.is_secretariat(by):
        _refuse_register_fields(locked, values)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    apply_values(locked, values)
    if changed:
        audit.write(by=by, action="organisation.edited", obj=locked, detail=_plain(changed))
    return locked


def _refuse_register_fields(organisation: Organisation, values: Values) -> None:
    changed = [
        name for name in REGISTER_FIELDS if name in values and values[name] != getattr(organisation, name)
    ]
    if changed:
        raise Faulty([Fault("not_yours_to_change", place=name) for name in changed])


def apply_values(organisation: Organisation, values: Values) -> None:
    """Put checked values into the row, save and index it. Raises Faulty with all faults; then nothing is saved."""
    for name, value in normalised(values).items():
        setattr(organisation, name, value)
    found = faults_of(organisation)
    if found:
        raise Faulty(found)
    organisation.slug = organisation.slug or free_slug(organisation)
    organisation.save()
    index_organisation(organisation)


def normalised(values: Values) -> dict[str, Any]:
    """The same values as the database keeps them: numbers without separators, ids without addresses, None for empty keys."""
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if "business_number" in clean:
        clean["business_number"] = identifiers.bare_business_number(clean["business_number"] or "") or None
    if "ror_id" in clean:
        clean["ror_id"] = identifiers.bare_ror_id(clean["ror_id"] or "") or None
    if "country" in clean:
        clean["country"] = (clean["country"] or "KR").upper()
    return clean


def faults_of(organisation: Organisation) -> list[Fault]:
    """Everything wrong with a filled row, each fault at its field; a query for each value that only one may have."""
    return own_faults(organisation) + _taken(organisation)


def own_faults(organisation: Organisation) -> list[Fault]:
    """What is wrong with a filled row in itself, each fault at its field."""
    found = [fault for name, check in _CHECKS.items() if (fault := check(name, getattr(organisation, name)))]
    if not (organisation.name_ko or organisation.name_en):
        found.append(Fault("name_missing", place="name_ko"))
    joined, left = organisation.joined_on, organisation.left_on
    if left and (not joined or left < joined):
        found.append(Fault("left_before_joined", place="left_on"))
    return found


def _kind(name: str, value: str) -> Fault | None:
    known = ", ".join(Organisation.Kind.values)
    ok = value in Organisation.Kind.values
    return None if ok else Fault("unknown_type", {"value": value, "known": known}, place=name)


def _country(name: str, value: str) -> Fault | None:
    return None if value in COUNTRIES else Fault("unknown_country", {"value": value}, place=name)


def _business_number(name: str, value: str | None) -> Fault | None:
    ok = not value or identifiers.is_business_number(value)
    return None if ok else Fault("bad_business_number", {"value": value or ""}, place=name)


def _ror_id(name: str, value: str | None) -> Fault | None:
    ok = not value or identifiers.is_ror_id(value)
    return None if ok else Fault("bad_ror_id", {"value": value or ""}, place=name)


def _website(name: str, value: str) -> Fault | None:
    try:
        URLValidator(schemes=["http", "https"])(value or "https://example.org")
    except ValidationError:
        return Fault("bad_website", {"value": value}, place=name)
    return _length(name, value)


def _slug(name: str, value: str) -> Fault | None:
    if value and not SLUG.fullmatch(value):
        return Fault("bad_slug", {"value": value}, place=name)
    return _length(name, value)


def _length(name: str, value: str) -> Fault | None:
    limit = LIMITS[name]
    return Fault("too_long", {"limit": limit}, place=name) if len(value) > limit else None


_CHECKS: dict[str, Callable[[str, Any], Fault | None]] = {
    "kind": _kind,
    "country": _country,
    "business_number": _business_number,
    "ror_id": _ror_id,
    "website": _website,
    "slug": _slug,
    "name_ko": _length,
    "name_en": _length,
    "about_ko": _length,
    "about_en": _length,
}


def _taken(organisation: Organisation) -> list[Fault]:
    found = []
    for name in UNIQUE_FIELDS:
        value = getattr(organisation, name)
        other = (
            Organisation.objects.exclude(pk=organisation.pk).filter(**{name: value}).first()
            if value
            else None
        )
        if other:
            found.append(Fault("taken", {"value": value, "name": other.name}, place=name))
    return found


def free_slug(organisation: Organisation) -> str:
    """A readable address from the English name; a number follows when it is taken, a random word when there is no English name."""
    base = slugify(organisation.name_en)[:50]
    alike = Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    return slug_beside(organisation, taken=set(alike) if base else set())


def slug_beside(organisation: Organisation, *, taken: set[str]) -> str:
    """As `free_slug`, where all taken ones are known."""
    base = slugify(organisation.name_en)[:50] or f"org-{uuid7().hex[-8:]}"
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _plain(values: Values) -> dict[str, Any]:
    """For the audit trail: which fields, and their new values."""
    return {name: value for name, value in values.items() if name in FIELDS}
