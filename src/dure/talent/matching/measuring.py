"""Whether people apply for what they are suggested: predicted against observed, of those who agreed to be counted."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from dure.engines import recommending as engine
from dure.engines.evidence import MODEL_VERSION
from dure.foundation import clock
from dure.people import api as people
from dure.talent.matching.suggesting import Match, Matches
from dure.talent.models import Application, ConsentGrant, Suggested
from dure.talent.profiles.consent import consenting_q

AFTER: Final = timedelta(days=30)
"""Whoever applies within so many days after they first saw it has followed the suggestion."""
LATEST: Final = 2_000
"""So many suggestions are counted, the latest: what people did years ago says little, and the page stays fast."""


def write(person: people.Person, matches: Matches) -> None:
    """Keep what this person saw for the first time, if they agreed to be counted; one query at most."""
    if matches.is_counted:
        Suggested.objects.bulk_create([_row(person, one) for one in matches.found], ignore_conflicts=True)


def calibration() -> engine.Calibration:
    """What the present model predicted against what was observed; one query."""
    return engine.calibrated(outcomes())


def outcomes() -> list[tuple[float, bool]]:
    """Each suggestion that is old enough to know, the latest first: what was predicted, and whether the person applied.

    Consent is asked here too: whoever takes it back is counted no more.
    """
    rows = Suggested.objects.filter(
        consenting_q(ConsentGrant.Purpose.MEASURE, None, person="person_id"),
        model_version=MODEL_VERSION,
        at__lte=clock.now() - AFTER,
    )
    latest = rows.annotate(followed=_followed()).order_by("-at", "-pk")[:LATEST]
    return list(latest.values_list("predicted", "followed"))


def _followed() -> Exists:
    return Exists(
        Application.objects.filter(
            person_id=OuterRef("person_id"),
            opening_id=OuterRef("opening_id"),
            applied_at__gte=OuterRef("at"),
            applied_at__lt=OuterRef("at") + AFTER,
        )
    )


def _row(person: people.Person, match: Match) -> Suggested:
    return Suggested(
        person=person,
        opening=match.opening,
        model_version=MODEL_VERSION,
        predicted=match.predicted,
        at=clock.now(),
    )
