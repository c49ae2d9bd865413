"""Audits of selection, and the voluntary answers that they alone read."""
