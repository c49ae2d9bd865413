"""What other parts of talent say about places: an accepted offer of a host's opening, or a seat of a decided round, is one.

An intake takes people from its call on. What was settled before that, or before an opening became a host, is made up for then.
"""

from typing import Any

from django.db.models import QuerySet

from dure.foundation import workflow
from dure.foundation.access import SYSTEM, Denied
from dure.people import api as people
from dure.talent.events import HostAdded, OfferAccepted, RoundDecided
from dure.talent.intakes.seating import seat
from dure.talent.models import Application, IntakeHost, PlacementDecision


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
    rows = list(_decided().filter(entry__round__uid=event.placement_round))
    openings = {row.seat.opening_id for row in rows}
    hosts = {host.opening_id: host for host in _hosts().filter(opening__in=openings)}
    for row in rows:
        _seat(hosts[row.seat.opening_id], row.entry.person, source=event.placement_round)


def follow_call(event: workflow.StateChanged) -> None:
    """Once an intake takes people, give a place to those who had one coming before. Heard twice it changes nothing."""
    if event.entity == "intake" and event.target == "calling":
        for host in _hosts().filter(intake__uid=event.uid).order_by("pk"):
            _make_up(host)


def follow_host(event: HostAdded) -> None:
    """The same for an opening that becomes a host of an intake that takes people already."""
    for host in _hosts().filter(uid=event.host):
        _make_up(host)


def _make_up(host: IntakeHost) -> None:
    """First who a round placed there, then who accepted an offer."""
    for row in _decided().filter(seat__opening=host.opening_id, entry__round__state="decided"):
        _seat(host, row.entry.person, source=str(row.entry.round.uid))
    accepted = Application.objects.filter(opening=host.opening_id, state="accepted")
    for application in accepted.select_related("person").order_by("pk"):
        _seat(host, application.person, source=str(application.uid))


def _decided() -> "QuerySet[Any]":
    """Seats of hosts' openings that rounds gave to people who are still here."""
    rows = PlacementDecision.objects.filter(
        entry__person__isnull=False, seat__opening__intake_host__isnull=False
    )
    return rows.select_related("entry__person", "entry__round", "seat").order_by("pk")


def _hosts() -> "QuerySet[IntakeHost]":
    return IntakeHost.objects.select_related("intake__organisation", "opening__organisation", "supervisor")


def _seat(host: IntakeHost, person: people.Person, *, source: str) -> None:
    try:
        seat(host, person, by=SYSTEM, source=source)
    except Denied:
        return
