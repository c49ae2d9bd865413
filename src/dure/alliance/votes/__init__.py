"""Votes on topics: by a rule that is printed before, secret until the tally, with receipts (decisions 35 and 45)."""
