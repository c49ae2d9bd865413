"""What a person takes along of scouting, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import ScoutedStartup, ScoutingMeeting
from dure.foundation import events
from dure.people import api as people

OF_STARTUP: Final = ("uid", "name_ko", "name_en", "country", "state", "about_ko", "about_en", "created_at")
OF_MEETING: Final = ("startup__uid", "met_on", "said", "at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("scouting", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one wrote down, without the names of others, and where one was."""
    attended = ScoutingMeeting.objects.filter(attended=person).order_by("id")
    return {
        "noted": list(ScoutedStartup.objects.filter(entered_by=person).order_by("id").values(*OF_STARTUP)),
        "written": list(ScoutingMeeting.objects.filter(by=person).order_by("id").values(*OF_MEETING)),
        "attended": list(attended.values("startup__uid", "met_on")),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """What was written down belongs to the organisation and stays, without a name."""
    ScoutingMeeting.attended.through.objects.filter(person_id=event.person).delete()
    ScoutingMeeting.objects.filter(by_id=event.person).update(by=None)
    ScoutedStartup.objects.filter(entered_by_id=event.person).update(entered_by=None)
