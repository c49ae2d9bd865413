"""One's own profile."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import Audience
from dure.foundation.faults import Fault, Faulty
from dure.people.index import index_person
from dure.people.models import Person

FIELDS = (
    "name_ko",
    "name_en",
    "headline_ko",
    "headline_en",
    "about_ko",
    "about_en",
    "language",
    "time_zone",
    "audience",
)
LIMITS = {
    "name_ko": 80,
    "name_en": 80,
    "headline_ko": 160,
    "headline_en": 160,
    "about_ko": 4000,
    "about_en": 4000,
}
CHOICES = {"language": ("ko", "en"), "audience": tuple(Audience.values)}


@transaction.atomic
def edit_profile(person: Person, values: Mapping[str, Any]) -> Person:
    """Change one's own profile. Raises Faulty with every fault at its field; then nothing has changed."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    changed = [name for name in FIELDS if name in values and getattr(locked, name) != values[name]]
    for name in changed:
        value = values[name]
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    found = faults_of(locked)
    if found:
        raise Faulty(found)
    if changed:
        locked.save(update_fields=changed)
        index_person(locked)
        audit.write(by=locked, action="person.profile_edited", obj=locked, detail={"fields": changed})
    return locked


def faults_of(person: Person) -> list[Fault]:
    """Everything wrong with a filled row, each fault at its field."""
    found = [
        Fault("too_long", {"limit": limit}, place=name)
        for name, limit in LIMITS.items()
        if len(getattr(person, name)) > limit
    ]
    found += [
        Fault("unknown_choice", {"value": getattr(person, name), "known": ", ".join(known)}, place=name)
        for name, known in CHOICES.items()
        if getattr(person, name) not in known
    ]
    if not (person.name_ko or person.name_en):
        found.append(Fault("name_missing", place="name_ko"))
    if person.time_zone not in available_timezones():
        found.append(Fault("bad_time_zone", {"value": person.time_zone}, place="time_zone"))
    return found
