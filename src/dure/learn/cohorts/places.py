"""Applying, and every later move of a place. Each locks the cohort first, so that the last seat is given once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from dure.foundation import audit, workflow
from dure.foundation.access import SYSTEM, Actor, Hidden, demand
from dure.learn.cohorts import rules, seating, telling
from dure.learn.models import Cohort, EntranceSitting, EntranceTest, Place
from dure.people import api as people


@transaction.atomic
def apply(
    *, by: people.Person, cohort: Cohort, organisation: people.Organisation | None = None, motive: str = ""
) -> Place:
    """Ask for a place; whoever has asked already gets that one back. Where nobody decides, a free seat is taken at once.

    `organisation` is one's own, whose reserved seats one may take. Raises Denied, Hidden for an organisation of others.
    """
    locked = lock(cohort)
    demand(rules.may_apply(by, locked))
    if organisation is not None and not people.own_organisations(by).filter(pk=organisation.pk).exists():
        raise Hidden(organisation.uid)
    made: dict[str, Any] = {"organisation": organisation, "motive": motive.strip()}
    place, fresh = Place.objects.get_or_create(cohort=locked, person=by, defaults=made)
    if not fresh and place.state == "withdrawn":
        Place.objects.filter(pk=place.pk).update(**made)
        place, fresh = workflow.perform(place, "apply_again", by=by), True
    if fresh:
        audit.write(by=by, action="place.applied", obj=place)
        return _seat_or_queue(place)
    return place


def _seat_or_queue(place: Place) -> Place:
    """Where nobody has to decide. With an entrance test nobody has to for those who passed it; below, a coach does."""
    if place.cohort.admission == Cohort.Admission.SELECTED or not passed(place):
        return place
    nobody_waits = not place.cohort.places.filter(state="waiting").exists()
    action = "accept" if nobody_waits and seating.seat_for(place) else "queue"
    placed = workflow.perform(place, action, by=SYSTEM)
    if action == "queue":
        fill(placed.cohort)
        placed.refresh_from_db()
    if action == "accept" or placed.state == "waiting":
        telling.moved(placed, action)
    return placed


@transaction.atomic
def tested(place: Place) -> Place:
    """An applicant's entrance test is over: whoever passed takes a seat or waits, as without one."""
    locked = lock(place.cohort)
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    row.cohort = locked
    is_open = row.state == "applied" and locked.state in ("open", "running")
    return _seat_or_queue(row) if is_open else row


def has_test(cohort: Cohort) -> bool:
    """Whether applicants sit an entrance test first."""
    return EntranceTest.objects.filter(cohort=cohort).exists()


def passed(place: Place) -> bool:
    """Whether no entrance test stands between this applicant and a seat."""
    test = EntranceTest.objects.filter(cohort=place.cohort_id).first()
    sitting = EntranceSitting.objects.filter(place=place).first() if test else None
    if test is None:
        return True
    return sitting is not None and sitting.percent is not None and sitting.percent >= test.pass_percent


@transaction.atomic
def act(place: Place, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Place:
    """Move a place; a seat that comes free goes to whoever waits longest and may have it. Raises Denied, Hidden."""
    locked = lock(place.cohort)
    moved = workflow.perform(place, action, by=by, data=data)
    telling.moved(moved, action, reason=str((data or {}).get("reason", "")))
    if action in ("withdraw", "remove"):
        fill(locked)
    return moved


def fill(cohort: Cohort) -> int:
    """Give free seats to those who wait, in their order; returns how many. The cohort is locked by the caller."""
    if cohort.state not in ("open", "running"):
        return 0
    blocks, admitted = seating.blocks_of(cohort), 0
    for place in _waiting(cohort) if any(one.free > 0 for one in blocks) else ():
        block = seating.choose(blocks, place.organisation_id)
        if block is not None:
            telling.moved(workflow.perform(place, "admit", by=SYSTEM), "admit")
            blocks, admitted = seating.without_one(blocks, block), admitted + 1
    return admitted


def _waiting(cohort: Cohort) -> QuerySet[Place]:
    return cohort.places.filter(state="waiting").order_by("applied_at", "pk")


def lock(cohort: Cohort) -> Cohort:
    """The cohort's row, locked till the transaction ends."""
    rows = Cohort.objects.select_for_update(of=("self",)).select_related("course", "version", "circle")
    return rows.get(pk=cohort.pk)
