"""Calls for joint research and proposals to them, for tests."""

from datetime import timedelta
from typing import Any

from dure.alliance.calls import editing
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.proposals import writing
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.people.models import Organisation, Person
from tests.factories import agreements, people

ITEMS = (("새로움", "Novelty", 2, 5), ("실현 가능성", "Feasibility", 1, 10))


def said(**changed: Any) -> dict[str, Any]:
    """What `editing.create` is given."""
    return {
        "title_ko": "공동연구 공모",
        "title_en": "Call for joint research",
        "text_ko": "함께 풀 문제를 찾습니다.",
        "text_en": "We look for problems to solve together.",
        "tracks": ["speech", "health"],
        "closes_at": clock.now() + timedelta(days=30),
        "ceiling": 1_000_000_000,
        "reviews_each": 2,
        **changed,
    }


def draft(*, by: Person | None = None, **changed: Any) -> ResearchCall:
    """All is there, so that it could be published."""
    desk = by or agreements.secretary()
    made = editing.create(by=desk, given=said(**changed))
    for ko, en, weight, scale in ITEMS:
        item = {"name_ko": ko, "name_en": en, "weight": weight, "scale": scale}
        editing.add_criterion(made, by=desk, given=item)
    return made


def opened(*, by: Person | None = None, **changed: Any) -> ResearchCall:
    desk = by or agreements.secretary()
    return workflow.perform(draft(by=desk, **changed), "publish", by=desk)


def words(**changed: Any) -> dict[str, Any]:
    """What `writing.draft` is given beside the organisation."""
    return {
        "track": "speech",
        "title_ko": "치매를 음성으로",
        "title_en": "Dementia by voice",
        "summary_ko": "짧게 말하면",
        "summary_en": "In short",
        "text_en": "We record and compare.",
        **changed,
    }


def proposed(
    call: ResearchCall, *between: Organisation, lead: Person | None = None, budget: int = 1000, **changed: Any
) -> Proposal:
    """A draft of the first organisation, which the others have confirmed; who speaks for the first leads it."""
    homes = between or (people.organisation(), people.organisation())
    by = lead or agreements.representative_of(homes[0])
    made = writing.draft(call, by=by, given=words(organisation=homes[0], **changed))
    first = made.partners.get()
    writing.change_amounts(made, first, by=by, given={"budget": budget, "brings": 0})
    if not first.answer:
        writing.answer(first, by=agreements.representative_of(homes[0]), takes_part=True)
    for one in homes[1:]:
        asked = writing.add_partner(made, by=by, given={"organisation": one, "budget": 0, "brings": 500})
        if not asked.answer:
            writing.answer(asked, by=agreements.representative_of(one), takes_part=True)
    return Proposal.objects.get(pk=made.pk)


def submitted(call: ResearchCall, *between: Organisation, **changed: Any) -> Proposal:
    made = proposed(call, *between, **changed)
    return workflow.perform(made, "submit", by=lead_of(made))


def close(call: ResearchCall) -> ResearchCall:
    """As if its deadline had passed."""
    ResearchCall.objects.filter(pk=call.pk).update(closes_at=clock.now())
    return workflow.perform(call, "close", by=SYSTEM)


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def lead_of(proposal: Proposal) -> Person:
    assert proposal.lead is not None
    return proposal.lead
