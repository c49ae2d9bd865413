"""Appeals against a placement round: filed by who took part or by an organisation, answered by somebody who is not concerned."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.foundation import audit, clock, workflow
from dure.foundation.access import SYSTEM, Actor, demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import PlacementDecision, PlacementRound, RoundAppeal, RoundEntry, RoundSeat
from dure.talent.rounds import rules_appeal, telling


@transaction.atomic
def appeal(
    found: PlacementRound,
    *,
    by: people.Person,
    words: str,
    entry: RoundEntry | None = None,
    organisation: people.Organisation | None = None,
) -> RoundAppeal:
    """Say what went wrong, for one's own part or for an organisation. Raises Denied."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    demand(rules_appeal.may_appeal(by, locked, entry=entry, organisation=organisation))
    if not words.strip():
        raise Faulty([Fault("no_reason", place="words")])
    made = RoundAppeal.objects.create(
        round=locked,
        entry=entry,
        organisation=organisation,
        by=by,
        against=rules_appeal.result_of(locked, entry),
        words=words.strip(),
        answer_by=clock.now() + rules_appeal.ANSWER_WITHIN,
    )
    audit.write(by=by, action="round_appeal.filed", obj=made, detail={"round": locked})
    telling.tell_reviewers(made)
    return made


@transaction.atomic
def act(made: RoundAppeal, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> RoundAppeal:
    """Take, dismiss or withdraw it. Raises Denied."""
    return workflow.perform(made, action, by=by, data=data)


@transaction.atomic
def give(made: RoundAppeal, *, by: people.Person, seat: RoundSeat | None, reason: str) -> RoundAppeal:
    """Give another place where people had decided by hand, or none; beyond the seats if need be. Raises Denied, Faulty."""
    locked = locked_appeal(made)
    demand(rules_appeal.may_give(by, locked))
    entry = locked.entry
    assert entry is not None  # noqa: S101 - may_give has just said so
    if not reason.strip():
        raise Faulty([Fault("no_reason", place="reason")])
    if seat is not None and not entry.choices.filter(seat=seat).exists():
        raise Faulty([Fault("round_not_ranked", place="seat")])
    given = {"seat": seat, "by": by, "reason": reason.strip(), "at": clock.now()}
    PlacementDecision.objects.update_or_create(entry=entry, defaults=given)
    detail = {"entry": entry.pseudonym, "seat": str(seat.uid) if seat else "", "reason": reason.strip()}
    audit.write(by=by, action="placement_round.given_after_appeal", obj=locked.round, detail=detail)
    return workflow.perform(locked, "give", by=SYSTEM, data={"answer": reason})


def locked_appeal(made: RoundAppeal) -> RoundAppeal:
    """The row behind its round's, so that whoever corrects waits for who decides."""
    PlacementRound.objects.select_for_update(of=("self",)).get(pk=made.round_id)
    rows = RoundAppeal.objects.select_for_update(of=("self",))
    return rows.select_related("round__organisation", "entry__decision", "organisation").get(pk=made.pk)
