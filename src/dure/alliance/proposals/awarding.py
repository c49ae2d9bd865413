"""An accepted proposal becomes a project with its partners and people; what they bring in becomes pledges under the agreement."""

from datetime import date
from decimal import Decimal
from typing import Any

from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.commitments import pledging
from dure.alliance.models import Proposal, ResearchProject
from dure.alliance.projects import dates, editing
from dure.foundation import clock
from dure.people import api as people


def project_of(proposal: Proposal, *, by: Any) -> ResearchProject:
    """Set up by whoever awards it; it starts once terms, milestones and a first meeting are agreed."""
    call = proposal.call
    agreement = call.agreement if call.agreement and call.agreement.state in IN_FORCE else None
    given = {name: getattr(proposal, name) for name in ("track", "title_ko", "title_en", "lead")}
    given |= {f"summary_{code}": getattr(proposal, f"summary_{code}") for code in ("ko", "en")}
    given |= {"origin": "proposal", "agreement": agreement, "starts_on": clock.today()}
    made = editing.create(by=by, given=given)
    for one in proposal.all_partners:
        if one.answer == "confirmed":
            editing.add_partner(made, by=by, given=_partner(proposal, one))
    for named in proposal.people.select_related("person").order_by("pk"):
        _member(made, named.person, by=by)
    if agreement is not None:
        _pledge(proposal, agreement, by=by)
    return made


def _partner(proposal: Proposal, one: Any) -> dict[str, Any]:
    """What it brings in for a year; what it asks for is the call's money and stays with the proposal."""
    is_industry = one.organisation.kind == people.Organisation.Kind.INDUSTRY
    leads = one.organisation_id == proposal.organisation_id
    role = "leads" if leads else "industry" if is_industry else "research"
    return {"organisation": one.organisation, "role": role, "budget": Decimal(one.brings), "currency": "KRW"}


def _member(project: ResearchProject, person: people.Person, *, by: people.Person) -> None:
    """Whoever still belongs to a partner."""
    if editing.person_of_partners(project, str(person.email)) is not None:
        editing.add_member(project, by=by, given={"address": str(person.email), "role": "researcher"})


def _pledge(proposal: Proposal, agreement: Any, *, by: people.Person) -> None:
    """Money that parties of the agreement bring in, for the first year; each donor confirms it as any other."""
    parties = {party.organisation_id for party in agreement.standing}
    first = clock.today()
    for one in proposal.all_partners:
        if one.answer != "confirmed" or not one.brings or one.organisation_id not in parties:
            continue
        pledging.pledge(agreement, by=by, given=_promise(proposal, one, first))


def _promise(proposal: Proposal, one: Any, first: date) -> dict[str, Any]:
    return {
        "donor": one.organisation,
        "beneficiary": None,
        "kind": "money",
        "unit": "KRW",
        "accelerator": "",
        "quantity": Decimal(one.brings),
        "starts_on": first,
        "ends_on": dates.months_after(first, 12),
        "what_ko": proposal.title_ko or proposal.title_en,
        "what_en": proposal.title_en or proposal.title_ko,
    }
