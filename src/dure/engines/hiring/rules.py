"""The words behind each kind of warning: `rules.yaml`, which says what each of its keys means, read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from dure.engines.hiring.values import Side

Force = Literal["plain", "wish", "mention"]
Doubt = Literal["never", "unasked", "unpreferred", "always"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of one kind: whose texts it is for, how readily it warns, and when the words may mean something else."""

    kind: str
    law: str
    force: Force
    doubt: Doubt
    sides: frozenset[Side]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, what takes the doubt from a topic or from a group of people, and what makes a place harmless."""

    rules: tuple[Rule, ...]
    asking: re.Pattern[str]
    preferring: re.Pattern[str]
    material: re.Pattern[str]
    subjects: re.Pattern[str]
    denial: re.Pattern[str]


@cache
def packaged_rules() -> Rules:
    """The rules that come with Dure."""
    loaded = yaml.safe_load(files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8"))
    return Rules(
        rules=tuple(_rule(entry) for entry in loaded["rules"]),
        asking=_any(loaded["asking"]),
        preferring=_any(loaded["preferring"]),
        material=_any(loaded["material"]),
        subjects=_any(loaded["subjects"]),
        denial=_any(loaded["denial"]),
    )


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        kind=entry["kind"],
        law=entry["law"],
        force=entry["force"],
        doubt=entry["doubt"],
        sides=frozenset(entry["sides"]),
        pattern=_any(entry["patterns"]),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
