"""What a person takes along of the ledger: what one entered, uploaded and valued. With the account it loses the name alone."""

from typing import Any, Final

from dure.alliance.models import LedgerImport, LedgerReceipt, LedgerValue
from dure.people import api as people

OF_RECEIPT: Final = ("uid", "state", "unit", "quantity", "happened_on", "reference", "what", "entered_at")
OF_IMPORT: Final = ("uid", "filename", "uploaded_at", "applied_at", "made")
OF_VALUE: Final = ("unit", "points", "valid_from", "set_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("ledger", exported)


def exported(person: Any) -> Any:
    """What one did for the ledger; its entries are of organisations and not of people."""
    return {
        "receipts": list(LedgerReceipt.objects.filter(entered_by=person).order_by("id").values(*OF_RECEIPT)),
        "imports": list(LedgerImport.objects.filter(uploaded_by=person).order_by("id").values(*OF_IMPORT)),
        "values": list(LedgerValue.objects.filter(set_by=person).order_by("id").values(*OF_VALUE)),
    }
