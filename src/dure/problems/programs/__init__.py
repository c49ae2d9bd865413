"""A host's own scoring program, as Codabench has it: run by the farm in a sandbox of its own, beside reference data and results.

Its scorer version has the metric `program` and these parameters: `program` (the hash of its archive), `words` (its command), `key`
(which of its scores counts), `direction`, and `ingestion` (the same two of a program that runs submitted code), where there is one.
"""

from typing import Final

PROGRAM: Final = "program"
"""The metric of a challenge that is scored so."""
