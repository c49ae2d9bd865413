"""Openings as schema.org reads them: only properties that the types have, and all that search engines ask for."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any, Final

import pytest

from dure.engines import openings
from dure.engines.hiring import checked_text
from dure.engines.openings import Kind, Opening, Pay, WantedLanguage, WantedSkill
from dure.engines.openings.posting import Language
from dure.engines.openings.values import Remote
from dure.engines.skills import Words

THING: Final = {"@context", "@type", "name", "description", "url", "identifier"}
JOB: Final = THING | {
    "applicantLocationRequirements",
    "baseSalary",
    "datePosted",
    "employmentType",
    "hiringOrganization",
    "jobLocation",
    "jobLocationType",
    "jobStartDate",
    "qualifications",
    "skills",
    "title",
    "totalJobOpenings",
    "validThrough",
    "workHours",
}
PROGRAMME: Final = THING | {
    "applicationDeadline",
    "educationalProgramMode",
    "endDate",
    "financialAidEligible",
    "maximumEnrollment",
    "programPrerequisites",
    "programType",
    "provider",
    "startDate",
}
"""Properties of the two types, as schema.org lists them, that we use."""

OPENING = Opening(
    kind="job",
    title=Words("음성 인식 연구원", "Speech researcher"),
    text=Words("음성을 연구합니다.\n</script><b>글</b>\n\n함께 일합니다.", ""),
    organisation="한빛 & 연구소",
    seats=2,
    regions=("KR-11", "CA"),
    remote="no",
    deadline=date(2027, 1, 31),
    languages=(WantedLanguage("en", "B2"),),
    starts=date(2027, 3, 1),
    weekly_hours=40,
    skills=(WantedSkill("speech-recognition", "must", 2), WantedSkill("git", "nice", 1)),
    accessibility=Words("문자 통역을 마련합니다.", "Captions are provided."),
    pay=Pay(Words("연 6천만 원", ""), Decimal(60_000_000), "KRW", "year"),
)


def posting(language: Language = "en", **changes: Any) -> dict[str, Any]:
    return openings.posting(
        replace(OPENING, **changes),
        url="https://dure.example/o/1",
        posted=date(2026, 12, 1),
        language=language,
    )


@pytest.mark.parametrize("kind", openings.KINDS)
@pytest.mark.parametrize("remote", openings.REMOTE)
def test_only_properties_of_the_type_are_used_and_all_required_ones_stand(kind: Kind, remote: Remote) -> None:
    found = posting(kind=kind, remote=remote)
    assert all(value not in (None, "", []) for value in found.values())
    if found["@type"] == "JobPosting":
        assert set(found) <= JOB
        assert {
            "title",
            "description",
            "datePosted",
            "hiringOrganization",
            "validThrough",
            "employmentType",
        } <= set(found)
        assert {"skills", "qualifications"} <= set(found)
        assert ("jobLocation" in found) == (remote != "fully")
        assert (
            ("applicantLocationRequirements" in found)
            == (found.get("jobLocationType") == "TELECOMMUTE")
            == (remote == "fully")
        )
    else:
        assert kind in {"exchange", "scholarship"}
        assert set(found) <= PROGRAMME
        assert {"name", "description", "provider", "applicationDeadline"} <= set(found)


def test_employment_types_are_those_that_search_engines_know() -> None:
    known = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
    jobs = [posting(kind=kind) for kind in openings.KINDS if kind not in {"exchange", "scholarship"}]
    assert {job["employmentType"] for job in jobs} <= known
    assert posting()["employmentType"] == "FULL_TIME"
    assert posting(weekly_hours=20)["employmentType"] == "PART_TIME"
    assert posting(kind="internship", weekly_hours=20)["employmentType"] == "INTERN"
    assert {"job", "internship"} == openings.FOR_SEARCH_ENGINES


def test_what_a_job_says_in_both_languages() -> None:
    english, korean = posting("en"), posting("ko")
    assert (english["title"], korean["title"]) == ("Speech researcher", "음성 인식 연구원")
    assert english["validThrough"] == "2027-01-31T23:59:59+09:00"
    assert english["qualifications"] == "Speech recognition (2), English (B2)"
    assert korean["qualifications"] == "음성 인식 (2), 영어 (B2)"
    assert [skill["name"] for skill in english["skills"]] == [
        "Speech recognition",
        "Version control with Git",
    ]
    assert english["skills"][0]["url"].startswith("http://data.europa.eu/esco/skill/")
    assert [place["address"] for place in english["jobLocation"]] == [
        {"@type": "PostalAddress", "addressCountry": "KR", "addressRegion": "Seoul"},
        {"@type": "PostalAddress", "addressCountry": "CA"},
    ]
    assert english["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "value": 60_000_000,
        "unitText": "YEAR",
    }
    assert "Captions are provided." in english["description"]


def test_pay_in_words_or_once_is_no_salary() -> None:
    assert "baseSalary" not in posting(pay=Pay(Words("협의", "")))
    assert "baseSalary" not in posting(pay=Pay(Words("", ""), Decimal(1), "KRW", "once"))
    assert "baseSalary" not in posting(pay=None)


def test_a_range_of_pay_and_the_hour_of_closing_are_told_as_they_are() -> None:
    pay = Pay(Words("", ""), Decimal(10), "KRW", "hour", Decimal(20))
    assert posting(pay=pay)["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "HOUR",
        "minValue": 10,
        "maxValue": 20,
    }
    closes = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)
    found = openings.posting(
        OPENING, url="https://dure.example/o/1", posted=closes.date(), language="ko", closes=closes
    )
    assert found["validThrough"] == "2027-01-31T09:00:00+00:00"


def test_remote_work_without_a_region_is_open_to_korea() -> None:
    assert posting(remote="fully", regions=())["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "KR"}
    ]


class Page(HTMLParser):
    """Collects what a browser takes for the text of scripts, and every other element."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser names its arguments
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.script += data


def test_no_text_ends_the_script_that_holds_it() -> None:
    found = posting(
        title=Words("", "</script><script>alert(1)</script><!--\u2028"), organisation="</SCRIPT ><img>"
    )
    text = openings.script_safe(found)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == found
    page = Page()
    page.feed(f'<script type="application/ld+json">{text}</script>')
    assert page.tags == ["script"]
    assert page.script == text


def test_the_description_is_paragraphs_without_markup_of_the_text() -> None:
    page = Page()
    page.feed(posting()["description"])
    assert page.tags == ["p", "br", "p", "p"]
    assert "</script><b>글</b>" in page.script


def test_every_kind_has_a_template_in_both_languages_that_the_law_allows() -> None:
    found = openings.templates()
    assert tuple(found) == openings.KINDS
    for template in found.values():
        for words in (template.title, template.text, template.accessibility, template.pay, *template.steps):
            assert words.ko
            assert words.en.isascii()
            assert checked_text(f"{words.ko}\n{words.en}", side="opening") == []
        assert template.remote in openings.REMOTE
        assert template.steps
        assert template.weekly_hours is None or 1 <= template.weekly_hours <= 52
