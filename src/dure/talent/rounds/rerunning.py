"""Running a round again on its frozen inputs with a correction put in, and with the lottery of its first run.

What comes out takes the place of the result before. Nobody loses a seat that was given: whoever the re-run places better has that
seat now, whoever it places worse keeps what they had, beyond the seats if need be; what people decided with a reason stays.
"""

import logging
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from dure.engines import placement
from dure.foundation import audit, clock, files, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.faults import Fault, Faulty
from dure.talent.models import (
    CorrectedPlace,
    PlacementDecision,
    PlacementExplanation,
    PlacementRound,
    RoundChoice,
    RoundCorrection,
    RoundResult,
)
from dure.talent.rounds import appealing, gathering, solving, telling
from dure.talent.rounds.solving import NotVerified, Worked

log = logging.getLogger(__name__)
CHANGEABLE: Final = ("solved", "decided")


def run(uid: UUID) -> RoundResult | None:
    """Run a correction once; None where there is nothing to do or it could not be run, which its reviewer is told."""
    correction = RoundCorrection.objects.select_related("appeal").filter(uid=uid).first()
    if correction is None:
        return None
    try:
        return _run(correction)
    except Faulty as faulty:
        _fail(correction, faulty.faults[0])
    except NotVerified:
        log.exception("correction %s was not run", correction.uid)
        _fail(correction, Fault("round_not_rerun"))
    return None


@transaction.atomic
def _run(correction: RoundCorrection) -> RoundResult | None:
    appeal = appealing.locked_appeal(correction.appeal)
    if appeal.state != "correcting" or correction.result_id is not None:
        return None
    found = appeal.round
    if found.state not in CHANGEABLE:
        raise NotVerified(f"round {found.uid} is {found.state}")
    last = found.results.order_by("-pk")[0]
    worked, sha256 = work_out(found, last, correction)
    result = _keep(found, last, worked)
    correction.result, correction.sha256 = result, sha256
    correction.save(update_fields=["result", "sha256"])
    if found.state == "decided":
        _place_again(correction)
    workflow.perform(appeal, "uphold", by=SYSTEM, data={"answer": correction.reason})
    return result


@transaction.atomic
def _fail(correction: RoundCorrection, fault: Fault) -> None:
    appeal = appealing.locked_appeal(correction.appeal)
    if appeal.state == "correcting":
        said = {"code": fault.code, "params": dict(fault.params)}
        RoundCorrection.objects.filter(pk=correction.pk).update(fault=said)
        workflow.perform(appeal, "fail", by=SYSTEM)


def work_out(found: PlacementRound, last: RoundResult, correction: RoundCorrection) -> tuple[Worked, str]:
    """The re-run and the hash of the correction; the rows become the corrected ones. Raises NotVerified, Faulty."""
    filed = placement.unpack(_content(last))
    before = () if filed.rerun is None else filed.rerun.corrections
    standing = placement.corrected(filed.frozen, before)
    if gathering.frozen(found).sha256 != standing.sha256:
        raise NotVerified(f"the rows of round {found.uid} are not those that were frozen")
    _put_in(found, correction)
    after = gathering.frozen(found)
    made = placement.Correction(reason=correction.reason, changes=placement.differences(standing, after))
    if not made.changes:
        raise NotVerified(f"the correction {correction.uid} changes nothing that was frozen")
    seed = placement.seed_of(filed.frozen.sha256, filed.secrets)
    drawn = placement.draw(after.market, seed)
    places = placement.solve(after.market, drawn)
    content = placement.pack_rerun(
        filed.frozen, [*before, made], after, seed=seed, secrets=filed.secrets, places=places
    )
    verdict = placement.verify(content)
    if not verdict.is_verified or seed.hex() != last.seed:
        raise NotVerified(f"round {found.uid}: {verdict.faults} {verdict.counts}")
    return Worked(after, drawn, places, seed.hex(), content, placement.certify(verdict)), made.sha256


def _content(result: RoundResult) -> bytes:
    with files.open_blob(result.file_id) as content:
        return bytes(content.read())


def _put_in(found: PlacementRound, correction: RoundCorrection) -> None:
    """Write each row as it is after; what it was before stands in the frozen inputs and in the correction."""
    for one in correction.rows:
        kind, *names = one["row"]
        if kind == "choice":
            _put_choice(found, names, one["after"])
        elif kind == "capacity":
            found.round_seats.filter(uid=names[0]).update(seats=one["after"][0])
        else:
            found.entries.filter(pseudonym=names[0]).update(**{kind: one["after"]})


def _put_choice(found: PlacementRound, names: list[str], after: list[int] | None) -> None:
    entry, seat = found.entries.get(pseudonym=names[0]), found.round_seats.get(uid=names[1])
    if after is None:
        RoundChoice.objects.filter(entry=entry, seat=seat).delete()
        return
    values = {"rank": after[0], "priority": after[1] or None}
    RoundChoice.objects.update_or_create(entry=entry, seat=seat, defaults=values)


def _keep(found: PlacementRound, last: RoundResult, worked: Worked) -> RoundResult:
    result = solving.write(found, worked, supersedes=last)
    audit.write(by=SYSTEM, action="placement_round.rerun", obj=found, detail={"inputs": result.inputs_sha256})
    return result


def _place_again(correction: RoundCorrection) -> None:
    """Compare what everybody has with what the re-run says, and move those who are better placed."""
    moved = [_placed(correction, entry, held, found) for entry, held, found in _differing(correction)]
    CorrectedPlace.objects.bulk_create(moved)
    better = [one for one in moved if not one.is_kept]
    for one in better:
        given = {"seat": one.found_id, "by": correction.by_id, "at": clock.now()}
        PlacementDecision.objects.filter(entry=one.entry_id).update(**given)
    telling.tell_corrected(correction.appeal.round, [one.entry_id for one in better])


def _differing(correction: RoundCorrection) -> list[tuple[int, int | None, int | None]]:
    """Entry, the seat that it has and the one that the re-run says, where they differ and no person had decided otherwise."""
    rows = PlacementExplanation.objects.filter(result_id=correction.result_id, entry__decision__reason="")
    listed = rows.values_list("entry_id", "entry__decision__seat_id", "seat_id").order_by("entry_id")
    return [(entry, held, found) for entry, held, found in listed if held != found]


def _placed(correction: RoundCorrection, entry: int, held: int | None, found: int | None) -> CorrectedPlace:
    lines: Any = PlacementExplanation.objects.get(result_id=correction.result_id, entry_id=entry).lines
    order = [line["seat"] for line in lines]
    is_better = found is not None and (held not in order or order.index(found) < order.index(held))
    return CorrectedPlace(
        correction=correction, entry_id=entry, before_id=held, found_id=found, is_kept=not is_better
    )
