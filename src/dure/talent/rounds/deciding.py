"""People decide: one place changed with a reason, and all others confirmed."""

from typing import Any

from django.db import connection, transaction

from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import PlacementDecision, PlacementExplanation, PlacementRound, RoundEntry, RoundSeat
from dure.talent.rounds import rules

CONFIRM = """insert into talent_placementdecision (entry_id, seat_id, by_id, reason, at)
select entry.id, told.seat_id, %s, '', %s from talent_roundentry entry
left join talent_placementexplanation told on told.entry_id = entry.id and told.result_id = %s
where entry.round_id = %s and not exists (select 1 from talent_placementdecision made where made.entry_id = entry.id)"""


@transaction.atomic
def override(
    entry: RoundEntry, *, by: people.Person, seat: RoundSeat | None, reason: str
) -> PlacementDecision:
    """Give one entry another of the seats that it ranked, or none. Raises Denied, also where the seats are taken, and Faulty."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=entry.round_id)
    entry.round = locked
    demand(rules.may_override(by, entry))
    if not reason.strip():
        raise Faulty([Fault("no_reason", place="reason")])
    if seat is not None and not entry.choices.filter(seat=seat).exists():
        raise Faulty([Fault("round_not_ranked", place="seat")])
    if seat is not None and taken_by(locked, but=entry).get(seat.pk, 0) >= seat.seats:
        raise Denied(Refused("seat_full", rules.FULL.message))
    made, _new = PlacementDecision.objects.update_or_create(
        entry=entry, defaults={"seat": seat, "by": by, "reason": reason.strip(), "at": clock.now()}
    )
    detail = {"entry": entry.pseudonym, "seat": str(seat.uid) if seat else "", "reason": reason.strip()}
    audit.write(by=by, action="placement_round.overridden", obj=locked, detail=detail)
    return made


def taken_by(found: PlacementRound, *, but: RoundEntry | None = None) -> dict[int, int]:
    """How many hold each seat as things stand: what people decided, else what the result says. By hand only the former counts."""
    skipped = {but.pk} if but else set()
    decided = dict(PlacementDecision.objects.filter(entry__round=found).values_list("entry_id", "seat_id"))
    places = {**_told(found), **decided}
    counts: dict[int, int] = {}
    for entry, seat in places.items():
        if seat is not None and entry not in skipped:
            counts[seat] = counts.get(seat, 0) + 1
    return counts


def _told(found: PlacementRound) -> dict[int, Any]:
    result = standing_result(found)
    if result is None:
        return {}
    return dict(PlacementExplanation.objects.filter(result_id=result).values_list("entry_id", "seat_id"))


def standing_result(found: PlacementRound) -> int | None:
    """The result that is confirmed unless people decide otherwise; None by hand."""
    if found.state == "by_hand":
        return None
    last: int | None = found.results.order_by("-pk").values_list("pk", flat=True).first()
    return last


def confirm_rest(found: PlacementRound, *, by: Any) -> None:
    """One statement for everybody who was not decided otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(CONFIRM, [by.pk, clock.now(), standing_result(found), found.pk])
