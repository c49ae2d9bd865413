"""Openings that were decided, with people who said who they are, for tests of audits."""

from collections.abc import Sequence
from typing import Any

from dure.foundation.access import SYSTEM, Audience
from dure.people.models import Organisation, Person
from dure.talent.audits import answering, making, of_openings
from dure.talent.models import Application, AuditReport, Offer, Opening
from tests.factories import people
from tests.factories.openings import opening


def decided(
    organisation: Organisation | None = None,
    *,
    groups: Sequence[tuple[dict[str, str], int, int]],
    state: str = "filled",
    **fields: Any,
) -> Opening:
    """A decided opening: of each group, who answered so, so many applied and so many of them were offered a seat."""
    made = opening(organisation, is_open=False, **fields)
    for answers, asked, offered in groups:
        for number in range(asked):
            applied(made, answers, is_offered=number < offered)
    Opening.objects.filter(pk=made.pk).update(state=state)
    made.refresh_from_db()
    return made


def applied(made: Opening, answers: dict[str, str], *, is_offered: bool) -> Application:
    """Somebody with these answers whose application was decided; rows only, as the audit reads them."""
    someone = people.person(audience=Audience.PRIVATE)
    answering.answer(someone, answers)
    number = Application.objects.count()
    row = Application.objects.create(
        opening=made,
        person=someone,
        pseudonym=f"{number:08x}",
        state="accepted" if is_offered else "rejected",
        decide_by=made.deadline,
    )
    if is_offered:
        Offer.objects.create(application=row, state="accepted", answer_by=made.deadline)
    return row


def report(made: Opening, *, by: Any = SYSTEM) -> AuditReport:
    """The report of a decided opening."""
    subject = of_openings.kind().find(made.uid)
    assert subject is not None
    found = making.make(subject, by=by)
    assert found is not None
    return found


def auditor() -> Person:
    return people.person(language="en", roles=["auditor"])
