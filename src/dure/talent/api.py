"""The door of talent: what other apps may use.

Gates that the floors above may fill: `opening.open` and `placement.open`.
"""

from uuid import UUID

from django.urls import reverse

from dure.talent.demo import year as exchange
from dure.talent.events import OfferAccepted, SeatGivenBack, StayBegan
from dure.talent.intakes.yearly import seats_taken, stays_begun
from dure.talent.models import Opening, PlacementRound
from dure.talent.openings.access import access_opening
from dure.talent.openings.panels import register_panel as register_opening_panel
from dure.talent.openings.readiness import is_verified
from dure.talent.openings.rules import may_manage as may_manage_opening
from dure.talent.openings.verifying import verify as verify_organisation
from dure.talent.profiles.consent import consenting_q
from dure.talent.profiles.looking import Audience, shown_card, shown_cards
from dure.talent.rounds.access import access_round
from dure.talent.rounds.panels import register_panel as register_round_panel
from dure.talent.rounds.rules import may_manage as may_manage_round

__all__ = [
    "Audience",
    "OfferAccepted",
    "Opening",
    "PlacementRound",
    "SeatGivenBack",
    "StayBegan",
    "access_opening",
    "access_round",
    "consenting_q",
    "exchange",
    "is_verified",
    "may_manage_opening",
    "may_manage_round",
    "opening_url",
    "register_opening_panel",
    "register_round_panel",
    "round_url",
    "seats_taken",
    "shown_card",
    "shown_cards",
    "stays_begun",
    "verify_organisation",
]


def opening_url(uid: UUID) -> str:
    """The page of an opening."""
    return reverse("talent:opening", args=[uid])


def round_url(uid: UUID) -> str:
    """The page of a placement round."""
    return reverse("talent:placement_round", args=[uid])
