"""The first weeks: nine organisations join, agree among nine and among three, and promise what they bring."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from dure.alliance.agreements import drafting, moving
from dure.alliance.agreements.articles import Article
from dure.alliance.agreements.content import Content
from dure.alliance.commitments import pledging
from dure.alliance.members import applying
from dure.alliance.models import Agreement, Joining, MemberLevel
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow
from dure.talent import api as talent

PAPERS: Final = "데모 서류 / papers of the demo"
THREE: Final = ("year-haneul-telecom", "year-sol-university", "year-lakeside-university")
FOUNDING: Final = ("하나의 얼라이언스 협약 (데모)", "Agreement of one alliance (demo)")
SHARING: Final = ("로밍 데이터 공유 협약 (데모)", "Agreement on roaming data (demo)")
ARTICLE: Final = Article(
    "목적",
    "Purpose",
    "인재를 함께 기르고, 문제를 함께 풀고, 자원을 나눕니다.",
    "The parties train talent, solve problems and share resources together.",
)
CLEARER: Final = Article(
    "자원",
    "Resources",
    "나눈 자원은 두레 장부에 적습니다.",
    "What is shared is written into the ledger.",
)
PLEDGES: Final = (
    ("year-haneul-telecom", "hours", "hour", "gpu:a100", "4000"),
    ("year-moru-steel", "money", "KRW", "", "800000000"),
    ("year-byeol-motors", "people", "person_day", "", "600"),
    ("year-mir-institute", "hours", "hour", "gpu:h100", "1200"),
)
"""Who promises what: kind, unit, accelerator, quantity. The third falls short by half."""


def scenes() -> list[Scene]:
    return [
        Scene(0, "아홉 기관이 가입 신청 / nine organisations apply", apply),
        Scene(3, "가입 승인 / they are accepted", accept),
        Scene(5, "아홉 기관의 협약 초안 / an agreement among nine is circulated", draft_among_nine),
        Scene(8, "한 기관이 수정을 요청 / one party asks for a change", ask_for_change),
        Scene(12, "모두 같은 개정에 서명 / all sign the same revision", sign_among_nine),
        Scene(14, "세 기관의 데이터 협약, 국외 포함 / three share data, one abroad", agree_among_three),
        Scene(16, "기여 약속 / what they promise", pledge),
    ]


def apply(year: Year) -> None:
    """Their papers are looked at, and each asks."""
    for slug, home in year.cast.homes.items():
        talent.verify_organisation(home, by=year.cast.desk, papers=PAPERS)
        given = {
            "level": MemberLevel.objects.get(slug="associate"),
            "cooperation": ["talent", "compute"],
            "why": "함께 풀 문제가 있습니다. / There are problems to solve together.",
            "brings": "사람과 가속기 / People and accelerators",
            "contact": year.cast.speakers[slug],
        }
        applying.apply(by=year.cast.speakers[slug], organisation=home, given=given)


def accept(year: Year) -> None:
    """The last of them is asked a question first."""
    *first, last = Joining.objects.filter(organisation__in=year.cast.homes.values()).order_by("pk")
    reason = {"reason": "가입 요건을 갖추었습니다. / All that is needed is there."}
    applying.act(last, "ask", by=year.cast.desk, data={"reason": "어떤 분야입니까? / Which field?"})
    speaker = year.cast.speakers[last.organisation.slug]
    answered = applying.act(last, "answer", by=speaker, data={"reason": "음성 / Speech"})
    for joining in (*first, answered):
        data = {"level": joining.level, "since": clock.today(), **reason}
        applying.act(joining, "accept", by=year.cast.desk, data=data)
    for home in year.cast.homes.values():
        home.refresh_from_db()


def draft_among_nine(year: Year) -> None:
    made = drafting.create(
        by=year.cast.desk,
        content=_text(FOUNDING, (ARTICLE,), kind="mou", months=60),
        organisations=year.cast.homes.values(),
    )
    workflow.perform(made, "circulate", by=year.cast.desk)


def ask_for_change(year: Year) -> None:
    """Approvals of the first text do not count for the second."""
    made = founding()
    slugs = list(year.cast.homes)
    said = {"sha256": made.revision.sha256}
    made = workflow.perform(made, "approve", by=year.cast.speakers[slugs[0]], data=said)
    wanted = {"reason": "자원에 관한 조항이 필요합니다. / It needs an article on resources."}
    made = workflow.perform(made, "request_changes", by=year.cast.speakers[slugs[1]], data=wanted)
    text = _text(FOUNDING, (ARTICLE, CLEARER), kind="mou", months=60)
    made = drafting.edit(made, by=year.cast.desk, content=text, organisations=year.cast.homes.values())
    workflow.perform(made, "circulate", by=year.cast.desk)


def sign_among_nine(year: Year) -> None:
    _sign(founding(), list(year.cast.homes), year)


def agree_among_three(year: Year) -> None:
    made = drafting.create(
        by=year.cast.desk,
        content=_text(SHARING, (ARTICLE,), kind="data_sharing", months=24, authoritative="en"),
        organisations=[year.cast.homes[slug] for slug in THREE],
    )
    _sign(workflow.perform(made, "circulate", by=year.cast.desk), THREE, year)


def pledge(year: Year) -> None:
    for slug, kind, unit, accelerator, quantity in PLEDGES:
        given = {
            "donor": year.cast.homes[slug],
            "beneficiary": None,
            "kind": kind,
            "unit": unit,
            "accelerator": accelerator,
            "quantity": Decimal(quantity),
            "starts_on": clock.today(),
            "ends_on": year.day(360),
            "what_ko": "",
            "what_en": "",
        }
        made = pledging.pledge(founding(), by=year.cast.desk, given=given)
        workflow.perform(made, "confirm", by=year.cast.speakers[slug])


def founding() -> Agreement:
    return Agreement.objects.get(title_en=FOUNDING[1])


def _text(title: tuple[str, str], articles: tuple[Article, ...], *, months: int, **changed: Any) -> Content:
    first = clock.today()
    given: dict[str, Any] = {
        "title_ko": title[0],
        "title_en": title[1],
        "authoritative": "both",
        "cooperation": ("talent", "compute"),
        "effective_from": first,
        "effective_to": first.replace(year=first.year + months // 12),
        "articles": articles,
        "is_public": True,
        **changed,
    }
    return Content(**given)


def _sign(agreement: Agreement, slugs: Sequence[str], year: Year) -> Agreement:
    """Every party approves the same revision and signs it."""
    proof = {"sha256": agreement.revision.sha256}
    for slug in slugs:
        workflow.perform(agreement, "approve", by=year.cast.speakers[slug], data=proof)
    agreement = workflow.perform(agreement, "open_signing", by=year.cast.desk)
    by_slug = {party.organisation.slug: party for party in agreement.standing}
    for slug in slugs:
        signed = {**proof, "method": "password"}
        agreement = moving.sign(agreement, by_slug[slug], by=year.cast.speakers[slug], proof=signed)
    return agreement
