"""What else happens when an agreement moves."""

from typing import Any, Final

from dure.alliance.agreements import circles, rules, telling
from dure.alliance.agreements.standing import own_parties
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.events import AgreementBegan, AgreementEnded, PartyLeft
from dure.foundation import clock, events, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change

WITH_ITS_AGREEMENT: Final = "협약이 끝났습니다. / The agreement has ended."
"""Why an amendment that was not finished is given up; people of both languages read it."""
OPEN: Final = ("pledged", "confirmed", "delivering")
OWED: Final = (*OPEN, "short")
"""States of a commitment of which something is still to come."""


def circulate(change: Change) -> None:
    telling.tell_parties(telling.CIRCULATED, change.obj)


def approve(change: Change) -> None:
    """For each party that this person speaks for; twice changes nothing. The secretariat hears when the last one came."""
    agreement: Any = change.obj
    revision = agreement.revision
    said = {"sha256": revision.sha256, "by": change.by, "at": clock.now()}
    given = [
        revision.approvals.get_or_create(party=party, voided_at=None, defaults=said)[1]
        for party in own_parties(change.by, agreement)
    ]
    approved = set(revision.approvals.filter(voided_at=None).values_list("party_id", flat=True))
    if any(given) and approved >= {party.pk for party in agreement.standing}:
        telling.tell_secretariat(telling.APPROVED, agreement)


def request_changes(change: Change) -> None:
    _void(change.obj)
    _say_why(change)
    telling.tell_all(telling.CHANGES, change.obj)


def open_signing(change: Change) -> None:
    telling.tell_parties(telling.SIGNING, change.obj)


def sign(change: Change) -> None:
    """The signature stands under the hash that was shown to whoever signs."""
    agreement: Any = change.obj
    revision = agreement.revision
    revision.signatures.create(
        party=change.data["party"],
        sha256=revision.sha256,
        method=change.data["method"],
        blob=change.data.get("blob"),
        filename=change.data.get("filename", ""),
        signer=change.data["signer"],
        by=change.by,
        at=clock.now(),
    )
    signed = set(revision.signatures.filter(voided_at=None).values_list("party_id", flat=True))
    if signed >= {party.pk for party in agreement.standing}:
        telling.tell_all(telling.SIGNED, agreement)


def reopen(change: Change) -> None:
    """Approvals and signatures are void: they were for a text that somebody refuses."""
    _void(change.obj)
    _say_why(change)
    telling.tell_all(telling.REOPENED, change.obj)


def abandon(change: Change) -> None:
    agreement: Any = change.obj
    agreement.reason = change.data["reason"]
    telling.tell_all(telling.ABANDONED, agreement)


def activate(change: Change) -> None:
    """Its parties become a circle; an amendment uses that of what it changes."""
    agreement: Any = change.obj
    if agreement.amends_id is None:
        agreement.circle = circles.open_for(agreement)
    circle = str(agreement.circle.uid) if agreement.circle else ""
    events.record(AgreementBegan(agreement=str(agreement.uid), circle=circle))
    telling.tell_all(telling.BEGUN, agreement)


def amend(change: Change) -> None:
    """Parties that the amendment adds come in, and the last day moves where it names one."""
    agreement: Any = change.obj
    amendment: Any = change.data["amendment"]
    known = {party.organisation_id for party in agreement.standing}
    fresh = [party for party in amendment.standing if party.organisation_id not in known]
    for at, party in enumerate(fresh, start=len(agreement.all_parties)):
        agreement.parties.create(organisation=party.organisation, position=at)
        circles.let_in(agreement, party.organisation)
    if amendment.effective_to is not None and amendment.effective_to != agreement.effective_to:
        agreement.effective_to, agreement.reminded_days = amendment.effective_to, None
    agreement.version += 1
    amendment.is_applied = True
    amendment.save(update_fields=["is_applied"])


def leave(change: Change) -> None:
    """The party is out at once, also of the circle; drafts of amendments are made without it."""
    agreement: Any = change.obj
    party: Any = change.data["party"]
    party.left_at, party.left_reason = clock.now(), change.data["reason"]
    party.save(update_fields=["left_at", "left_reason"])
    circles.put_out(agreement, party.organisation)
    _end_commitments(agreement, agreement.commitments.filter(donor=party.organisation))
    events.record(PartyLeft(agreement=str(agreement.uid), organisation=str(party.organisation.uid)))
    telling.tell_left(agreement, party)


def remind(change: Change) -> None:
    """The nearest of the three days is remembered, so that nobody is told of it twice."""
    agreement: Any = change.obj
    agreement.reminded_days = rules.reminder_due(agreement)
    telling.tell_ending(agreement)


def supersede(change: Change) -> None:
    """Commitments of those who are parties of the successor go over to it; what was delivered counts on."""
    agreement: Any = change.obj
    successor = agreement.successors.filter(state__in=IN_FORCE).first()
    going_on = [party.organisation_id for party in successor.standing]
    agreement.commitments.filter(state__in=OWED, donor__in=going_on).update(agreement=successor)
    _close(change, "superseded")


def end(change: Change) -> None:
    agreement: Any = change.obj
    agreement.reason = change.data.get("reason", "")
    _close(change, "terminated" if agreement.reason else "expired")


def _close(change: Change, how: str) -> None:
    """In one transaction: the circle is closed, commitments and amendments end with it."""
    agreement: Any = change.obj
    circles.close(agreement)
    _end_commitments(agreement, agreement.commitments.all())
    for amendment in agreement.amendments.filter(state__in=("draft", "in_review", "signing")):
        workflow.perform(amendment, "abandon", by=SYSTEM, data={"reason": WITH_ITS_AGREEMENT})
    for amendment in agreement.amendments.filter(state="active"):
        workflow.perform(amendment, "expire", by=SYSTEM, data={"ended": agreement})
    events.record(AgreementEnded(agreement=str(agreement.uid), how=how))
    if agreement.amends_id is None:
        telling.tell_all(telling.ENDED, agreement)


def _end_commitments(agreement: Any, rows: Any) -> None:
    for commitment in rows.filter(state__in=OPEN):
        workflow.perform(commitment, "agreement_ended", by=SYSTEM, data={"ended": agreement})


def _void(agreement: Any) -> None:
    now = clock.now()
    agreement.revision.approvals.filter(voided_at=None).update(voided_at=now)
    agreement.revision.signatures.filter(voided_at=None).update(voided_at=now)


def _say_why(change: Change) -> None:
    """The reason stands among the comments, where whoever redrafts reads it."""
    agreement: Any = change.obj
    mine = own_parties(change.by, agreement)
    agreement.comments.create(
        revision=agreement.revision,
        organisation=mine[0].organisation if mine else None,
        by_id=change.by.pk,
        body=change.data["reason"],
        wants_change=True,
    )
