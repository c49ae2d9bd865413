"""Gurus and topics for tests."""

from datetime import timedelta
from typing import Any

from dure.alliance.gurus import appointing
from dure.alliance.models import GuruTerm, Topic
from dure.alliance.topics import proposing
from dure.foundation import clock, workflow
from dure.people.models import Organisation, Person
from tests.factories import agreements, people


def term(person: Person, *, by: Person | None = None, **changed: Any) -> GuruTerm:
    """An invitation for a year from today on."""
    given = {
        "email": person.email,
        "fields": ["speech"],
        "known_for_ko": "",
        "known_for_en": "",
        "starts_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=365),
        **changed,
    }
    return appointing.invite(by=by or agreements.secretary(), given=given)


def guru(person: Person | None = None) -> GuruTerm:
    """Somebody who has accepted."""
    someone = person or people.person(language="en")
    return workflow.perform(term(someone), "accept", by=someone)


def topic(*, by: Person | None = None, organisation: Organisation | None = None, **changed: Any) -> Topic:
    """A topic of an organisation, or of a guru."""
    given = {
        "title_ko": "음성 데이터를 함께 쓰기",
        "title_en": "Sharing speech data",
        "text_ko": "무엇을 먼저 모을까요?",
        "text_en": "What do we collect first?",
        "why_ko": "혼자 모으기에는 비쌉니다.",
        "why_en": "It is too dear for one alone.",
        "field": "speech",
        "reach": "members",
        **changed,
    }
    proposer = by or (agreements.representative_of(organisation) if organisation else guru().person)
    return proposing.propose(by=proposer, given=given | {"organisation": organisation})
