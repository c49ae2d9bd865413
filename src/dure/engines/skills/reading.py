"""Reads a catalogue: a folder with one YAML file for each area, in the order in which pages show them."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from dure.engines.faults import Fault, Faulty
from dure.engines.skills.fields import Fields
from dure.engines.skills.graph import in_order
from dure.engines.skills.values import LEVELS, Area, Catalogue, Skill

AREAS: Final = (
    "programming",
    "statistics",
    "data",
    "modelling",
    "deep-learning",
    "language",
    "operations",
    "responsibility",
    "industry",
)
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml was built in


@cache
def packaged() -> Catalogue:
    """The catalogue that comes with Dure."""
    return read(files(__package__).joinpath("catalogue"))


def slugs() -> frozenset[str]:
    """Every slug of the packaged catalogue."""
    return frozenset(packaged().skills)


def read(folder: Traversable) -> Catalogue:
    """The catalogue in a folder that has `<area>.yaml` for each of `AREAS`.

    Raises Faulty with every fault found: `skill_file_broken`, `skill_field_missing`, `skill_field_unknown`, `skill_bad_slug`,
    `skill_bad_level`, `skill_bad_esco`, `skill_twice`, `skill_unknown`, and `skill_cycle` once all else is right.
    """
    faults: list[Fault] = []
    areas, skills = [], []
    for key in AREAS:
        fields = Fields(_loaded(folder, key), f"{key}.yaml", faults)
        areas.append(Area(key, fields.words("name")))
        skills += [_skill(entry, key) for entry in fields.entries("skills")]
        fields.nothing_else()
    faults += _wrong_together(skills)
    if faults:
        raise Faulty(faults)
    in_order({skill.slug: skill.needs for skill in skills})
    return Catalogue(tuple(areas), {skill.slug: skill for skill in skills})


def _loaded(folder: Traversable, area: str) -> Any:
    text = folder.joinpath(f"{area}.yaml").read_text(encoding="utf-8")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - either of the two loaders is a safe one
    except yaml.YAMLError as error:
        raise Faulty([Fault("skill_file_broken", {"error": str(error)}, place=f"{area}.yaml")]) from error


def _skill(fields: Fields, area: str) -> Skill:
    slug = fields.slug()
    levels = Fields(fields.take("levels"), f"{fields.place}.levels", fields.faults)
    skill = Skill(
        slug=slug,
        area=area,
        name=fields.words("name"),
        about=fields.words("about"),
        needs=fields.needs(),
        levels=tuple(levels.words_list(level) for level in LEVELS),
        esco=fields.esco(),
    )
    levels.nothing_else()
    fields.nothing_else()
    return skill


def _wrong_together(skills: list[Skill]) -> list[Fault]:
    """What only shows when all skills are seen: a slug that stands twice, a need that is no skill."""
    seen = [skill.slug for skill in skills]
    twice = sorted({slug for slug in seen if seen.count(slug) > 1})
    unknown = [(skill, need) for skill in skills for need in skill.needs if need not in seen]
    return [Fault("skill_twice", {"value": slug}, place=slug) for slug in twice] + [
        Fault("skill_unknown", {"value": need}, place=f"{skill.slug}.needs") for skill, need in unknown
    ]
