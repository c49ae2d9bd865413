"""The three routes of a need, so that its owner can choose: how long, what it costs, what the owner must do.

Weeks and cost are the secretariat's planning figures, from acceptance to a solution the owner has tried, shown as such. They are
estimates for a need of ordinary size, not measurements.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """One route. Least and most of each: `weeks` of calendar, `cost` to the owner in million won, `days` of the owner's work."""

    key: str
    name: str | Promise
    what: str | Promise
    weeks: tuple[int, int]
    cost: tuple[int, int]
    days: tuple[int, int]
    pays_for: str | Promise
    must: tuple[str | Promise, ...]
    fits: str | Promise
    terms: tuple[str, ...]


ROUTES: Final = (
    RouteFacts(
        key="challenge",
        name=_("Challenge"),
        what=_("Many teams try the same task; hidden answers show honestly whose solution is best."),
        weeks=(8, 16),
        cost=(3, 30),
        days=(5, 10),
        pays_for=_("prize money and preparing the data"),
        must=(
            _("Give data that may be shared under your terms, with the right answers."),
            _("Answer questions of the teams once a week."),
            _("Try the winner's solution and say whether it works."),
        ),
        fits=_("The task has a right answer that can be checked, and the data may be shared."),
        terms=("data_use", "confidentiality", "results_owner"),
    ),
    RouteFacts(
        key="team",
        name=_("Project team"),
        what=_("A chosen team works with you in a closed room, with a plan and milestones."),
        weeks=(12, 30),
        cost=(20, 150),
        days=(10, 25),
        pays_for=_("the team's working time"),
        must=(
            _("Name one person who answers within two working days."),
            _("Agree on the plan and confirm each milestone."),
            _("Run what is handed over and list its defects."),
        ),
        fits=_("The task is not sharp yet, or needs your processes and people."),
        terms=("data_use", "confidentiality", "results_owner"),
    ),
    RouteFacts(
        key="data_stays",
        name=_("Data stays home"),
        what=_(
            "Your data never leaves your machine; programs travel to it and only results you release come back."
        ),
        weeks=(10, 24),
        cost=(10, 80),
        days=(8, 20),
        pays_for=_("a machine in your house and somebody who looks after it"),
        must=(
            _("Keep one machine ready on which foreign programs run closed off from your network."),
            _("Look at every result before it leaves your house."),
            _("Describe the data well enough that others can write programs without seeing it."),
        ),
        fits=_("The data is secret or about people, and must not be copied."),
        terms=("data_home", "confidentiality", "results_owner"),
    ),
)
BY_KEY: Final = {facts.key: facts for facts in ROUTES}


def suggested(sensitivity: str) -> str:
    """The route that fits how sensitive the data is; the owner may wish for another."""
    return {"secret": "data_stays", "personal": "data_stays", "internal": "team", "public": "challenge"}.get(
        sensitivity, ""
    )
