"""What other parts of talent say about places: an accepted offer of a host's opening, or a seat of a decided round, is one."""

from typing import Any

from django.db.models import QuerySet

from dure.foundation.access import SYSTEM, Denied
from dure.people import api as people
from dure.talent.events import OfferAccepted, RoundDecided
from dure.talent.intakes.seating import seat
from dure.talent.models import IntakeHost, PlacementDecision


def follow(event: OfferAccepted) -> None:
    """Give the place. An intake that takes nobody any more leaves it to its people: the offer stands there as accepted."""
    host = _hosts().filter(opening__uid=event.opening).first()
    person = people.Person.objects.filter(uid=event.person).first()
    if host is not None and person is not None:
        _seat(host, person, source=event.application)


def follow_round(event: RoundDecided) -> None:
    """Give everybody the place whose seat is of a host's opening. Heard twice it changes nothing.

    An intake that takes nobody any more, or a host without a free seat, leaves it to its people: the round's result stands.
    """
    decided = PlacementDecision.objects.filter(
        entry__round__uid=event.placement_round,
        entry__person__isnull=False,
        seat__opening__intake_host__isnull=False,
    )
    rows: list[Any] = list(decided.select_related("entry__person", "seat").order_by("pk"))
    openings = {row.seat.opening_id for row in rows}
    hosts = {host.opening_id: host for host in _hosts().filter(opening__in=openings)}
    for row in rows:
        _seat(hosts[row.seat.opening_id], row.entry.person, source=event.placement_round)


def _hosts() -> "QuerySet[IntakeHost]":
    return IntakeHost.objects.select_related("intake__organisation", "opening__organisation", "supervisor")


def _seat(host: IntakeHost, person: people.Person, *, source: str) -> None:
    try:
        seat(host, person, by=SYSTEM, source=source)
    except Denied:
        return
