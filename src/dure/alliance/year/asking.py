"""Gurus take up their terms, and fifteen topics are put to the alliance; what is asked twice becomes one."""

from datetime import timedelta
from typing import Any, Final

from dure.alliance.gurus import appointing
from dure.alliance.models import Field, GuruTerm, Topic
from dure.alliance.topics import following, proposing
from dure.alliance.year.cast import content
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow

TWICE: Final = (14, 0)
"""The last topic asks what the first one asked."""
DECLINE: Final = 2
"""So many of the thirty decline."""
TOO_SOON: Final = 12
WHY: Final = "기준이 먼저 정해져야 합니다. / The standards come first."


def scenes() -> list[Scene]:
    return [
        Scene(18, "구루 서른 명을 초대 / thirty gurus are invited", invite),
        Scene(22, "구루의 답 / they answer", answer),
        Scene(30, "주제 열다섯 건 제안 / fifteen topics are proposed", propose),
        Scene(40, "겹친 주제를 합침 / what is asked twice becomes one", sort_out),
    ]


def invite(year: Year) -> None:
    fields = Field.values
    for at, guru in enumerate(year.cast.gurus):
        given = {
            "email": str(guru.email),
            "fields": [fields[at % len(fields)]],
            "known_for_ko": "",
            "known_for_en": "",
            "starts_on": clock.today(),
            "ends_on": clock.today() + timedelta(days=365),
        }
        appointing.invite(by=year.cast.desk, given=given)


def answer(year: Year) -> None:
    terms = GuruTerm.objects.filter(person__in=year.cast.gurus).order_by("pk").select_related("person")
    for at, term in enumerate(terms):
        workflow.perform(term, "decline" if at < DECLINE else "accept", by=term.person)


def propose(year: Year) -> None:
    """In turn from every organisation; the last one from a guru."""
    slugs = list(year.cast.homes)
    for at, said in enumerate(content()["topics"]):
        slug = slugs[at % len(slugs)]
        proposing.propose(
            by=year.cast.speakers[slug], given=_words(said) | {"organisation": year.cast.homes[slug]}
        )


def _words(said: Any) -> dict[str, str]:
    return {
        "title_ko": said["ko"],
        "title_en": said["en"],
        "text_ko": "무엇부터 함께 시작할까요?",
        "text_en": "What do we begin with together?",
        "why_ko": "한 기관만으로는 하기 어렵습니다.",
        "why_en": "It is hard for one organisation alone.",
        "field": said["field"],
        "reach": "members",
    }


def sort_out(year: Year) -> None:
    """Gurus follow and discuss the first; its double is merged into it, and one is parked."""
    asked = topics(year)
    for guru in year.cast.gurus[DECLINE : DECLINE + 5]:
        following.follow(asked[0], by=guru)
    words = "수집 기준을 먼저 정합시다. / Let us agree first how it is gathered."
    proposing.write(asked[0], by=year.cast.gurus[DECLINE], body=words)
    twice, first = (asked[at] for at in TWICE)
    same = {"into": first, "reason": "같은 질문입니다. / It is the same question."}
    workflow.perform(twice, "merge", by=year.cast.desk, data=same)
    workflow.perform(asked[TOO_SOON], "park", by=year.cast.desk, data={"reason": WHY})


def topics(year: Year) -> list[Topic]:
    """The fifteen in the order in which they were proposed."""
    return list(Topic.objects.filter(organisation__in=year.cast.homes.values()).order_by("pk"))
