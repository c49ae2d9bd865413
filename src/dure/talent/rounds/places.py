"""The parts of a round's page that a person sees as tabs."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.talent.models import PlacementRound
from dure.talent.rounds import queries, rules
from dure.talent.rounds.rules_appeal import HAS_RESULT


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to a part of the page."""

    name: str
    label: str
    url: str


def tabs(person: Any, found: PlacementRound) -> list[Tab]:
    """What of a round this person can look at; two queries at most."""
    shown = [("round", _("Overview"))]
    if person.is_authenticated and found.state == "open":
        shown.append(("ranking", _("My ranking")))
    if found.state == "decided" and queries.entry_of(person, found):
        shown.append(("my_result", _("My result")))
    manages = bool(rules.may_manage(person, found))
    if manages:
        shown.append(("seats", _("Seats")))
    shown.append(("secrets", _("Secrets of the lottery")))
    if manages and found.state in ("solved", "by_hand", "decided"):
        shown.append(("decisions", _("Places")))
    if person.is_authenticated and found.state in HAS_RESULT:
        shown.append(("appeals", _("Appeals")))
    if found.inputs_sha256:
        shown.append(("certificate", pgettext("placement round", "Certificate")))
    return [Tab(name, label, reverse(f"talent:placement_{name}", args=[found.uid])) for name, label in shown]
