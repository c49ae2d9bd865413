"""Running a placement's file again without the solver: hashes, lottery, and every rule that the result must keep."""

import hashlib
from dataclasses import dataclass

from dure.engines.faults import Fault
from dure.engines.placement.filing import Filed, unpack
from dure.engines.placement.freezing import canonical
from dure.engines.placement.lottery import draw, secret_faults, seed_of
from dure.engines.placement.recounting import Counts, recount


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found about a file. `seed` and `counts` are None where the secrets give no lottery to count with.

    Hashes are SHA-256 as hex: of the whole file, of the frozen inputs in it, and of the result. `commitments` are those of each
    organisation, by its name.
    """

    faults: tuple[Fault, ...]
    file_sha256: str
    inputs_sha256: str
    places_sha256: str
    commitments: tuple[tuple[str, str], ...]
    seed: str | None = None
    counts: Counts | None = None

    @property
    def is_verified(self) -> bool:
        return not self.faults and self.counts is not None and self.counts.are_clean


def verify(content: bytes) -> Verdict:
    """Verify a file. Raises `Faulty` where it is no file of a placement."""
    filed = unpack(content)
    found = list(secret_faults(filed.secrets))
    if filed.inputs_sha256 != filed.frozen.sha256:
        found.append(Fault("placement_inputs_changed", {"found": filed.frozen.sha256}))
    seed = None if found else seed_of(filed.frozen.sha256, filed.secrets)
    return Verdict(
        faults=tuple(found),
        file_sha256=hashlib.sha256(content).hexdigest(),
        inputs_sha256=filed.frozen.sha256,
        places_sha256=hashlib.sha256(canonical(filed.places.tolist())).hexdigest(),
        commitments=tuple((one.organisation, one.commitment) for one in filed.secrets),
        seed=None if seed is None else seed.hex(),
        counts=None if seed is None else _counts(filed, seed),
    )


def _counts(filed: Filed, seed: bytes) -> Counts:
    market = filed.frozen.market
    return recount(market, draw(market, seed), filed.places)
