"""Conflicts of interest of a call, kept as rows so that one filter hides them; waivers; ties that reviewers declare."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.alliance.models import (
    CallReviewer,
    Proposal,
    ResearchCall,
    ResearchProject,
    ReviewConflict,
    ReviewerTie,
    ReviewWaiver,
)
from dure.alliance.proposals import rules as proposal_rules
from dure.alliance.reviews import facts, rules
from dure.engines import reviewing as engine
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import ALLOWED, Decision, demand, first_refusal
from dure.people import api as people

MOST_TIES: Final = 100
LOOKED_AT: Final = ("open", "reviewing", "deciding")
"""States of a call in which its conflicts are kept up to date."""


@transaction.atomic
def refresh(call: ResearchCall) -> facts.Facts:
    """Find the call's conflicts anew; returns what they rest on."""
    locked = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    known = facts.of_call(locked)
    wanted = {_key(one): one for one in _found(known)}
    there = {_key(one): one for one in ReviewConflict.objects.filter(reviewer__call=locked).order_by("pk")}
    gone = [one.pk for key, one in there.items() if key not in wanted]
    ReviewConflict.objects.filter(pk__in=gone).delete()
    ReviewConflict.objects.bulk_create(one for key, one in wanted.items() if key not in there)
    ResearchCall.objects.filter(pk=locked.pk).update(conflicts_on=clock.today())
    return known


def _found(known: facts.Facts) -> list[ReviewConflict]:
    """The engine's conflicts as rows, with names in the place of keys."""
    words = _words(known.conflicts)
    return [
        ReviewConflict(
            proposal=known.proposals[one.proposal],
            reviewer=known.reviewers[one.reviewer],
            kind=one.kind,
            code=one.code,
            person=words.get(one.person, one.person)[:200],
            over=words.get(one.over, one.over)[:200],
            is_waivable=one.is_waivable,
            is_waived=_is_waived(one, known),
        )
        for one in known.conflicts
    ]


def _key(one: ReviewConflict) -> tuple[Any, ...]:
    """All that a row says: one that is found again stays as it is."""
    pair = (one.proposal_id, one.reviewer_id)
    return (*pair, one.kind, one.code, one.person, one.over, one.is_waivable, one.is_waived)


def _is_waived(one: engine.Conflict, known: facts.Facts) -> bool:
    return one.is_waivable and engine.Waiver(one.proposal, one.reviewer, one.kind) in known.waivers


def _words(found: tuple[engine.Conflict, ...]) -> dict[str, str]:
    """Names in the place of addresses, slugs and uids; three queries."""
    keys = {one.person for one in found} | {one.over for one in found}
    named: dict[str, str] = {}
    for one in people.Person.objects.filter(email__in=[key for key in keys if "@" in key]):
        named[facts.key_of(one)] = one.name_ko or one.name_en
    for home in people.Organisation.objects.filter(slug__in=keys):
        named[home.slug] = home.name_ko or home.name_en
    uids = [one.over for one in found if one.kind == "project"]
    for project in ResearchProject.objects.filter(uid__in=uids):
        named[str(project.uid)] = project.title_ko or project.title_en
    return named


def refresh_of(person_id: int) -> int:
    """Whatever this person reviews, looked at anew: they have joined or left an organisation. Returns of how many calls."""
    calls = ResearchCall.objects.filter(reviewers__person_id=person_id, state__in=LOOKED_AT)
    found = list(calls.order_by("pk"))
    for call in found:
        refresh(call)
    return len(found)


@transaction.atomic
def waive(
    proposal: Proposal, reviewer: CallReviewer, *, kind: str, by: people.Person, reason: str
) -> ReviewWaiver:
    """Let this reviewer judge it all the same, with a reason that stays. Raises Denied, Faulty."""
    call = reviewer.call
    demand(first_refusal(rules.may_run(by, call), proposal_rules.handles(by, proposal)))
    known = refresh(call)
    faults = [] if reason.strip() else [Fault("review_waiver_reason", place="reason")]
    asked = next((one for one in engine.KINDS if one == kind), None)
    if asked is None:
        faults.append(Fault("review_kind_unknown", place="kind"))
    else:
        wanted = engine.Waiver(proposal.code, facts.key_of(reviewer.person), asked)
        faults += engine.waiver_faults(known.conflicts, [wanted])
    if faults:
        raise Faulty(faults)
    made, _new = ReviewWaiver.objects.get_or_create(
        proposal=proposal, reviewer=reviewer, kind=kind, defaults={"reason": reason.strip(), "waived_by": by}
    )
    detail = {"reviewer": reviewer.person, "kind": kind, "reason": reason}
    audit.write(by=by, action="proposal.conflict_waived", obj=proposal, detail=detail)
    refresh(call)
    return made


@transaction.atomic
def declare(reviewer: CallReviewer, *, by: people.Person, given: Mapping[str, Any]) -> ReviewerTie:
    """A tie of the reviewer: to an organisation, or to a person by their address. Raises Denied, Faulty."""
    demand(_is_own(by, reviewer))
    faults = []
    if (given["organisation"] is None) == (not given["address"]):
        faults.append(Fault("review_tie_one", place="organisation"))
    if given["is_advisor"] and not given["address"]:
        faults.append(Fault("review_tie_advisor", place="address"))
    if reviewer.ties.count() >= MOST_TIES:
        faults.append(Fault("review_many_ties", {"limit": MOST_TIES}))
    if faults:
        raise Faulty(faults)
    made = reviewer.ties.create(**given)
    audit.write(by=by, action="research_call.tie_declared", obj=reviewer.call)
    refresh(reviewer.call)
    return made


@transaction.atomic
def undeclare(tie: ReviewerTie, *, by: people.Person) -> None:
    """A tie that was declared by mistake; one to a proposal stays. Raises Denied."""
    demand(_is_own(by, tie.reviewer))
    call = tie.reviewer.call
    audit.write(by=by, action="research_call.tie_undeclared", obj=call)
    ReviewerTie.objects.filter(pk=tie.pk, proposal=None).delete()
    refresh(call)


def _is_own(person: Any, reviewer: CallReviewer) -> Decision:
    return ALLOWED if reviewer.person_id == person.pk else rules.NOT_REVIEWER
