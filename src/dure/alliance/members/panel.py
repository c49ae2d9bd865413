"""The section of an organisation's page about its membership."""

from collections.abc import Mapping
from typing import Any, Final

from dure.alliance.members import queries

TEMPLATE: Final = "alliance/members/panel.html"


def of_organisation(_reader: Any, organisation: Any) -> Mapping[str, Any] | None:
    """Level and since when, with the way to all it gives and gets; nothing for one that never joined. One query."""
    if organisation.joined_on is None:
        return None
    return {"organisation": organisation, "member": queries.member_of(organisation)}
