"""The door of talent: what other apps may use."""

from dure.talent.demo import year as exchange
from dure.talent.events import OfferAccepted, SeatGivenBack, StayBegan
from dure.talent.intakes.yearly import seats_taken, stays_begun
from dure.talent.models import Opening
from dure.talent.openings.readiness import is_verified
from dure.talent.openings.verifying import verify as verify_organisation
from dure.talent.profiles.consent import consenting_q
from dure.talent.profiles.looking import Audience, shown_card, shown_cards

__all__ = [
    "Audience",
    "OfferAccepted",
    "Opening",
    "SeatGivenBack",
    "StayBegan",
    "consenting_q",
    "exchange",
    "is_verified",
    "seats_taken",
    "shown_card",
    "shown_cards",
    "stays_begun",
    "verify_organisation",
]
