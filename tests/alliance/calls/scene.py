"""Calls in the scene in which every transition is walked: a call without a rubric, and an empty proposal that the owner leads."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import ResearchCall
from dure.foundation import clock
from tests.factories.people import organisation

DESK = {"secretariat"}
NOBODY: set[str] = set()
LEADS = {"owner"}
REVIEWS = {"unrelated"}

EXPECTED: dict[str, set[str]] = {
    "research_call.publish": DESK,
    "research_call.extend": DESK,
    "research_call.close": NOBODY,
    "research_call.cancel": DESK,
    "research_call.start_decision": DESK,
    "research_call.announce": DESK,
    "research_call.archive": DESK,
    "proposal.submit": LEADS,
    "proposal.revert": LEADS,
    "proposal.screen_pass": DESK,
    "proposal.screen_fail": DESK,
    "proposal.ask": DESK,
    "proposal.resubmit": LEADS,
    "proposal.lapse": NOBODY,
    "proposal.discuss": NOBODY,
    "proposal.accept": NOBODY,
    "proposal.move_up": DESK,
    "proposal.reserve": NOBODY,
    "proposal.decline": NOBODY,
    "proposal.award": DESK,
    "proposal.withdraw": LEADS,
    "proposal.call_cancelled": NOBODY,
    "review.accept": REVIEWS,
    "review.submit": REVIEWS,
    "review.decline": REVIEWS,
    "review.recuse": REVIEWS,
    "review.remind": NOBODY,
    "review.lapse": NOBODY,
    "review.cancel": DESK,
}


def parts(found: dict[str, Any], firm: Any) -> dict[str, Any]:
    later = clock.now() + timedelta(days=30)
    call = ResearchCall.objects.create(title_en="Walk", closes_at=later)
    proposal = call.proposals.create(organisation=firm, lead=found["owner"], track="speech")
    proposal.partners.create(organisation=firm, budget=7, answer="confirmed")
    proposal.partners.create(organisation=organisation(), budget=7)
    reviewer = call.reviewers.create(person=found["unrelated"])
    review = proposal.reviews.create(reviewer=reviewer, due_on=later.date())
    return {"research_call": call, "proposal": proposal, "review": review}
