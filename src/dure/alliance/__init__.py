"""The joint secretariat: members, agreements and commitments, roundtables, the research portfolio, and the ledger."""
