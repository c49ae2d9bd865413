"""Rows of the alliance."""

from dure.alliance.models.ledger import LedgerEntry, LedgerPeriod, LedgerTransaction, LedgerValue

__all__ = ["LedgerEntry", "LedgerPeriod", "LedgerTransaction", "LedgerValue"]
