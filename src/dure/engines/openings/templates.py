"""One template for each kind of opening, in both languages: `templates.yaml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dure.engines.openings.values import KINDS, Kind, Remote
from dure.engines.skills import Words


@dataclass(frozen=True, slots=True)
class Template:
    """What a new opening of a kind begins with; what stands in square brackets is to be filled in."""

    kind: Kind
    title: Words
    text: Words
    remote: Remote
    weekly_hours: int | None
    steps: tuple[Words, ...]
    accessibility: Words
    pay: Words


@cache
def templates() -> Mapping[Kind, Template]:
    """The template of each kind."""
    loaded = yaml.safe_load(files(__package__).joinpath("templates.yaml").read_text(encoding="utf-8"))
    return {kind: _template(kind, loaded["kinds"][kind], Words(**loaded["accessibility"])) for kind in KINDS}


def _template(kind: Kind, entry: Mapping[str, Any], accessibility: Words) -> Template:
    return Template(
        kind=kind,
        title=Words(**entry["title"]),
        text=Words(**entry["text"]),
        remote=entry["remote"],
        weekly_hours=entry.get("weekly_hours"),
        steps=tuple(Words(**step) for step in entry["steps"]),
        accessibility=accessibility,
        pay=Words(**entry["pay"]),
    )
