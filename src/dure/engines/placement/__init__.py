"""Batch stable placement: frozen inputs, a lottery nobody steers, deferred acceptance, and a verifier apart from the solver."""

from dure.engines.placement.building import build
from dure.engines.placement.certificate import certify, original_faults
from dure.engines.placement.checking import market_faults
from dure.engines.placement.correcting import Change, Correction, corrected, differences
from dure.engines.placement.explaining import CutOff, Explainer, Line, Why
from dure.engines.placement.fault_codes import FAULTS
from dure.engines.placement.filing import MOST_BYTES, Filed, Rerun, pack, pack_rerun, unpack
from dure.engines.placement.freezing import Frozen, freeze
from dure.engines.placement.lottery import Draw, Secret, commitment_of, draw, secret_faults, seed_of
from dure.engines.placement.recounting import Counts, recount
from dure.engines.placement.solving import solve
from dure.engines.placement.values import NOWHERE, Choices, Ints, Limit, Market, Opening
from dure.engines.placement.verifying import Original, Verdict, verify

__all__ = [
    "FAULTS",
    "MOST_BYTES",
    "NOWHERE",
    "Change",
    "Choices",
    "Correction",
    "Counts",
    "CutOff",
    "Draw",
    "Explainer",
    "Filed",
    "Frozen",
    "Ints",
    "Limit",
    "Line",
    "Market",
    "Opening",
    "Original",
    "Rerun",
    "Secret",
    "Verdict",
    "Why",
    "build",
    "certify",
    "commitment_of",
    "corrected",
    "differences",
    "draw",
    "freeze",
    "market_faults",
    "original_faults",
    "pack",
    "pack_rerun",
    "recount",
    "secret_faults",
    "seed_of",
    "solve",
    "unpack",
    "verify",
]
