"""Solving a closed round: from its rows to a verified result, once. Run twice it finds the same, and writes it once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from dure.engines import placement
from dure.foundation import audit, files, workflow
from dure.foundation.access import SYSTEM
from dure.talent.models import PlacementRound, RoundResult
from dure.talent.rounds import gathering

LARGEST_FILE: Final = 64 * 2**20


class NotVerified(Exception):  # noqa: N818 - said to the operator; the round stays closed
    """The rows are not those that were frozen, or the verifier found a break. Nothing was kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """What came out: the market in its frozen order with the draw and everybody's place, the file and the certificate."""

    frozen: placement.Frozen
    drawn: placement.Draw
    places: placement.Ints
    seed: str
    content: bytes
    certificate: bytes


def is_due(found: PlacementRound) -> bool:
    """Whether the round is closed and every secret is revealed."""
    return found.state == "closed" and not found.commitments.filter(secret="").exists()


def solve(found: PlacementRound) -> RoundResult | None:
    """Solve, verify and keep; None where there is nothing to do. Raises NotVerified."""
    if not is_due(found):
        return None
    return keep(found, work_out(found, secrets_of(found)))


def secrets_of(found: PlacementRound) -> tuple[placement.Secret, ...]:
    """What was committed and revealed, by the slug of each organisation."""
    kept = found.commitments.select_related("organisation").order_by("organisation__slug")
    return tuple(
        placement.Secret(organisation=one.organisation.slug, commitment=one.commitment, secret=one.secret)
        for one in kept
    )


def work_out(found: PlacementRound, secrets: Sequence[placement.Secret]) -> Worked:
    """From the database to the certificate, without writing anything. Raises NotVerified."""
    frozen = gathering.frozen(found)
    if frozen.sha256 != found.inputs_sha256:
        raise NotVerified(f"the rows of round {found.uid} are not those that were frozen")
    seed = placement.seed_of(frozen.sha256, secrets)
    drawn = placement.draw(frozen.market, seed)
    places = placement.solve(frozen.market, drawn)
    content = placement.pack(frozen, secrets, places)
    verdict = placement.verify(content)
    if not verdict.is_verified:
        raise NotVerified(f"round {found.uid}: {verdict.faults} {verdict.counts}")
    return Worked(frozen, drawn, places, seed.hex(), content, placement.certify(verdict))


@transaction.atomic
def keep(found: PlacementRound, worked: Worked) -> RoundResult | None:
    """Write the result and move the round, unless somebody did so in the meantime."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if not is_due(locked) or locked.inputs_sha256 != worked.frozen.sha256:
        return None
    result = write(locked, worked)
    audit.write(by=SYSTEM, action="placement_round.verified", obj=locked, detail={"seed": worked.seed})
    workflow.perform(locked, "solve", by=SYSTEM)
    return result


def write(found: PlacementRound, worked: Worked, *, supersedes: RoundResult | None = None) -> RoundResult:
    """Keep a verified result with what everybody reads of it. The round is locked."""
    result = RoundResult.objects.create(
        round=found,
        inputs_sha256=worked.frozen.sha256,
        seed=worked.seed,
        file=files.put_bytes(worked.content, limit=LARGEST_FILE),
        certificate=worked.certificate.decode(),
        supersedes=supersedes,
    )
    _explain(result, worked)
    return result


def _explain(result: RoundResult, worked: Worked) -> None:
    """Write down for each entry where it stood and why, by one COPY: no page has to solve again."""
    entries = dict(result.round.entries.values_list("pseudonym", "pk"))
    seats = {str(uid): key for uid, key in result.round.round_seats.values_list("uid", "pk")}
    statement = "copy talent_placementexplanation (result_id, entry_id, seat_id, lines) from stdin"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for pseudonym, seat, lines in _explained(worked, seats):
            copy.write_row((result.pk, entries[pseudonym], seat, json.dumps(lines)))


def _explained(
    worked: Worked, seats: Mapping[str, int]
) -> Iterator[tuple[str, int | None, list[dict[str, Any]]]]:
    """Pseudonym, seat and lines of each entry. No queries: the connection is busy with what is made here."""
    market = worked.frozen.market
    explainer = placement.Explainer.of(market, worked.drawn, worked.places)
    for index, pseudonym in enumerate(market.applicants):
        place = int(worked.places[index])
        seat = None if place == placement.NOWHERE else seats[market.openings[place].key]
        yield pseudonym, seat, [_as_json(line, seats) for line in explainer.lines(index)]


def _as_json(line: placement.Line, seats: Mapping[str, int]) -> dict[str, Any]:
    cut = line.cut_off
    return {
        "seat": seats[line.opening],
        "rank": line.tier,
        "class": line.priority,
        "place": line.place,
        "ranked": line.ranked,
        "why": str(line.why),
        "group": line.group,
        "cut_off": cut and {"class": cut.priority, "by_lottery": cut.by_lottery},
    }
