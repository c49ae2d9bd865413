"""The firm's account of the ledger in the small alliance of the access walk, with an entry whose words only its people may know."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dure.alliance.ledger import posting
from dure.engines import ledger as engine
from dure.people.models import Organisation

Values = dict[tuple[str, str], Any]
MAY_READ = {"ledgerclass": {"owner", "host", "secretariat", "auditor"}}


def shown(firm: Organisation) -> Values:
    """The firm's account; outsiders find none at any address."""
    return {("ledger/accounts", "slug"): firm.slug}


def hide(firm: Organisation, word: str) -> None:
    """Hours of accelerators whose class is a hidden word."""
    legs = engine.moved("firm", "", f"gpu_h:{word}", Decimal(1))
    fact = engine.Posting(source="hand", key="walk", at=datetime(2026, 6, 1, tzinfo=UTC), legs=legs)
    posting.post_all([fact], accounts={"firm": firm.pk})
