"""What rules a pair of person and opening out, before any score: never weighed, never traded.

`refusals` says it of one pair, for people to read. `masks.fits` says the same of many at once; a property test holds them
together.
"""

from datetime import datetime
from enum import StrEnum

from dure.engines.recommending.values import EVERYONE, Opening, Seeker


class Refusal(StrEnum):
    """Why an opening is not suggested."""

    CLOSED = "closed"
    FULL = "full"
    APPLIED = "applied"
    NO_CONSENT = "no_consent"
    KIND = "kind"
    REGION = "region"
    LANGUAGE = "language"
    DATES = "dates"
    HOURS = "hours"


def refusals(seeker: Seeker, opening: Opening, now: datetime) -> tuple[Refusal, ...]:
    """Everything that rules the pair out, in the order of `Refusal`; empty where it may be suggested."""
    wrong = {
        Refusal.CLOSED: opening.closes <= now,
        Refusal.FULL: opening.seats_left < 1,
        Refusal.APPLIED: opening.key in seeker.applied,
        Refusal.NO_CONSENT: seeker.shown_to.isdisjoint({EVERYONE, opening.organisation}),
        Refusal.KIND: opening.kind not in seeker.kinds,
        Refusal.REGION: not _reachable(seeker, opening),
        Refusal.LANGUAGE: not _spoken(seeker, opening),
        Refusal.DATES: not _free(seeker, opening),
        Refusal.HOURS: _longer(opening.weekly_hours, seeker.weekly_hours),
    }
    return tuple(refusal for refusal, holds in wrong.items() if holds)


def _reachable(seeker: Seeker, opening: Opening) -> bool:
    """In a region that the person named, or from anywhere where the person wants that."""
    return (opening.is_remote and seeker.is_remote) or not seeker.regions.isdisjoint(opening.regions)


def _spoken(seeker: Seeker, opening: Opening) -> bool:
    return all(seeker.languages.get(code, 0) >= level for code, level in opening.languages.items())


def _free(seeker: Seeker, opening: Opening) -> bool:
    """The whole of it within the time that the person named; the day of beginning and the last one count."""
    begins, ends = opening.starts, opening.ends
    too_early = begins and seeker.available_from and begins < seeker.available_from
    too_late = ends and seeker.available_until and ends > seeker.available_until
    return not (too_early or too_late)


def _longer(asked: int | None, offered: int | None) -> bool:
    return asked is not None and offered is not None and asked > offered
