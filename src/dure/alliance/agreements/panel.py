"""The section of an organisation's page with its agreements."""

from collections.abc import Mapping
from typing import Any, Final

from dure.alliance.agreements import queries
from dure.alliance.commitments.queries import of_donor

TEMPLATE: Final = "alliance/agreements/panel.html"
SHOWN: Final = 6


def of_organisation(reader: Any, organisation: Any) -> Mapping[str, Any] | None:
    """Its agreements and what it has pledged, as far as the reader may read them; nothing where there is none. Two queries."""
    if not reader.is_authenticated:
        return None
    found = list(queries.of_organisation(reader, organisation)[:SHOWN])
    pledged = list(of_donor(reader, organisation)[:SHOWN])
    return {"agreements": found, "commitments": pledged} if found or pledged else None
