"""What a person takes along of the incubation, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import IncubationJuror, PitchScore, StartupCase, StartupCheckpoint, StartupMentor
from dure.foundation import events
from dure.people import api as people

OF_CASE: Final = ("uid", "state", "name_ko", "name_en", "line_ko", "line_en", "pitch", "wants", "created_at")
OF_SCORE: Final = ("case__uid", "points", "words", "is_conflict", "at")
OF_MENTOR: Final = ("case__uid", "case__name_ko", "case__name_en", "since", "until")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("incubation", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one founded here, mentors and judged."""
    logged = StartupCheckpoint.objects.filter(logged_by=person).order_by("id")
    return {
        "founded": list(StartupCase.objects.filter(founder=person).order_by("id").values(*OF_CASE)),
        "mentors": list(StartupMentor.objects.filter(person=person).order_by("id").values(*OF_MENTOR)),
        "judged": list(PitchScore.objects.filter(juror=person).order_by("id").values(*OF_SCORE)),
        "logged": list(logged.values("case__uid", "number", "log", "logged_at")),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Startups and what was seen there stay without a name: years' figures are counted from them. Points go with their juror."""
    StartupMentor.objects.filter(person_id=event.person).delete()
    IncubationJuror.objects.filter(person_id=event.person).delete()
    PitchScore.objects.filter(juror_id=event.person).delete()
    StartupCheckpoint.objects.filter(logged_by_id=event.person).update(logged_by=None)
    StartupCase.objects.filter(founder_id=event.person).update(founder=None)
