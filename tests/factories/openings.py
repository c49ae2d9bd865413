"""Openings for tests, of organisations that the secretariat has verified."""

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dure.foundation import clock, workflow
from dure.people.models import Organisation, Person
from dure.talent.models import Opening, OpeningImport, Requirement, VerifiedOrganisation
from dure.talent.openings import importing, index
from tests.factories import people

FIELDS: dict[str, Any] = {
    "title_ko": "예지보전 엔지니어",
    "title_en": "Engineer for predictive maintenance",
    "text_ko": "엔진의 남은 수명을 예측합니다.",
    "text_en": "Predict how long engines last.",
    "seats": 2,
    "regions": ["KR-11"],
    "remote": "no",
    "languages": {"ko": 4},
    "starts_on": None,
    "ends_on": None,
    "weekly_hours": 40,
    "steps": [{"ko": "서류 심사", "en": "Review of the application"}, {"ko": "면접", "en": "Interview"}],
    "accessibility_ko": "",
    "accessibility_en": "",
    "pay_from": None,
    "pay_to": None,
    "pay_currency": "",
    "pay_per": "",
    "problem": None,
}


def fields(**changed: Any) -> dict[str, Any]:
    """What `making.create` is given; the deadline lies ten days ahead."""
    return {**FIELDS, "deadline": clock.now() + timedelta(days=10), **changed}


def verified(organisation: Organisation | None = None) -> Organisation:
    """An organisation whose papers are in order."""
    found = organisation or people.organisation()
    VerifiedOrganisation.objects.get_or_create(organisation=found, defaults={"papers": "business licence"})
    return Organisation.objects.get(pk=found.pk)


def taking_people(organisation: Organisation | None = None, **fields: Any) -> Opening:
    """One that takes people for two weeks, made at once: its organisation need not be verified."""
    now = clock.now()
    given = {"state": "open", "opened_at": now, "deadline": now + timedelta(days=14), "seats": 1}
    words = {"title_ko": "자리", "title_en": "Seat", "text_ko": "함께합니다.", "text_en": "Come along."}
    home = organisation or people.organisation()
    return Opening.objects.create(organisation=home, **{**given, **words, **fields})


def opening(
    organisation: Organisation | None = None,
    *,
    kind: str = "job",
    must: Mapping[str, int] | None = None,
    nice: Mapping[str, int] | None = None,
    is_open: bool = True,
    **changed: Any,
) -> Opening:
    """An opening that takes applications, of a verified organisation; `must` and `nice` map skills to levels."""
    home = verified(organisation) if is_open else organisation or people.organisation()
    made = Opening.objects.create(organisation=home, kind=kind, **fields(**changed))
    for levels, is_must in ((must, True), (nice, False)):
        Requirement.objects.bulk_create(
            Requirement(opening=made, skill=skill, level=level, is_must=is_must)
            for skill, level in (levels or {}).items()
        )
    index.index_opening(made)
    return workflow.perform(made, "open", by=people.person(roles=["secretariat"])) if is_open else made


speaker = people.representative


def uploaded(organisation: Organisation, *, by: Person, filename: str) -> OpeningImport:
    """A spreadsheet with one right row that was looked at."""
    day = clock.today() + timedelta(days=9)
    row = f"job,Title,Text,{organisation.slug},1,KR-11,{day.isoformat()}"
    content = f"kind,title_en,text_en,organisation,seats,regions,deadline\n{row}\n".encode()
    return importing.upload(io.BytesIO(content), by=by, organisation=organisation, filename=filename)
