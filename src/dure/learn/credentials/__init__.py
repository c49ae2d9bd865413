"""Credentials that people earn: awarded once, signed, shown as their holders choose, revoked with a reason. Decision 24."""
