"""What a person takes along of being a guru, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import GuruTerm
from dure.foundation import events, workflow
from dure.foundation.access import SYSTEM
from dure.people import api as people

OF_TERM: Final = ("uid", "state", "fields", "known_for_ko", "known_for_en", "starts_on", "ends_on", "reason")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("guru_terms", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    return list(GuruTerm.objects.filter(person=person).order_by("id").values(*OF_TERM))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """The term ends, and what was written about the person goes."""
    theirs = GuruTerm.objects.filter(person_id=event.person)
    for term in theirs.filter(state__in=("invited", "serving")):
        workflow.perform(term, "end", by=SYSTEM, data={"is_gone": True})
    theirs.update(known_for_ko="", known_for_en="", reason="")
