"""What anybody may read of a placement: hashes and counts, nothing of a person."""

import json
from dataclasses import asdict
from typing import Any, Final

from dure.engines.faults import Fault, Faulty
from dure.engines.placement.freezing import canonical
from dure.engines.placement.verifying import Original, Verdict

FORMAT: Final = "dure-placement-certificate-1"
RERUN_FORMAT: Final = "dure-placement-rerun-certificate-1"


def certify(verdict: Verdict) -> bytes:
    """Return the certificate as canonical JSON: the same file gives the same bytes on every machine.

    That of a re-run names the first run by the hashes of its inputs and result, and each correction by its hash and reason. Raises
    ValueError for what was not verified.
    """
    if not verdict.is_verified or verdict.counts is None:
        raise ValueError("only what is verified gets a certificate")
    said = {
        "format": FORMAT,
        "file_sha256": verdict.file_sha256,
        "inputs_sha256": verdict.inputs_sha256,
        "places_sha256": verdict.places_sha256,
        "commitments": dict(verdict.commitments),
        "seed": verdict.seed,
        "counts": asdict(verdict.counts),
    }
    return canonical(said if verdict.original is None else said | _rerun(verdict.original))


def _rerun(original: Original) -> dict[str, Any]:
    return {
        "format": RERUN_FORMAT,
        "original": {"inputs_sha256": original.inputs_sha256, "places_sha256": original.places_sha256},
        "corrections": [{"sha256": sha256, "reason": reason} for sha256, reason in original.corrections],
        "moved": original.moved,
    }


def original_faults(verdict: Verdict, certificate: bytes) -> list[Fault]:
    """What keeps a file from being a re-run of the run that has this certificate: another lottery, other inputs, another result.

    A file alone cannot show that its first inputs were the published ones; the published certificate does. Raises `Faulty` where it
    is no certificate of a first run.
    """
    published = _read(certificate)
    found = []
    if (verdict.seed, dict(verdict.commitments)) != (published["seed"], published["commitments"]):
        found.append(Fault("placement_lottery_differs"))
    original = verdict.original
    own = None if original is None else (original.inputs_sha256, original.places_sha256)
    if own != (published["inputs_sha256"], published["places_sha256"]):
        found.append(Fault("placement_original_differs"))
    return found


def _read(certificate: bytes) -> dict[str, Any]:
    try:
        said = json.loads(certificate.decode())
    except (ValueError, RecursionError):
        raise Faulty([Fault("placement_file_broken")]) from None
    wanted = {"seed", "commitments", "inputs_sha256", "places_sha256"}
    if not isinstance(said, dict) or said.get("format") != FORMAT or not wanted <= said.keys():
        raise Faulty([Fault("placement_file_shape", place="certificate")])
    return said
