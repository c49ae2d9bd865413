"""What a person takes along of their answers for audits, and that none is left when the account goes."""

from typing import Any

from dure.foundation import events
from dure.people import api as people
from dure.talent.models.demographic import DemographicAnswer


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("answers-for-audits", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    rows = DemographicAnswer.objects.filter(person=person)
    return list(rows.values("attribute", "value", "answered_at"))


def forget(event: people.AccountDeleted) -> None:
    """Reports that were made stay: they hold counts of at least the minimum and nobody's answer."""
    DemographicAnswer.objects.filter(person_id=event.person).delete()
