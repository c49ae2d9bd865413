"""What a person takes along of placement rounds, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.foundation import events
from dure.people import api as people
from dure.talent.models import PlacementDecision, RoundAppeal, RoundChoice, RoundEntry

CHANGEABLE = ("draft", "open")
OF_ENTRY = (
    "uid",
    "round__title_ko",
    "round__title_en",
    "pseudonym",
    "institution",
    "region",
    "words",
    "saved_at",
)
OF_CHOICE = ("entry__uid", "seat__opening__title_ko", "seat__opening__title_en", "rank")
OF_APPEAL = (
    "uid",
    "round__title_ko",
    "round__title_en",
    "state",
    "words",
    "answer",
    "filed_at",
    "decided_at",
)
OF_DECISION = ("entry__uid", "seat__opening__title_ko", "seat__opening__title_en", "reason", "at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("placement-rounds", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Entries, rankings, what was decided, and one's own appeals."""
    return {
        "entries": list(RoundEntry.objects.filter(person=person).order_by("id").values(*OF_ENTRY)),
        "appeals": list(RoundAppeal.objects.filter(entry__person=person).order_by("id").values(*OF_APPEAL)),
        "choices": list(RoundChoice.objects.filter(entry__person=person).order_by("id").values(*OF_CHOICE)),
        "decisions": list(
            PlacementDecision.objects.filter(entry__person=person).order_by("id").values(*OF_DECISION)
        ),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """What can still change goes. What was frozen stays by its pseudonym, without words: the lottery stood on it."""
    own = RoundEntry.objects.filter(person_id=event.person)
    own.filter(round__state__in=CHANGEABLE).delete()
    RoundAppeal.objects.filter(entry__in=own).update(words="")
    own.update(person=None, words="")
