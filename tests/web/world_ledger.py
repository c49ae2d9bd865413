"""The firm's account of the ledger in the small alliance of the access walk, with entries whose words only its people may know."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dure.alliance.ledger import posting
from dure.alliance.models import LedgerImport, LedgerReceipt, LedgerTransaction
from dure.engines import ledger as engine
from dure.foundation import files
from dure.people.models import Organisation

Values = dict[tuple[str, str], Any]
ITS_PEOPLE = {"owner", "host", "secretariat", "auditor"}
MAY_READ = {"ledgerclass": ITS_PEOPLE, "ledgerreceipt": ITS_PEOPLE}


def shown(firm: Organisation) -> Values:
    """The firm's account; outsiders find none at any address, and neither a transaction, a quarter or a receipt."""
    return {("ledger/accounts", "slug"): firm.slug, **_entries(firm, "core_h", "shown")}


def hide(firm: Organisation, word: str, said: str) -> Values:
    """Hours of accelerators whose class is a hidden word, and a receipt that says another."""
    return _entries(firm, f"gpu_h:{word}", said)


def _entries(firm: Organisation, unit: str, said: str) -> Values:
    key, at = f"walk {unit}", datetime(2026, 6, 1, tzinfo=UTC)
    fact = engine.Posting(source="hand", key=key, at=at, legs=engine.moved("firm", "", unit, Decimal(1)))
    posting.post_all([fact], accounts={"firm": firm.pk})
    posted = LedgerTransaction.objects.select_related("period").get(source_id=key)
    receipt = LedgerReceipt.objects.create(
        giver=firm, unit="seat", quantity=1, happened_on=date(2026, 6, 1), reference=said, what=said
    )
    kept = LedgerImport.objects.create(blob=files.put_bytes(b"reference"), filename=said)
    return {
        ("ledger/imports", "uid"): kept.uid,
        ("ledger/transactions", "uid"): posted.uid,
        ("ledger/quarters", "uid"): posted.period.uid,
        ("ledger/receipts", "uid"): receipt.uid,
    }
