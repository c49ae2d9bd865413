"""Making a batch: its call, days, seats, rubric and jury."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from django.db import transaction

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import dates, pitching, rules, telling
from dure.alliance.models import IncubationBatch, IncubationJuror
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people

DAYS: Final = ("apply_until", "starts_on", "demo_on", "ends_on")
FIELDS: Final = ("title_ko", "title_en", "call_ko", "call_en", *DAYS, "seats", "rubric")
"""`rubric` is given as text: in each line the words in Korean and English and the points, with bars between."""


@transaction.atomic
def create(*, by: people.Person, given: Mapping[str, Any]) -> IncubationBatch:
    """A draft. Raises Denied, Faulty with all that is wrong."""
    demand(only_secretariat(by))
    made = IncubationBatch.objects.create(made_by=by, **_checked(given))
    audit.write(by=by, action="incubation_batch.made", obj=made)
    return made


@transaction.atomic
def change(batch: IncubationBatch, *, by: people.Person, given: Mapping[str, Any]) -> IncubationBatch:
    """Write a draft anew. Raises Denied, Faulty."""
    demand(only_secretariat(by))
    locked = IncubationBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state != "draft":
        demand(rules.NOT_DRAFT)
    for name, value in _checked(given).items():
        setattr(locked, name, value)
    locked.save(update_fields=FIELDS)
    audit.write(by=by, action="incubation_batch.changed", obj=locked)
    return locked


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given as the row holds it. Raises Faulty."""
    lines, faults = _rubric(given["rubric"])
    faults += _faults(given)
    if faults:
        raise Faulty(faults)
    rubric = [{"ko": line.ko, "en": line.en, "most": line.most} for line in lines]
    return {name: given[name] for name in FIELDS} | {"rubric": rubric}


def _rubric(text: str) -> tuple[list[pitching.Line], list[Fault]]:
    try:
        lines = pitching.lines_of(text)
    except ValueError:
        return [], [Fault("batch_rubric", place="rubric")]
    many = len(lines) > pitching.MOST_LINES
    return lines, [Fault("batch_rubric_long", {"limit": pitching.MOST_LINES}, place="rubric")] if many else []


def _faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    if not (given["title_ko"].strip() or given["title_en"].strip()):
        yield Fault("batch_no_title", place="title_ko")
    for earlier, later in pairwise(DAYS):
        least = given[earlier]
        if given[later] < least or (later == "starts_on" and given[later] == least):
            yield Fault("batch_days", place=later)
    for name in DAYS:
        if not dates.is_plausible(given[name]):
            yield Fault("project_day", place=name)
    if not 1 <= given["seats"] <= 200:
        yield Fault("batch_seats", place="seats")


@transaction.atomic
def name_juror(batch: IncubationBatch, *, by: people.Person, address: str) -> IncubationJuror:
    """Somebody with an account hears its pitches, until it is decided. Raises Denied, Faulty."""
    demand(only_secretariat(by))
    if batch.state not in ("draft", "open", "selecting"):
        demand(rules.NOT_JUDGED)
    person = person_at(address)
    if batch.jurors.filter(person=person).exists():
        raise Faulty([Fault("startup_person_twice", place="address")])
    made = batch.jurors.create(person=person)
    audit.write(by=by, action="incubation_batch.juror", obj=batch, detail={"person": person})
    telling.tell_juror(person, batch)
    return made


def person_at(address: str) -> people.Person:
    """The account with this address; the secretariat may know of all. Raises Faulty."""
    found = people.Person.objects.filter(is_active=True, email__iexact=address.strip()).first()
    if found is None:
        raise Faulty([Fault("startup_person_unknown", place="address")])
    return found
