"""Placement rounds of the demo: the thirty of the exchange were placed by one that is decided, and another takes rankings now."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dure.engines import placement
from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.people import api as people
from dure.talent.demo.cast import Cast
from dure.talent.demo.content import hour, on_day, read
from dure.talent.demo.hosts import Run
from dure.talent.events import RoundDecided
from dure.talent.intakes import following
from dure.talent.models import PlacementRound, RoundEntry, RoundSeat
from dure.talent.rounds import classing, committing, preparing, ranking, solving

KEEPERS: Final = {"hanbit-telecom": "taeo.yoon", "daon-machinery": "daon.choi"}
"""Who keeps a secret of the lottery, and who speaks for them."""
LATER: Final = ("series", "speech", "energy")
"""Groups of the exchange that people leave for next term, in the order in which Kim Jiho ranks them."""


def place_exchange(run: Run, cast: Cast) -> PlacementRound:
    """From the draft to the decision, everything at its day."""
    found = _draft("exchange", run, cast, made=-130, until=-112)
    secrets = {slug: committing.fresh_secret() for slug in KEEPERS}
    with on_day(-126):
        for kept in found.commitments.select_related("organisation"):
            hash_of = placement.commitment_of(secrets[kept.organisation.slug])
            committing.commit(kept, by=_speaker(kept, cast), commitment=hash_of)
    seats = {key: found.round_seats.get(opening=host.opening) for key, host in run.hosts.items()}
    with on_day(-120):
        _rank_all(found, seats, cast)
    with on_day(-116):
        _class_all(found, seats, cast)
    with on_day(-111):
        found = workflow.perform(found, "close", by=SYSTEM)
    with on_day(-109):
        for kept in found.commitments.select_related("organisation"):
            committing.reveal(kept, by=_speaker(kept, cast), secret=secrets[kept.organisation.slug])
        solving.solve(PlacementRound.objects.get(pk=found.pk))
    with on_day(-100):
        found = workflow.perform(PlacementRound.objects.get(pk=found.pk), "decide", by=cast.desk)
        following.follow_round(RoundDecided(placement_round=str(found.uid)))
    return found


def open_winter(run: Run, cast: Cast) -> PlacementRound:
    """A round whose keepers still have to commit; some have ranked, and Kim Jiho has not."""
    found = _draft("winter", run, cast, made=-6, until=12)
    seats = list(found.round_seats.order_by("pk"))
    with on_day(-2):
        for at, person in enumerate([*cast.students[:7], cast.persons["ian.cha"]]):
            _rank(found, person, seats[at % 4 :] + seats[: at % 4])
    return found


def _draft(name: str, run: Run, cast: Cast, *, made: int, until: int) -> PlacementRound:
    """Made with the hosts of the intake as its seats, and opened."""
    said = read("rounds")[name]
    words = {
        f"{part}_{code}": said[part][code] for part in ("title", "about", "rules") for code in ("ko", "en")
    }
    given = {**words, "rank_until": hour(until, 18)}
    with on_day(made):
        found = preparing.create(by=cast.desk, organisation=cast.runner, given=given)
        for host in run.hosts.values():
            preparing.put_seat(
                found, by=cast.desk, opening=host.opening, seats=host.opening.seats, otherwise=2
            )
        for slug in KEEPERS:
            preparing.name_keeper(found, by=cast.desk, organisation=cast.homes[slug])
        return workflow.perform(found, "open", by=cast.desk)


def _speaker(kept: Any, cast: Cast) -> people.Person:
    return cast.persons[KEEPERS[kept.organisation.slug]]


def _rank_all(found: PlacementRound, seats: Mapping[str, RoundSeat], cast: Cast) -> None:
    """Everybody ranks all groups, every third of them the time series group first; two rank only what they want."""
    turned = list(seats)
    for at, person in enumerate(cast.students):
        order = turned[at % 5 :] + turned[: at % 5]
        wanted = sorted(order, key=lambda key: key != "series") if at % 3 == 0 else order
        _rank(found, person, [seats[key] for key in wanted])
    for mail in ("minseo.bae", "jiho.kim"):
        own = [seats[key] for key in LATER]
        _rank(found, cast.persons[mail], own[::-1] if mail == "minseo.bae" else own)


def _rank(found: PlacementRound, person: people.Person, wanted: Sequence[RoundSeat]) -> None:
    ranks = {seat: number for number, seat in enumerate(wanted, start=1)}
    ranking.save(found, by=person, ranks=ranks, organisation=people.own_organisations(person).first())


def _class_all(found: PlacementRound, seats: Mapping[str, RoundSeat], cast: Cast) -> None:
    """The host knows some of them from its interviews: Kim Jiho better for speech than for time series."""
    by = cast.persons["grace.linn"]
    names = dict(RoundEntry.objects.filter(round=found).values_list("person", "pseudonym"))
    first = {names[person.pk]: 1 for person in cast.students[::3]}
    classing.give(seats["series"], by=by, classes=first)
    jiho, minseo = (names[cast.persons[mail].pk] for mail in ("jiho.kim", "minseo.bae"))
    classing.give(seats["speech"], by=by, classes={jiho: 1})
    classing.give(seats["energy"], by=by, classes={minseo: 1})
