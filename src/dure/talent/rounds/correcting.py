"""A correction of what was frozen: which rows were wrong, each before and after, who says so and why. It is run by `rerunning`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from dure.foundation import audit, workflow
from dure.foundation.access import SYSTEM, demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent import places
from dure.talent.models import RoundAppeal, RoundChoice, RoundCorrection, RoundEntry, RoundSeat
from dure.talent.models.round import LAST_CLASS, LAST_RANK, MOST_SEATS
from dure.talent.rounds import appealing, rules_appeal

MOST_ROWS: Final = 500
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Ranked:
    """How an entry ranks a seat, and its class there: no rank, not ranked; no class, not acceptable."""

    entry: RoundEntry
    seat: RoundSeat
    rank: int | None
    priority: int | None


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats there are."""

    seat: RoundSeat
    seats: int


@dataclass(frozen=True, slots=True)
class Belongs:
    """Which institution (a slug) and region (a code) an entry counts for."""

    entry: RoundEntry
    institution: str
    region: str


Edit = Ranked | Seats | Belongs
Row = dict[str, Any]


@transaction.atomic
def correct(made: RoundAppeal, *, by: people.Person, edits: Sequence[Edit], reason: str) -> RoundCorrection:
    """Write down what was wrong and have the round run again. Raises Denied, and Faulty with everything that is wrong."""
    locked = appealing.locked_appeal(made)
    demand(rules_appeal.may_correct(by, locked))
    rows = rows_of(locked, edits)
    words = said(reason)
    if faults := [*_faults(edits), *_whole_faults(rows, words)]:
        raise Faulty(faults)
    correction = RoundCorrection.objects.create(appeal=locked, by=by, reason=words, rows=rows)
    detail = {"correction": str(correction.uid), "reason": words, "rows": rows}
    audit.write(by=by, action="placement_round.corrected", obj=locked.round, detail=detail)
    workflow.perform(locked, "correct", by=SYSTEM)
    transaction.on_commit(lambda: _have_run(correction))
    return correction


def _have_run(correction: RoundCorrection) -> None:
    from dure.talent import tasks  # noqa: PLC0415 - the app's tasks name this module's neighbours

    name = f"placement:{correction.appeal.round.uid}"
    tasks.rerun_round.configure(lock=name).defer(uid=str(correction.uid))


def said(reason: str) -> str:
    """In one line of what can be shown, as a file and a certificate hold it."""
    return "".join(sign for sign in " ".join(reason.split()) if sign.isprintable())


def rows_of(made: RoundAppeal, edits: Iterable[Edit]) -> list[Row]:
    """The rows that the edits change, as they are and as they become; what changes nothing is left out. Two queries."""
    listed = list(edits)
    entries = {edit.entry.pk for edit in listed if isinstance(edit, Ranked)}
    choices = RoundChoice.objects.filter(entry__in=entries, entry__round_id=made.round_id)
    known = {(one.entry_id, one.seat_id): [one.rank, one.priority or 0] for one in choices}
    rows = [row for edit in listed for row in _rows(edit, known)]
    return [row for row in rows if row["before"] != row["after"]]


def _rows(edit: Edit, known: dict[tuple[int, int], list[int]]) -> Iterator[Row]:
    if isinstance(edit, Ranked):
        after = None if edit.rank is None else [edit.rank, edit.priority or 0]
        before = known.get((edit.entry.pk, edit.seat.pk))
        yield _row(["choice", edit.entry.pseudonym, str(edit.seat.uid)], before, after)
    elif isinstance(edit, Seats):
        yield _row(["capacity", str(edit.seat.uid)], [edit.seat.seats], [edit.seats])
    else:
        for name in ("institution", "region"):
            yield _row([name, edit.entry.pseudonym], getattr(edit.entry, name), getattr(edit, name))


def _row(row: list[str], before: Any, after: Any) -> Row:
    return {"row": row, "before": before, "after": after}


def _faults(edits: Iterable[Edit]) -> Iterator[Fault]:
    for edit in edits:
        if isinstance(edit, Ranked):
            yield from _rank_faults(edit)
        elif isinstance(edit, Seats):
            yield from _seat_faults(edit)
        elif edit.region and edit.region != edit.entry.region and not places.is_region(edit.region):
            yield Fault("round_region_unknown", {"value": edit.region[:20]}, place="region")
        elif edit.institution != edit.entry.institution and not _is_known(edit.institution):
            yield Fault("round_institution_unknown", {"value": edit.institution[:60]}, place="institution")


def _is_known(slug: str) -> bool:
    return not slug or people.Organisation.objects.filter(slug=slug).exists()


def _rank_faults(edit: Ranked) -> Iterator[Fault]:
    if edit.rank is not None and not 1 <= edit.rank <= LAST_RANK:
        yield Fault("round_rank_range", {"high": LAST_RANK}, place=f"rank_{edit.seat.uid.hex}")
    if edit.priority is not None and not 1 <= edit.priority <= LAST_CLASS:
        yield Fault("classes_range", {"high": LAST_CLASS}, place=f"class_{edit.seat.uid.hex}")


def _seat_faults(edit: Seats) -> Iterator[Fault]:
    place = f"seats_{edit.seat.uid.hex}"
    if not 0 <= edit.seats <= MOST_SEATS:
        yield Fault("placement_capacity", {"high": MOST_SEATS}, place=place)
    elif sum(limit["reserve"] for limit in edit.seat.limits) > edit.seats:
        yield Fault("placement_reserve_over_capacity", {"seats": edit.seats}, place=place)


def _whole_faults(rows: Sequence[Row], reason: str) -> Iterator[Fault]:
    if not reason:
        yield Fault("no_reason", place="reason")
    if len(reason) > LONGEST:
        yield Fault("round_reason_too_long", {"limit": LONGEST}, place="reason")
    if not rows:
        yield Fault("round_correction_empty")
    if len(rows) > MOST_ROWS:
        yield Fault("round_correction_too_large", {"limit": MOST_ROWS})
    if len({tuple(row["row"]) for row in rows}) < len(rows):
        yield Fault("round_correction_twice")
