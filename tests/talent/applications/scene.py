"""One application with its offer and its appeal, for the walk over all workflows: the solver applied, the owner decided."""

from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.people.models import Organisation
from dure.talent.models import Appeal, Application, Offer
from tests.factories.applications import opening
from tests.factories.people import person

SPEAKERS = {"representative"}
APPLICANT = {"solver"}
LOOKS_AGAIN = {"secretariat"}
NOBODY: set[str] = set()

EXPECTED: dict[str, set[str]] = {
    "application.review": SPEAKERS,
    "application.invite": SPEAKERS,
    "application.offer": SPEAKERS,
    "application.waitlist": SPEAKERS,
    "application.reject": SPEAKERS,
    "application.take_back": SPEAKERS,
    "application.promote": NOBODY,
    "application.accept": APPLICANT,
    "application.decline": APPLICANT,
    "application.withdraw": APPLICANT,
    "application.expire": NOBODY,
    "application.end": NOBODY,
    "application.reconsider": NOBODY,
    "offer.accept": NOBODY,
    "offer.decline": NOBODY,
    "offer.expire": NOBODY,
    "offer.withdraw": NOBODY,
    "appeal.take": LOOKS_AGAIN,
    "appeal.uphold": LOOKS_AGAIN,
    "appeal.dismiss": LOOKS_AGAIN,
    "appeal.withdraw": APPLICANT,
}
"""The decision appealed against was the representative's, who therefore does not look at the appeal."""


def objects(found: dict[str, Any], firm: Organisation) -> dict[str, Any]:
    """An opening whose one seat somebody else has, without times for interviews; the secretariat has taken the appeal."""
    made = opening(firm)
    soon = clock.now() + timedelta(days=9)
    named: dict[str, Any] = {"opening": made, "decide_by": soon}
    Application.objects.create(person=person(), pseudonym="BBBBB", state="accepted", **named)
    one = Application.objects.create(person=found["solver"], pseudonym="AAAAA", **named)
    offer = Offer.objects.create(application=one, answer_by=clock.now() - timedelta(days=1))
    appeal = Appeal.objects.create(
        application=one,
        against=clock.now(),
        decider=found["representative"],
        reviewer=found["secretariat"],
        answer_by=soon,
    )
    return {"application": one, "offer": offer, "appeal": appeal}
