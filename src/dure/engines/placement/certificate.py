"""What anybody may read of a placement: hashes and counts, nothing of a person."""

from dataclasses import asdict
from typing import Final

from dure.engines.placement.freezing import canonical
from dure.engines.placement.verifying import Verdict

FORMAT: Final = "dure-placement-certificate-1"


def certify(verdict: Verdict) -> bytes:
    """Return the certificate as canonical JSON: the same file gives the same bytes on every machine.

    Raises ValueError for what was not verified.
    """
    if not verdict.is_verified or verdict.counts is None:
        raise ValueError("only what is verified gets a certificate")
    return canonical(
        {
            "format": FORMAT,
            "file_sha256": verdict.file_sha256,
            "inputs_sha256": verdict.inputs_sha256,
            "places_sha256": verdict.places_sha256,
            "commitments": dict(verdict.commitments),
            "seed": verdict.seed,
            "counts": asdict(verdict.counts),
        }
    )
