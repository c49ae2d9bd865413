"""Asking owners of data at sites, while a challenge is prepared."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.farm import api as farm
from dure.foundation import audit
from dure.foundation.access import Denied, Hidden, Refused, demand
from dure.people import api as people
from dure.problems import rules, rules_hosting
from dure.problems.models import Challenge
from dure.problems.sites import settling
from dure.problems.sites.uses import open_uses

NOT_AT_SITES = Refused("not_at_sites", _("First choose that code runs where the data is."))
NO_CODE = Refused(
    "no_site_code", _("Give the code of the data set, as its owner reads it off the site's page.")
)


def _demand_preparing(by: people.Person, challenge: Challenge) -> None:
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))
    if not challenge.is_at_sites:
        raise Denied(NOT_AT_SITES)


@transaction.atomic
def ask(*, by: people.Person, challenge: Challenge, code: str) -> farm.SiteUse:
    """Ask the owner of a data set, by the code that the owner gave away. Raises Denied."""
    _demand_preparing(by, challenge)
    try:
        dataset = UUID(code.strip())
    except ValueError as error:
        raise Denied(NO_CODE) from error
    use = farm.ask_site_use(
        by=by,
        dataset=dataset,
        purpose=challenge.uid,
        title=str(challenge.problem),
        wants=settling.wants_of(challenge),
    )
    audit.write(by=by, action="challenge.site_ask", obj=challenge, detail={"dataset": str(dataset)})
    return use


@transaction.atomic
def take_back(*, by: people.Person, challenge: Challenge, uid: UUID) -> None:
    """Need a data set no more."""
    _demand_preparing(by, challenge)
    found = next((use for use in open_uses(challenge) if use.uid == uid), None)
    if found is None:
        raise Hidden(uid)
    farm.take_back_site_use(found)
    settling.settle(challenge)
    audit.write(by=by, action="challenge.site_take_back", obj=challenge)
