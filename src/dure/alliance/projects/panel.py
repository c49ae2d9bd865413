"""The section of an organisation's page with the projects in which it takes part."""

from collections.abc import Mapping
from typing import Any, Final

from dure.alliance.projects import queries

TEMPLATE: Final = "alliance/projects/panel.html"
SHOWN: Final = 8


def of_organisation(reader: Any, organisation: Any) -> Mapping[str, Any] | None:
    """As far as the reader may know of them; nothing where there is none. One query."""
    found = list(queries.of_organisation(reader, organisation)[:SHOWN])
    return {"projects": found} if found else None
