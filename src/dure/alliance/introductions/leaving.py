"""What becomes of what a person wrote down of a startup's way when the account goes: it stays without a name."""

from typing import Any

from django.db import transaction

from dure.alliance.models import StartupIntroduction, StartupOutcome, StartupRound
from dure.foundation import events
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("introductions", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one wrote down."""
    introduced = StartupIntroduction.objects.filter(by=person).order_by("id")
    rounds = StartupRound.objects.filter(by=person).order_by("id")
    became = StartupOutcome.objects.filter(by=person).order_by("id")
    return {
        "introduced": list(introduced.values("case__uid", "what", "asked_on", "state")),
        "rounds": list(rounds.values("case__uid", "kind", "closed_on", "investors", "amount", "currency")),
        "became": list(became.values("case__uid", "kind", "on", "words")),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Figures of years are counted from these rows."""
    for model in (StartupIntroduction, StartupRound, StartupOutcome):
        rows: Any = model._default_manager  # noqa: SLF001 - Django's documented name
        rows.filter(by_id=event.person).update(by=None)
