"""The skills that needs, courses, labs and openings all name, as values, read from `catalogue/` without a database."""

from dure.engines.skills.aliases import dictionary, packaged_aliases
from dure.engines.skills.fault_codes import FAULTS
from dure.engines.skills.graph import in_order, needed_by
from dure.engines.skills.ncs import paired
from dure.engines.skills.reading import AREAS, packaged, read, slugs
from dure.engines.skills.suggesting import MOST_READ, Suggestion, suggested
from dure.engines.skills.values import LEVELS, Area, Catalogue, Skill, Words

__all__ = [
    "AREAS",
    "FAULTS",
    "LEVELS",
    "MOST_READ",
    "Area",
    "Catalogue",
    "Skill",
    "Suggestion",
    "Words",
    "dictionary",
    "in_order",
    "needed_by",
    "packaged",
    "packaged_aliases",
    "paired",
    "read",
    "slugs",
    "suggested",
]
