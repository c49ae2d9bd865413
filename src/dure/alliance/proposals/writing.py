"""Writing a proposal together: its words, its partners with what they ask for and bring in, its people."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from dure.alliance.models import (
    Proposal,
    ProposalPartner,
    ProposalPerson,
    ResearchCall,
)
from dure.alliance.models.proposal import MOST_WON
from dure.alliance.projects.editing import person_inside
from dure.alliance.proposals import rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

FIELDS: Final = ("track", "title_ko", "title_en", "summary_ko", "summary_en", "text_ko", "text_en")
MOST_PARTNERS: Final = 20
MOST_PEOPLE: Final = 100


@transaction.atomic
def draft(call: ResearchCall, *, by: people.Person, given: Mapping[str, Any]) -> Proposal:
    """A draft of `organisation`, led by `by`. Its organisation is asked to confirm, as every partner is. Raises Denied, Faulty."""
    demand(rules.may_propose_for(by, call, given["organisation"]))
    _check(call, given)
    said = {name: given[name] for name in FIELDS if name in given}
    made = Proposal.objects.create(call=call, lead=by, organisation=given["organisation"], **said)
    audit.write(by=by, action="proposal.drafted", obj=made)
    _ask(made, by=by, given={"organisation": made.organisation})
    return made


@transaction.atomic
def edit(proposal: Proposal, *, by: people.Person, given: Mapping[str, Any]) -> Proposal:
    """Write its words anew. Raises Denied, Faulty."""
    locked = _locked(proposal)
    demand(rules.may_write(by, locked))
    _check(locked.call, given)
    said = {name: given[name] for name in FIELDS if name in given}
    for name, value in said.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(said))
    audit.write(by=by, action="proposal.edited", obj=locked, detail={"fields": list(said)})
    return locked


def _check(call: ResearchCall, given: Mapping[str, Any]) -> None:
    """A draft may be half written; it has a title and a track of the call."""
    faults = []
    if not (given.get("title_ko") or given.get("title_en")):
        faults.append(Fault("project_no_title", place="title_ko"))
    if given.get("track") not in call.tracks:
        faults.append(Fault("proposal_track", place="track"))
    if faults:
        raise Faulty(faults)


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("call", "organisation")
    return rows.get(pk=proposal.pk)


@transaction.atomic
def add_partner(proposal: Proposal, *, by: people.Person, given: Mapping[str, Any]) -> ProposalPartner:
    """Ask an organisation to take part; who speaks for it is told. Raises Denied, Faulty with all that is wrong."""
    locked = _locked(proposal)
    demand(rules.may_arrange(by, locked))
    organisation = given["organisation"]
    faults = list(_amounts(given))
    if not organisation.is_member:
        faults.append(Fault("proposal_partner_no_member", place="organisation"))
    if locked.partners.filter(organisation=organisation).exists():
        faults.append(Fault("project_partner_twice", place="organisation"))
    if locked.partners.count() >= MOST_PARTNERS:
        faults.append(Fault("proposal_many_partners", {"limit": MOST_PARTNERS}))
    if faults:
        raise Faulty(faults)
    return _ask(locked, by=by, given=given)


def _amounts(given: Mapping[str, Any]) -> list[Fault]:
    wrong = [name for name in ("budget", "brings") if not 0 <= given.get(name, 0) <= MOST_WON]
    return [Fault("proposal_amount", place=name) for name in wrong]


def _ask(proposal: Proposal, *, by: people.Person, given: Mapping[str, Any]) -> ProposalPartner:
    """One who speaks for it says yes by asking."""
    organisation = given["organisation"]
    last = proposal.partners.aggregate(last=Max("position"))["last"]
    made = proposal.partners.create(
        organisation=organisation,
        budget=given.get("budget", 0),
        brings=given.get("brings", 0),
        position=0 if last is None else last + 1,
    )
    audit.write(by=by, action="proposal.partner_asked", obj=proposal, detail={"partner": organisation})
    if people.represents(by, organisation):
        _write_answer(made, "confirmed", by=by)
    else:
        telling.tell_speakers(telling.PARTNER_ASKED, proposal, organisation)
    return made


@transaction.atomic
def change_amounts(
    proposal: Proposal, partner: ProposalPartner, *, by: people.Person, given: Mapping[str, Any]
) -> ProposalPartner:
    """Other amounts for a partner, who is asked again, for it had agreed to others. Raises Denied, Faulty."""
    locked = _locked(proposal)
    demand(rules.may_arrange(by, locked))
    faults = _amounts(given)
    if faults:
        raise Faulty(faults)
    partner.budget, partner.brings = given["budget"], given["brings"]
    partner.answer, partner.answered_by, partner.answered_at = "", None, None
    partner.save()
    detail = {"partner": partner.organisation, "budget": partner.budget, "brings": partner.brings}
    audit.write(by=by, action="proposal.partner_amounts", obj=locked, detail=detail)
    if people.represents(by, partner.organisation):
        _write_answer(partner, "confirmed", by=by)
    else:
        telling.tell_speakers(telling.PARTNER_ASKED, locked, partner.organisation)
    return partner


@transaction.atomic
def remove_partner(proposal: Proposal, partner: ProposalPartner, *, by: people.Person) -> None:
    """Never the one that leads it. Raises Denied, Faulty."""
    locked = _locked(proposal)
    demand(rules.may_arrange(by, locked))
    if partner.organisation_id == locked.organisation_id:
        raise Faulty([Fault("proposal_leads")])
    audit.write(
        by=by, action="proposal.partner_removed", obj=locked, detail={"partner": partner.organisation}
    )
    partner.delete()


@transaction.atomic
def answer(partner: ProposalPartner, *, by: people.Person, takes_part: bool) -> ProposalPartner:
    """Who speaks for it confirms or refuses; the lead is told. Raises Denied."""
    locked = ProposalPartner.objects.select_for_update(of=("self",)).select_related(
        "organisation", "proposal"
    )
    fresh = locked.get(pk=partner.pk)
    demand(rules.may_answer(by, fresh))
    _write_answer(fresh, "confirmed" if takes_part else "refused", by=by)
    telling.tell_lead(telling.PARTNER_ANSWERED, fresh.proposal)
    return fresh


def _write_answer(partner: ProposalPartner, said: str, *, by: people.Person) -> None:
    partner.answer, partner.answered_by, partner.answered_at = said, by, clock.now()
    partner.save(update_fields=["answer", "answered_by", "answered_at"])
    detail = {"partner": partner.organisation, "answer": said}
    audit.write(by=by, action="proposal.partner_answered", obj=partner.proposal, detail=detail)


@transaction.atomic
def name_person(proposal: Proposal, *, by: people.Person, address: str) -> ProposalPerson:
    """Somebody who belongs to one of its partners, by mail address. Raises Denied, Faulty."""
    locked = _locked(proposal)
    demand(rules.may_arrange(by, locked))
    confirmed = locked.partners.filter(answer="confirmed").values("organisation_id")
    found = person_inside(confirmed, address)
    if found is None:
        raise Faulty([Fault("project_person_unknown", place="address")])
    if found.pk == locked.lead_id or locked.people.filter(person=found).exists():
        raise Faulty([Fault("project_person_twice", place="address")])
    if locked.people.count() >= MOST_PEOPLE:
        raise Faulty([Fault("proposal_many_people", {"limit": MOST_PEOPLE})])
    made = locked.people.create(person=found)
    audit.write(by=by, action="proposal.person", obj=locked, detail={"person": found})
    return made


@transaction.atomic
def unname_person(proposal: Proposal, named: ProposalPerson, *, by: people.Person) -> None:
    """Raises Denied."""
    locked = _locked(proposal)
    demand(rules.may_arrange(by, locked))
    audit.write(by=by, action="proposal.person_removed", obj=locked, detail={"person": named.person})
    named.delete()
