"""Programmes: what an organisation gives again and again under one name."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from dure.foundation import audit
from dure.foundation.access import Decision, Hidden, Role, demand, has_role
from dure.foundation.faults import Fault, Faulty
from dure.learn import rules as courses
from dure.learn.models import Cohort, Programme
from dure.people import api as people

PLAIN: Final = ("name_ko", "name_en", "summary_ko", "summary_en", "hours")
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TAKEN_WORDS: Final = frozenset({"new"})
MOST_HOURS: Final = 10_000


def visible_to(person: Any) -> QuerySet[Programme]:
    """Programmes are known to whoever knows their organisation; which cohorts are in them is asked of each cohort."""
    rows = Programme.objects.select_related("organisation")
    return rows.filter(organisation__in=people.visible_organisations(person))


def access(person: Any, slug: str) -> Programme:
    """The programme of this address. Raises Hidden."""
    found = visible_to(person).filter(slug=slug).first()
    if found is None:
        raise Hidden(slug)
    return found


def may_edit(person: Any, programme: Programme) -> Decision:
    """Instructors of its organisation, and the secretariat."""
    return courses.may_make_courses(person, programme.organisation)


def of_maker(person: Any) -> QuerySet[Programme]:
    """The programmes that this person may put a cohort into."""
    rows = Programme.objects.order_by("name_ko", "pk")
    if has_role(person, Role.SECRETARIAT):
        return rows
    if not has_role(person, Role.INSTRUCTOR):
        return rows.none()
    return rows.filter(organisation__in=people.own_organisations(person))


def homes(person: Any) -> QuerySet[people.Organisation]:
    """The organisations for which this person may make programmes."""
    if has_role(person, Role.SECRETARIAT):
        return people.Organisation.objects.all()
    return people.own_organisations(person)


def called(slug: str | None) -> Programme | None:
    return Programme.objects.filter(slug=slug).first() if slug else None


def faults(slug: str, *, by: Any, cohort: Cohort | None) -> list[Fault]:
    """A cohort goes into a programme of its maker, or stays where it is."""
    stays = cohort is not None and cohort.programme is not None and cohort.programme.slug == slug
    if not slug or stays or of_maker(by).filter(slug=slug).exists():
        return []
    return [Fault("no_such_programme", place="programme")]


def make(*, by: Any, organisation: people.Organisation, values: Mapping[str, Any]) -> Programme:
    """A programme under its own address. Raises Denied, Faulty with every fault."""
    demand(courses.may_make_courses(by, organisation))
    slug = values["slug"].strip()
    found = faults_of(values)
    if Programme.objects.filter(slug=slug).exists():
        found.append(Fault("programme_taken", place="slug"))
    if found:
        raise Faulty(found)
    try:
        return _made(by, organisation, slug, values)
    except IntegrityError as error:  # somebody took it in the same moment
        raise Faulty([Fault("programme_taken", place="slug")]) from error


@transaction.atomic
def _made(by: Any, organisation: people.Organisation, slug: str, values: Mapping[str, Any]) -> Programme:
    programme = Programme.objects.create(slug=slug, organisation=organisation, **_columns(values))
    audit.write(by=by, action="programme.made", obj=programme)
    return programme


@transaction.atomic
def change(*, by: Any, programme: Programme, values: Mapping[str, Any]) -> Programme:
    """Its words and hours; the address stays. Raises Denied, Faulty with every fault."""
    demand(may_edit(by, programme))
    found = faults_of(values)
    if found:
        raise Faulty(found)
    for name, value in _columns(values).items():
        setattr(programme, name, value)
    programme.save(update_fields=PLAIN)
    audit.write(by=by, action="programme.changed", obj=programme)
    return programme


def faults_of(values: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the words; a field that is missing is not asked about."""
    found = []
    slug = values.get("slug")
    if slug is not None and (not SLUG.fullmatch(slug.strip()) or slug.strip() in TAKEN_WORDS):
        found.append(Fault("programme_address", place="slug"))
    names = [values.get(name) for name in ("name_ko", "name_en")]
    if None not in names and not any(str(name).strip() for name in names):
        found.append(Fault("no_programme_name", place="name_ko"))
    if not 0 <= (values.get("hours") or 0) <= MOST_HOURS:
        found.append(Fault("programme_hours", {"limit": MOST_HOURS}, place="hours"))
    return found


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: values[name] for name in PLAIN}
    return {name: word.strip() if isinstance(word, str) else word or 0 for name, word in words.items()}
