"""Usage: what engines account for becomes hourly entries that only ever grow, and are told to the ledger above."""
