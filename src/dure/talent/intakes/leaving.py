"""What a person takes along of intakes, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.foundation import events
from dure.people import api as people
from dure.talent.models import AcademicCredit, Duty, MonthlyReport, Stay, Stipend

OF_STAY = (
    "uid",
    "state",
    "intake__title_ko",
    "intake__title_en",
    "starts_on",
    "ends_on",
    "return_report",
    "reason",
    "later",
)
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "duties": (Duty, ("stay__uid", "kind", "what_ko", "what_en", "due_on", "done_at", "waived_reason")),
    "stipends": (Stipend, ("stay__uid", "due_on", "amount", "currency", "paid_on")),
    "credits": (AcademicCredit, ("stay__uid", "institution__name_ko", "course", "points", "given_at")),
}
OF_REPORT = ("stay__uid", "month", "did", "next_steps", "trouble", "answer", "written_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("stays", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """One's stays with their parts, and the reports that one wrote."""
    found = {
        name: list(model.objects.filter(stay__person=person).order_by("id").values(*fields))
        for name, (model, fields) in PARTS.items()
    }
    written = MonthlyReport.objects.filter(written_by=person).order_by("id")
    stays = Stay.objects.filter(person=person).order_by("id")
    return found | {"stays": list(stays.values(*OF_STAY)), "reports": list(written.values(*OF_REPORT))}


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Words go; that there was a stay, and who paid for it, stays: the figures of sponsors are counted from it."""
    MonthlyReport.objects.filter(stay__person_id=event.person).delete()
    MonthlyReport.objects.filter(written_by_id=event.person).update(
        did="", next_steps="", trouble="", answer=""
    )
    Stay.objects.filter(person_id=event.person).update(return_report="", reason="", later="")
