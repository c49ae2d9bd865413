"""The circle of an agreement's parties: opened when it comes into force, closed when it ends."""

from typing import Any

from dure.foundation.access import SYSTEM
from dure.people import api as people


def open_for(agreement: Any) -> people.Circle:
    """Everybody in the organisations that agreed, now and later."""
    circle = people.create_circle(
        by=SYSTEM, kind="agreement", name_ko=agreement.title_ko, name_en=agreement.title_en
    )
    for party in agreement.standing:
        people.add_organisation(circle, party.organisation, by=SYSTEM)
    return circle


def let_in(agreement: Any, organisation: Any) -> None:
    """A party that an amendment adds."""
    if agreement.circle is not None:
        people.add_organisation(agreement.circle, organisation, by=SYSTEM)


def put_out(agreement: Any, organisation: Any) -> None:
    """A party that leaves."""
    if agreement.circle is not None:
        people.remove(agreement.circle, organisation, by=SYSTEM)


def close(agreement: Any) -> None:
    """What was shared in it is shared with nobody from now on."""
    if agreement.circle is not None:
        people.close_circle(agreement.circle, by=SYSTEM)
