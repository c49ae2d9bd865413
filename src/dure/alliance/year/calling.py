"""A call with sixty proposals and ninety reviewers, from its publication to the projects that come of it."""

from collections.abc import Iterator
from typing import Any, Final

from dure.alliance.calls import deciding, editing
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.proposals import writing
from dure.alliance.reviews import assigning, pool, scoring
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow
from dure.people import api as people

PUBLISHED: Final = 90
CLOSES: Final = 130
DECIDED: Final = 165
PROPOSALS: Final = 60
REVIEWS_EACH: Final = 2
AWARDED: Final = 12
ASKS: Final = 50_000_000
TITLE: Final = ("공동연구 공모 (데모)", "Call for joint research (demo)")
SCALE: Final = 10
WORDS: Final = {
    "comment": "데이터와 계획을 보았습니다. / I looked at data and plan.",
    "to_applicants": "시험 계획을 더 적어 주십시오. / Please say more about the trial.",
}
MESSAGES: Final = {
    "accept": "선정되었습니다. / It is accepted.",
    "reserve": "예비로 남습니다. / It waits.",
    "decline": "선정되지 않았습니다. / It is not accepted.",
}


def scenes() -> list[Scene]:
    return [
        Scene(PUBLISHED, "공모 시작 / a call is published", publish),
        Scene(PUBLISHED + 20, "제안서 예순 건 / sixty proposals", propose),
        Scene(CLOSES + 1, "심사위원 아흔 명 배정 / ninety reviewers are assigned", assign),
        Scene(CLOSES + 15, "심사 / they review", review),
        Scene(DECIDED, "심의와 발표 / decided and announced", decide),
        Scene(DECIDED + 10, "협약과 과제 / awards become projects", award),
    ]


def publish(year: Year) -> None:
    given = {
        "title_ko": TITLE[0],
        "title_en": TITLE[1],
        "text_ko": "함께 풀 문제를 제안해 주십시오.",
        "text_en": "Propose what we solve together.",
        "tracks": ["speech", "vision", "language"],
        "ceiling": AWARDED * ASKS,
        "reviews_each": REVIEWS_EACH,
        "review_days": 28,
        "reach": "public",
        "closes_at": clock.moment(year.day(CLOSES), 18),
    }
    made = editing.create(by=year.cast.desk, given=given)
    for ko, en, weight in (("우수성", "Excellence", 10), ("실현 가능성", "Feasibility", 1)):
        said = {"name_ko": ko, "name_en": en, "weight": weight, "scale": SCALE}
        editing.add_criterion(made, by=year.cast.desk, given=said)
    workflow.perform(made, "publish", by=year.cast.desk)


def propose(year: Year) -> None:
    """In turn from every organisation with its neighbour, which confirms."""
    slugs = list(year.cast.homes)
    for at in range(PROPOSALS):
        own, other = slugs[at % len(slugs)], slugs[(at + 1) % len(slugs)]
        made = writing.draft(call(), by=year.cast.speakers[own], given=_words(at, year.cast.homes[own]))
        first = made.partners.order_by("pk")[0]
        amounts = {"budget": ASKS, "brings": 0}
        writing.change_amounts(made, first, by=year.cast.speakers[own], given=amounts)
        beside = {"organisation": year.cast.homes[other], "budget": 0, "brings": 0}
        asked = writing.add_partner(made, by=year.cast.speakers[own], given=beside)
        writing.answer(asked, by=year.cast.speakers[other], takes_part=True)
        workflow.perform(made, "submit", by=year.cast.speakers[own])


def _words(at: int, home: people.Organisation) -> dict[str, Any]:
    said = {f"{name}_{code}": f"{at + 1}" for name in ("summary", "text") for code in ("ko", "en")}
    titles = {"title_ko": f"제안 {at + 1}", "title_en": f"Proposal {at + 1}"}
    return {**said, **titles, "track": ("speech", "vision", "language")[at % 3], "organisation": home}


def assign(year: Year) -> None:
    """Eligible are all. Gurus come into the pool at once, the others by their address; the engine's proposal is applied."""
    for one in proposals():
        workflow.perform(one, "screen_pass", by=year.cast.desk)
    pool.add_gurus(call(), by=year.cast.desk)
    for person in year.cast.reviewers:
        given = {"address": str(person.email), "tracks": ["speech"], "least": 0, "most": 4}
        pool.add(call(), by=year.cast.desk, given=given)
    assigning.apply(call(), by=year.cast.desk, token=assigning.preview(call()).token)


def review(_year: Year) -> None:
    """Marks follow from the number, so that no two means are the same."""
    items = list(call().criteria.all())
    for proposal in proposals():
        excellence, feasibility = divmod((proposal.number or 0) - 1, 6)
        for one in proposal.reviews.select_related("reviewer__person").order_by("pk"):
            by = one.reviewer.person
            workflow.perform(one, "accept", by=by, data={"no_conflict": True})
            marks = zip(items, (excellence, feasibility), strict=True)
            said = [scoring.Said(item, mark, "") for item, mark in marks]
            scoring.write(one, by=by, said=said, **WORDS)
            workflow.perform(one, "submit", by=by)


def decide(year: Year) -> None:
    workflow.perform(call(), "start_decision", by=year.cast.desk)
    deciding.take_over(call(), by=year.cast.desk, messages=MESSAGES)
    workflow.perform(call(), "announce", by=year.cast.desk)


def award(year: Year) -> None:
    """One withdraws, so that the first of the waiting list moves up; then every accepted one becomes a project."""
    first, *_rest = _accepted()
    reason = {"reason": "책임자가 옮겼습니다. / Its lead has moved."}
    workflow.perform(first, "withdraw", by=first.lead or year.cast.desk, data=reason)
    for one in _accepted():
        workflow.perform(one, "award", by=year.cast.desk)


def _accepted() -> list[Proposal]:
    return [one for one in proposals() if one.state == "accepted"]


def proposals() -> Iterator[Proposal]:
    """In the order of their numbers."""
    return iter(call().proposals.select_related("lead", "call").order_by("number", "pk"))


def call() -> ResearchCall:
    return ResearchCall.objects.get(title_en=TITLE[1])
