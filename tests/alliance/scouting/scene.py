"""Scouting's part of the scene in which every transition is walked."""

from typing import Any

from tests.factories import startups

SPEAKERS = {"representative"}
EXPECTED: dict[str, set[str]] = {
    "scouted_startup.talk": SPEAKERS,
    "scouted_startup.invite": SPEAKERS,
    "scouted_startup.drop": SPEAKERS,
    "scouted_startup.reopen": SPEAKERS,
}
"""The side that wrote it down, and not the secretariat for a member."""


def parts(firm: Any, speaker: Any) -> dict[str, Any]:
    return {"scouted_startup": startups.scouted(firm, by=speaker)}
