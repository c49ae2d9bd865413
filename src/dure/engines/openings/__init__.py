"""Openings as values: read from a table, told to search engines, begun from a template."""

from dure.engines.openings.codes import LANGUAGES, REGIONS, country_of, region_of
from dure.engines.openings.columns import COLUMNS
from dure.engines.openings.fault_codes import FAULTS
from dure.engines.openings.posting import FOR_SEARCH_ENGINES, posting, script_safe
from dure.engines.openings.reading import Noted, Reading, column_of, read_openings, rows_of
from dure.engines.openings.templates import Template, templates
from dure.engines.openings.values import (
    KINDS,
    LANGUAGE_LEVELS,
    PERIODS,
    REMOTE,
    Kind,
    Opening,
    Pay,
    WantedLanguage,
    WantedSkill,
)

__all__ = [
    "COLUMNS",
    "FAULTS",
    "FOR_SEARCH_ENGINES",
    "KINDS",
    "LANGUAGES",
    "LANGUAGE_LEVELS",
    "PERIODS",
    "REGIONS",
    "REMOTE",
    "Kind",
    "Noted",
    "Opening",
    "Pay",
    "Reading",
    "Template",
    "WantedLanguage",
    "WantedSkill",
    "column_of",
    "country_of",
    "posting",
    "read_openings",
    "region_of",
    "rows_of",
    "script_safe",
    "templates",
]
