"""An opening told to machines in the words of schema.org, as JSON-LD.

JobPosting is what search engines list; they ask for title, description, datePosted, hiringOrganization and a jobLocation, or for
fully remote work jobLocationType TELECOMMUTE with applicantLocationRequirements. Jobs and internships are meant for them
(`FOR_SEARCH_ENGINES`). Secondments, seats in teams and mentors are JobPostings too, with an employmentType that says so, for what
partners read by machine. An exchange and a scholarship have a provider, a term and an enrolment: they are
EducationalOccupationalPrograms, which have no property for their place.
"""

import html
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final, Literal

from dure.engines.openings.codes import LANGUAGES, REGIONS, country_of
from dure.engines.openings.values import Kind, Opening, Pay, WantedSkill
from dure.engines.skills import Words, packaged

Language = Literal["ko", "en"]

FOR_SEARCH_ENGINES: Final[frozenset[Kind]] = frozenset({"job", "internship"})
"""Kinds that search engines for jobs may be offered."""

PROGRAMMES: Final[Mapping[Kind, str]] = {"exchange": "Exchange", "scholarship": "Scholarship"}
"""Kinds that are programmes of education, with their programType."""

KOREA: Final = timezone(timedelta(hours=9))

FULL_TIME_HOURS: Final = 35
"""Weekly hours from which a job counts as full time, as labour statistics draw the line."""

_EMPLOYMENT: Final[Mapping[Kind, str]] = {
    "internship": "INTERN",
    "secondment": "TEMPORARY",
    "team_seat": "OTHER",
    "mentor": "OTHER",
}
_UNSAFE_IN_SCRIPT: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def posting(
    opening: Opening, *, url: str, posted: date, language: Language, closes: datetime | None = None
) -> dict[str, Any]:
    """The opening as the object of a JSON-LD document in one language; where a text lacks it the other language is taken.

    `closes` (aware of its zone) is when applications close; without it the deadline ends with its day in Korea.
    """
    common = {
        "@context": "https://schema.org",
        "url": url,
        "identifier": {"@type": "PropertyValue", "name": opening.organisation, "value": url},
        "description": _description(opening, language),
    }
    if opening.kind in PROGRAMMES:
        return _without_empty(common | _programme(opening, language))
    closes = closes or datetime.combine(opening.deadline, time(23, 59, 59), KOREA)
    return _without_empty(common | _job(opening, language) | _dates(posted, closes))


def script_safe(document: Mapping[str, Any]) -> str:
    """The document as JSON that may stand inside a script element of a page: no text of it can end the element."""
    return json.dumps(document, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)


def _dates(posted: date, closes: datetime) -> dict[str, Any]:
    return {"datePosted": posted.isoformat(), "validThrough": closes.isoformat(timespec="seconds")}


def _job(opening: Opening, language: Language) -> dict[str, Any]:
    return {
        "@type": "JobPosting",
        "title": _said(opening.title, language),
        "hiringOrganization": _organisation(opening),
        "employmentType": _employment_type(opening),
        "totalJobOpenings": opening.seats,
        "jobStartDate": _day(opening.starts),
        "workHours": f"{opening.weekly_hours} hours per week" if opening.weekly_hours else None,
        "skills": [_skill(wanted, language) for wanted in opening.skills],
        "qualifications": _qualifications(opening, language),
        "baseSalary": _salary(opening.pay) if opening.pay else None,
    } | _place(opening, language)


def _programme(opening: Opening, language: Language) -> dict[str, Any]:
    return {
        "@type": "EducationalOccupationalProgram",
        "name": _said(opening.title, language),
        "programType": PROGRAMMES[opening.kind],
        "provider": _organisation(opening),
        "applicationDeadline": opening.deadline.isoformat(),
        "startDate": _day(opening.starts),
        "endDate": _day(opening.ends),
        "maximumEnrollment": opening.seats,
        "educationalProgramMode": {"no": "onsite", "partly": "blended", "fully": "online"}[opening.remote],
        "programPrerequisites": _qualifications(opening, language),
        "financialAidEligible": _said(opening.pay.words, language) if opening.pay else None,
    }


def _employment_type(opening: Opening) -> str:
    full = opening.weekly_hours is None or opening.weekly_hours >= FULL_TIME_HOURS
    return _EMPLOYMENT.get(opening.kind, "FULL_TIME" if full else "PART_TIME")


def _place(opening: Opening, language: Language) -> dict[str, Any]:
    """Where the work is; for fully remote work, from where one may apply: anywhere in Korea where no region is named."""
    if opening.remote != "fully":
        return {
            "jobLocation": [{"@type": "Place", "address": _address(one, language)} for one in opening.regions]
        }
    return {
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [_area(one, language) for one in opening.regions or ("KR",)],
    }


def _address(region: str, language: Language) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": country_of(region)}
    return address | ({"addressRegion": _said(REGIONS[region], language)} if region in REGIONS else {})


def _area(region: str, language: Language) -> dict[str, Any]:
    if region in REGIONS:
        return {"@type": "AdministrativeArea", "name": f"{_said(REGIONS[region], language)}, KR"}
    return {"@type": "Country", "name": region}


def _organisation(opening: Opening) -> dict[str, Any]:
    return {"@type": "Organization", "name": opening.organisation}


def _skill(wanted: WantedSkill, language: Language) -> dict[str, Any]:
    skill = packaged().skills[wanted.slug]
    return _without_empty({"@type": "DefinedTerm", "name": _said(skill.name, language), "url": skill.esco})


def _qualifications(opening: Opening, language: Language) -> str:
    """Must skills and languages in words: Python basics (2), English (B2)."""
    return ", ".join((*_musts(opening, language), *_languages(opening, language)))


def _musts(opening: Opening, language: Language) -> Iterator[str]:
    for wanted in opening.skills:
        if wanted.need == "must":
            yield f"{_said(packaged().skills[wanted.slug].name, language)} ({wanted.level})"


def _languages(opening: Opening, language: Language) -> Iterator[str]:
    for wanted in opening.languages:
        yield f"{_said(LANGUAGES[wanted.code], language)} ({wanted.level})"


def _salary(pay: Pay) -> dict[str, Any] | None:
    """The pay as an amount per period; what is paid once, or is told in words only, is no salary."""
    if pay.amount is None or pay.period in (None, "once"):
        return None
    figures = {"value": float(pay.amount)}
    if pay.upto is not None:
        figures = {"minValue": float(pay.amount), "maxValue": float(pay.upto)}
    value = {"@type": "QuantitativeValue", "unitText": str(pay.period).upper()} | figures
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value}


def _description(opening: Opening, language: Language) -> str:
    """The text and the notes on accessibility, for which schema.org has no word, as paragraphs; nothing in them is markup."""
    text = f"{_said(opening.text, language)}\n\n{_said(opening.accessibility, language)}"
    paragraphs = [html.escape(part.strip()) for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p>{part}</p>" for part in paragraphs).replace("\n", "<br>")


def _said(words: Words, language: Language) -> str:
    return (words.ko or words.en) if language == "ko" else (words.en or words.ko)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
