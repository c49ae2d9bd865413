"""Calls in the small alliance of the access walk: a public one and a draft, a proposal that is submitted and a draft."""

from collections.abc import Callable
from typing import Any

from dure.alliance.models import Proposal, ResearchCall, Review
from dure.alliance.proposals import effects
from dure.foundation import clock

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {
    "researchcall": {"secretariat"},
    "proposal": {"owner", "host"},
    "judgement": {"secretariat", "auditor"},
}
"""A draft of a call is the secretariat's, a draft of a proposal its own people's; of a review whose reviewer has a
conflict of interest (the rival here) nothing is left."""


def shown(world: Any) -> Values:
    """An open call that is public, to which the firm has submitted a proposal."""
    call = ResearchCall.objects.create(
        title_en="Shown", tracks=["speech"], reach="public", state="open", published_at=clock.now(),
        closes_at=clock.now(),
    )  # fmt: skip
    rival, other = (call.reviewers.create(person=world.people[role]) for role in ("rival", "team"))
    said = {"state": "submitted", "submitted_at": clock.now(), "number": 1}
    found = _values(world, call, lambda _name: "Shown", **said)
    proposal = call.proposals.get()
    conflict = proposal.conflicts.create(reviewer=rival, kind="organisation", code="conflict_organisation")
    conflict.is_waived = True
    conflict.save()
    criterion = call.criteria.create(name_en="Shown")
    return found | {
        ("calls", "uid"): call.uid,
        ("calls/criteria", "criterion"): criterion.uid,
        ("reviews", "uid"): _review(world, proposal, "team", lambda _name: "Shown").uid,
        ("calls/reviewers", "reviewer"): other.uid,
        ("calls/ties", "tie"): other.ties.create(address="a@b.example").uid,
        ("calls/conflicts", "conflict"): conflict.uid,
    }


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """A draft of each; the proposal is one to the call that everybody knows of."""
    words = {f"{name}_{code}": text("researchcall") for name in ("title", "text") for code in ("ko", "en")}
    call = ResearchCall.objects.create(tracks=["speech"], **words)
    open_call = ResearchCall.objects.get(title_en="Shown")
    found = _values(world, open_call, text)
    criterion = call.criteria.create(name_en=text("researchcall"))
    judged = Proposal.objects.get(title_en="Shown", state="submitted")
    review = _review(world, judged, "rival", text)
    conflict = judged.conflicts.create(
        reviewer=review.reviewer, kind="declared", code="conflict_declared_proposal"
    )
    return found | {
        ("calls", "uid"): call.uid,
        ("calls/criteria", "criterion"): criterion.uid,
        ("reviews", "uid"): review.uid,
        ("calls/conflicts", "conflict"): conflict.uid,
    }


def _review(world: Any, proposal: Proposal, by: str, text: Callable[[str], str]) -> Review:
    """One that somebody of the pool writes."""
    reviewer = proposal.call.reviewers.get(person=world.people[by])
    words = {"comment": text("judgement"), "to_applicants": text("judgement")}
    return proposal.reviews.create(reviewer=reviewer, due_on=clock.today(), state="accepted", **words)


def _values(world: Any, call: ResearchCall, text: Callable[[str], str], **state: Any) -> Values:
    said = {
        f"{name}_{code}": text("proposal") for name in ("title", "summary", "text") for code in ("ko", "en")
    }
    made = call.proposals.create(
        organisation=world.firm, lead=world.owner, track="speech", question=text("proposal"), **said, **state
    )
    partner = made.partners.create(organisation=world.firm, budget=7)
    named = made.people.create(person=world.people["host"])
    effects.freeze(made, by=world.owner)
    made.save()
    return {
        ("proposals", "uid"): made.uid,
        ("calls/board", "proposal"): made.uid,
        ("proposals/partners", "partner"): partner.uid,
        ("proposals/people", "named"): named.uid,
        ("proposals/revisions", "number"): 1,
    }
