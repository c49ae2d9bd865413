"""Running a placement's file again without the solver: hashes, lottery, and every rule that the result must keep."""

import hashlib
from dataclasses import dataclass

from dure.engines.faults import Fault, Faulty
from dure.engines.placement.correcting import corrected
from dure.engines.placement.filing import Filed, unpack
from dure.engines.placement.freezing import Frozen, canonical
from dure.engines.placement.lottery import draw, secret_faults, seed_of
from dure.engines.placement.recounting import Counts, recount
from dure.engines.placement.resolving import solve_again
from dure.engines.placement.values import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a re-run goes back to: the first run's inputs and result, each correction by its hash and reason, and how many moved.

    `moved` counts the people who have another place than in the first run.
    """

    inputs_sha256: str
    places_sha256: str
    corrections: tuple[tuple[str, str], ...]
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found about a file. `seed` and `counts` are None where the secrets give no lottery to count with.

    Hashes are SHA-256 as hex: of the whole file, of the inputs that the result rests on (of a re-run the corrected ones), and of
    the result. `commitments` are those of each organisation, by its name. `original` is there for a re-run.
    """

    faults: tuple[Fault, ...]
    file_sha256: str
    inputs_sha256: str
    places_sha256: str
    commitments: tuple[tuple[str, str], ...]
    seed: str | None = None
    counts: Counts | None = None
    original: Original | None = None

    @property
    def is_verified(self) -> bool:
        return not self.faults and self.counts is not None and self.counts.are_clean


def verify(content: bytes) -> Verdict:
    """Verify a file. Raises `Faulty` where it is no file of a placement."""
    filed = unpack(content)
    frozen, found = _inputs(filed)
    seed = None if found else seed_of(filed.frozen.sha256, filed.secrets)
    if seed is not None and filed.rerun is not None and filed.rerun.seed != seed.hex():
        found.append(Fault("placement_lottery_differs"))
        seed = None
    return Verdict(
        faults=tuple(found),
        file_sha256=hashlib.sha256(content).hexdigest(),
        inputs_sha256=frozen.sha256,
        places_sha256=_hash_of(filed.places),
        commitments=tuple((one.organisation, one.commitment) for one in filed.secrets),
        seed=None if seed is None else seed.hex(),
        counts=None if seed is None else recount(frozen.market, draw(frozen.market, seed), filed.places),
        original=None if seed is None else _original(filed, seed),
    )


def _inputs(filed: Filed) -> tuple[Frozen, list[Fault]]:
    """The inputs that the result must rest on, and what is wrong before any lottery is drawn."""
    found = list(secret_faults(filed.secrets))
    if filed.inputs_sha256 != filed.frozen.sha256:
        found.append(Fault("placement_inputs_changed", {"found": filed.frozen.sha256}))
    if filed.rerun is None:
        return filed.frozen, found
    try:
        frozen = corrected(filed.frozen, filed.rerun.corrections)
    except Faulty as faulty:
        return filed.frozen, [*found, *faulty.faults]
    if filed.rerun.corrected_sha256 != frozen.sha256:
        found.append(Fault("placement_inputs_changed", {"found": frozen.sha256}))
    return frozen, found


def _original(filed: Filed, seed: bytes) -> Original | None:
    """The first run made again: its result follows from its inputs and the same seed."""
    if filed.rerun is None:
        return None
    market = filed.frozen.market
    places = solve_again(market, draw(market, seed))
    return Original(
        inputs_sha256=filed.frozen.sha256,
        places_sha256=_hash_of(places),
        corrections=tuple((one.sha256, one.reason) for one in filed.rerun.corrections),
        moved=int((places != filed.places).sum()),
    )


def _hash_of(places: Ints) -> str:
    return hashlib.sha256(canonical(places.tolist())).hexdigest()
