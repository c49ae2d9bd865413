"""The alliance's part of the scene in which every transition is walked."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import Agreement, Commitment, Joining, Member, MemberLevel
from dure.foundation import clock
from tests.factories import agreements, commitments, roundtables

SPEAKERS = {"representative"}
DESK = {"secretariat"}
NOBODY: set[str] = set()

EXPECTED: dict[str, set[str]] = {
    "agreement.circulate": DESK,
    "agreement.approve": SPEAKERS,
    "agreement.request_changes": SPEAKERS,
    "agreement.open_signing": DESK,
    "agreement.sign": SPEAKERS,
    "agreement.reopen": SPEAKERS | DESK,
    "agreement.activate": NOBODY,
    "agreement.abandon": DESK,
    "agreement.amend": NOBODY,
    "agreement.extend": NOBODY,
    "agreement.leave": SPEAKERS,
    "agreement.notice": NOBODY,
    "agreement.remind": NOBODY,
    "agreement.renew": NOBODY,
    "agreement.expire": NOBODY,
    "agreement.terminate": SPEAKERS | DESK,
    "commitment.confirm": SPEAKERS,
    "commitment.cancel": SPEAKERS,
    "commitment.deliver": NOBODY,
    "commitment.fulfil": NOBODY,
    "commitment.period_end": NOBODY,
    "commitment.reopen": NOBODY,
    "commitment.carry_over": DESK,
    "commitment.settle": DESK,
    "commitment.agreement_ended": NOBODY,
    "joining.ask": DESK,
    "joining.answer": SPEAKERS,
    "joining.accept": DESK,
    "joining.refuse": DESK,
    "joining.withdraw": SPEAKERS,
    "alliance_member.change_level": DESK,
    "alliance_member.suspend": DESK,
    "alliance_member.resume": DESK,
    "alliance_member.leave": SPEAKERS,
    "alliance_member.end": DESK,
    "guru_term.accept": SPEAKERS,
    "guru_term.decline": SPEAKERS,
    "guru_term.withdraw": DESK,
    "guru_term.step_down": SPEAKERS,
    "guru_term.dismiss": DESK,
    "guru_term.end": NOBODY,
    "topic.merge": DESK,
    "topic.park": DESK,
    "topic.reopen": DESK,
    "topic.reject": DESK,
    "topic.withdraw": SPEAKERS,
}


def parts(firm: Any) -> dict[str, Any]:
    """A draft of the organisation alone, without a field, that ends long after today: every guard has something to miss."""
    later = clock.today() + timedelta(days=900)
    made = agreements.draft(firm, cooperation=(), effective_to=later)
    promise = commitments.pledged(made, donor=firm, beneficiary=None)
    level = MemberLevel.objects.get(slug="associate")
    asking = Joining.objects.create(organisation=firm, level=level, why="w", brings="b")
    standing = Member.objects.create(organisation=firm, level=level, since=clock.today())
    speaker = agreements.representative_of(firm)
    return {
        "joining": asking,
        "alliance_member": standing,
        "guru_term": roundtables.term(speaker),
        "topic": roundtables.topic(by=speaker, organisation=firm),
        "agreement": Agreement.objects.get(pk=made.pk),
        "commitment": Commitment.objects.get(pk=promise.pk),
    }
