"""The section of an opening's page about applying: the way in, why there is none, or what one handed in already."""

from collections.abc import Mapping
from typing import Any, Final

from dure.talent.applications import rules
from dure.talent.models import Application, Opening

TEMPLATE: Final = "talent/applications/panel.html"


def panel(reader: Any, opening: Opening) -> Mapping[str, Any] | None:
    """For who decides, the way to what was handed in; for everybody else, to apply. Three queries at most."""
    if rules.speaks_for(reader, opening):
        return {"opening": opening, "decides": True}
    if opening.state == "draft":
        return None
    own = _standing(reader, opening)
    return {"opening": opening, "own": own, "may": rules.may_apply(reader, opening) if own is None else None}


def _standing(reader: Any, opening: Opening) -> Application | None:
    if not reader.is_authenticated:
        return None
    return opening.applications.filter(person_id=reader.pk).exclude(state="withdrawn").first()
