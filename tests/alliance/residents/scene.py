"""Residents' part of the walk over transitions: the firm's representative comes to a lab that the secretariat looks after."""

from typing import Any

from dure.alliance.residents import keeping
from tests.factories import agreements, residents

DESK = {"secretariat"}

EXPECTED: dict[str, set[str]] = {
    "resident.arrive": DESK,
    "resident.cancel": DESK,
    "resident.leave": DESK,
    "resident.finish": DESK,
}


def parts(firm: Any, speaker: Any) -> dict[str, Any]:
    """A stay with a door card and without the rest of its checklist."""
    desk = agreements.secretary()
    stay = residents.expected(residents.lab(by=desk), firm, speaker, by=desk)
    keeping.give(stay, "card", by=desk)
    return {"resident": stay}
