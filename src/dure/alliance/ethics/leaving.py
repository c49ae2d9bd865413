"""What a person takes along of ethics, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember, EthicsOpinion
from dure.foundation import events
from dure.people import api as people

OF_ASSESSMENT: Final = (
    "uid",
    "title_ko",
    "title_en",
    "state",
    "risk",
    "affected",
    "basis",
    "protection",
    "fairness",
)
OF_OPINION: Final = ("assessment__uid", "turn", "vote", "reason", "at")
OF_INCIDENT: Final = ("uid", "title_ko", "title_en", "severity", "what", "happened_on", "state", "outcome")
OF_SEAT: Final = ("is_chair", "is_outside", "since", "until")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("ethics", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one wrote, said on the board, and reported."""
    return {
        "assessments": list(
            EthicsAssessment.objects.filter(author=person).order_by("id").values(*OF_ASSESSMENT)
        ),
        "opinions": list(EthicsOpinion.objects.filter(by=person).order_by("id").values(*OF_OPINION)),
        "incidents": list(EthicsIncident.objects.filter(reporter=person).order_by("id").values(*OF_INCIDENT)),
        "seats": list(EthicsMember.objects.filter(person=person).order_by("id").values(*OF_SEAT)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Seats end and reports lose their name. Decisions rest on the opinions, which stay."""
    EthicsMember.objects.filter(person_id=event.person).delete()
    EthicsIncident.objects.filter(reporter_id=event.person).update(reporter=None)
