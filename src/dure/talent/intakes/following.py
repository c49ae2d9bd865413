"""What other parts of talent say about places: who accepts an offer of a host's opening has a place in its intake."""

from dure.foundation.access import SYSTEM, Denied
from dure.people import api as people
from dure.talent.events import OfferAccepted
from dure.talent.intakes.seating import seat
from dure.talent.models import IntakeHost


def follow(event: OfferAccepted) -> None:
    """Give the place. An intake that takes nobody any more leaves it to its people: the offer stands there as accepted."""
    hosts = IntakeHost.objects.select_related("intake__organisation", "opening__organisation", "supervisor")
    host = hosts.filter(opening__uid=event.opening).first()
    person = people.Person.objects.filter(uid=event.person).first()
    if host is None or person is None:
        return
    try:
        seat(host, person, by=SYSTEM, source=event.application)
    except Denied:
        return
