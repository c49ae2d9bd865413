"""Agreements for tests."""

from datetime import timedelta
from typing import Any

from dure.alliance.agreements import by_date, drafting, moving
from dure.alliance.agreements.articles import Article
from dure.alliance.agreements.content import Content
from dure.alliance.models import Agreement
from dure.foundation import clock, workflow
from dure.people.models import Membership, Organisation, Person
from tests.factories import people

ARTICLE = Article("목적", "Purpose", "함께 연구합니다.", "They do research together.")


def text(**changed: Any) -> Content:
    """A whole text of two years from today on, in both languages."""
    first = clock.today()
    given: dict[str, Any] = {
        "kind": "mou",
        "title_ko": "공동 연구 업무협약",
        "title_en": "Memorandum on joint research",
        "authoritative": "both",
        "cooperation": ("talent",),
        "effective_from": first,
        "effective_to": first + timedelta(days=730),
        "articles": (ARTICLE,),
        **changed,
    }
    return Content(**given)


def secretary() -> Person:
    return people.person(roles=["secretariat"], language="en")


def draft(*between: Organisation, by: Person | None = None, **changed: Any) -> Agreement:
    """A draft between these organisations, or between two."""
    parties = between or (people.organisation(), people.organisation())
    return drafting.create(by=by or secretary(), content=text(**changed), organisations=parties)


def representative_of(organisation: Organisation) -> Person:
    """Whoever speaks for it; made where nobody does."""
    found = Membership.objects.filter(organisation=organisation, role="representative").first()
    return found.person if found else people.representative(organisation)


def circulated(*between: Organisation, **changed: Any) -> Agreement:
    return workflow.perform(draft(*between, **changed), "circulate", by=secretary())


def approve(agreement: Agreement) -> None:
    """Every party says yes to the newest revision."""
    for party in agreement.standing:
        data = {"sha256": agreement.revision.sha256}
        workflow.perform(agreement, "approve", by=representative_of(party.organisation), data=data)


def in_signing(*between: Organisation, **changed: Any) -> Agreement:
    made = circulated(*between, **changed)
    return to_signing(made)


def to_signing(made: Agreement) -> Agreement:
    if made.state == "draft":
        made = workflow.perform(made, "circulate", by=secretary())
    approve(made)
    return workflow.perform(made, "open_signing", by=secretary())


def sign(agreement: Agreement) -> Agreement:
    """Every party signs; it is in force when its first day has come."""
    proof = {"method": "password", "sha256": agreement.revision.sha256}
    for party in agreement.standing:
        agreement = moving.sign(agreement, party, by=representative_of(party.organisation), proof=proof)
    return agreement


def active(*between: Organisation, **changed: Any) -> Agreement:
    """An agreement in force."""
    made = sign(in_signing(*between, **changed))
    by_date.begin(clock.now())
    return Agreement.objects.get(pk=made.pk)
