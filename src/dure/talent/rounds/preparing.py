"""Preparing a round: what is said of it, its seats with reserves and quotas, and who keeps the secrets of the lottery."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import Opening, PlacementRound, RoundSeat, SecretCommitment
from dure.talent.rounds import rules

FIELDS: Final = ("title_ko", "title_en", "about_ko", "about_en", "rules_ko", "rules_en", "rank_until")
GROUP: Final = re.compile(r"(institution|region):(\*|[A-Za-z0-9-]{1,60})")
MOST_LIMITS, MOST_KEEPERS, MOST_OPENINGS = 40, 20, 5_000


@transaction.atomic
def create(
    *, by: people.Person, organisation: people.Organisation, given: Mapping[str, Any]
) -> PlacementRound:
    """A round in preparation. Raises Denied."""
    demand(rules.may_run(by, organisation))
    fields = {name: given[name] for name in FIELDS}
    made = PlacementRound.objects.create(organisation=organisation, made_by=by, **fields)
    audit.write(by=by, action="placement_round.made", obj=made)
    return made


@transaction.atomic
def edit(found: PlacementRound, *, by: people.Person, given: Mapping[str, Any]) -> PlacementRound:
    """Change what is said of it, while it is in preparation. Raises Denied."""
    locked = _draft(found, by)
    for name in FIELDS:
        setattr(locked, name, given[name])
    locked.save(update_fields=[*FIELDS])
    audit.write(by=by, action="placement_round.changed", obj=locked)
    return locked


@transaction.atomic
def put_seat(
    found: PlacementRound,
    *,
    by: people.Person,
    opening: Opening,
    seats: int,
    limits: Sequence[Mapping[str, Any]] = (),
    otherwise: int | None = None,
) -> RoundSeat:
    """Add the seats of an opening, or change them. Raises Denied, and Faulty with everything that is wrong with the limits.

    In a round that could not be closed only the limits change, once the deadline was moved: everybody knows and can rank anew.
    """
    locked = _changeable(found, by, opening, seats, otherwise)
    if faults := [*_size_faults(locked, opening), *limit_faults(limits, seats)]:
        raise Faulty(faults)
    values = {"seats": seats, "limits": [dict(one) for one in limits], "otherwise": otherwise}
    seat, _new = RoundSeat.objects.update_or_create(round=locked, opening=opening, defaults=values)
    audit.write(by=by, action="placement_round.seat_put", obj=locked, detail={"opening": opening, **values})
    return seat


@transaction.atomic
def drop_seat(seat: RoundSeat, *, by: people.Person) -> None:
    """Take an opening out of a round in preparation. Raises Denied."""
    locked = _draft(seat.round, by)
    audit.write(by=by, action="placement_round.seat_dropped", obj=locked, detail={"opening": seat.opening})
    seat.delete()


@transaction.atomic
def name_keeper(
    found: PlacementRound, *, by: people.Person, organisation: people.Organisation
) -> SecretCommitment:
    """Name an organisation that keeps a secret; named twice it is named once. Raises Denied, Faulty for too many."""
    locked = _draft(found, by)
    if locked.commitments.count() >= MOST_KEEPERS:
        raise Faulty([Fault("round_too_many_keepers", {"limit": MOST_KEEPERS}, place="organisation")])
    kept, fresh = SecretCommitment.objects.get_or_create(round=locked, organisation=organisation)
    if fresh:
        detail = {"organisation": organisation}
        audit.write(by=by, action="placement_round.keeper_named", obj=locked, detail=detail)
    return kept


@transaction.atomic
def drop_keeper(kept: SecretCommitment, *, by: people.Person) -> None:
    """Name an organisation no longer, while the round is in preparation. Raises Denied."""
    locked = _draft(kept.round, by)
    detail = {"organisation": kept.organisation}
    audit.write(by=by, action="placement_round.keeper_dropped", obj=locked, detail=detail)
    kept.delete()


def _draft(found: PlacementRound, by: people.Person) -> PlacementRound:
    """The locked row. Raises Denied unless it is in preparation and the person's to prepare."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    demand(rules.may_manage(by, locked))
    demand(rules.is_draft(locked))
    return locked


def _changeable(
    found: PlacementRound, by: people.Person, opening: Opening, seats: int, otherwise: int | None
) -> PlacementRound:
    """The locked row. Raises Denied unless seats may be put, or only limits differ and those may change."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    demand(rules.may_manage(by, locked))
    as_is = locked.round_seats.filter(opening=opening, seats=seats, otherwise=otherwise).exists()
    demand(rules.may_change_limits(locked) if as_is else rules.is_draft(locked))
    return locked


def _size_faults(found: PlacementRound, opening: Opening) -> Iterator[Fault]:
    others = found.round_seats.exclude(opening=opening).count()
    if others >= MOST_OPENINGS:
        yield Fault("round_too_many_openings", {"limit": MOST_OPENINGS})


def limit_faults(limits: Sequence[Mapping[str, Any]], seats: int) -> Iterator[Fault]:
    """What is wrong with reserves and quotas. What passes here can be frozen whoever enters: groups of one kind never overlap."""
    groups = [str(one["group"]) for one in limits]
    if len(limits) > MOST_LIMITS:
        yield Fault("round_too_many_limits", {"limit": MOST_LIMITS}, place="limits")
    for name in sorted({name for name in groups if groups.count(name) > 1}):
        yield Fault("placement_group_twice", {"group": name}, place="limits")
    if len({name.partition(":")[0] for name in groups}) > 1:
        yield Fault("round_limits_mixed", place="limits")
    for one in limits:
        yield from _limit_faults(str(one["group"]), one["reserve"], one["quota"])
    if sum(max(0, one["reserve"]) for one in limits) > seats:
        yield Fault("placement_reserve_over_capacity", {"seats": seats}, place="limits")


def _limit_faults(group: str, reserve: int, quota: int | None) -> Iterator[Fault]:
    if not GROUP.fullmatch(group):
        yield Fault("round_group_malformed", {"group": group[:80]}, place="limits")
    if reserve < 0 or (quota is not None and quota < reserve):
        yield Fault("placement_limit", {"group": group[:80]}, place="limits")
    if group.endswith(":*") and (reserve or quota is None):
        yield Fault("round_star_reserve", {"group": group}, place="limits")
