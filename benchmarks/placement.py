"""A placement of 100,000 applicants in 2,000 openings with ten choices each, from the database to the certificate.

Ours: what the background task does, except writing: rows are read, frozen and compared with the hash of the closing; then come
lottery, solver, file, verifier and certificate. Bare: the same rows of choices by a binary COPY into lists, and deferred
acceptance with one heap per opening, without ties, lottery, file and verifier. Both in this process, in turn. Rows are filled by
COPY: popular openings are chosen more often, every fourth choice is a tie, classes are 1 to 4, and every tenth opening takes at
most ten people of each of sixty institutions.

The peak memory is that of a fresh process that does ours once, Python and Django included; above 1 GiB the benchmark fails.
A note compares with the PyPI package `matching` at the largest size that it does by itself (from about 1,500 applicants on it ends
in a RecursionError): it makes its game and solves it, we draw and solve a market of the same rankings without ties.
"""

import os
import random
import subprocess
import sys
import time
from heapq import heappush, heappushpop
from typing import Any, Final

from benchmarks.harness import Result, measure_pairs, report
from benchmarks.stage import stage

APPLICANTS, OPENINGS, CHOICES, SEATS = 100_000, 2_000, 10, 50
SEED, LIMIT, ROUNDS, FEW = 20_260_611, 4.0, 3, 1_000
MOST_BYTES: Final = 2**30
SECRETS: Final = ("1" * 64, "2" * 64)
ONCE: Final = "from benchmarks.placement import once; once()"


def run() -> Result:
    with stage():
        key = _filled()
        from dure.talent.models import PlacementRound  # noqa: PLC0415 - Django is set up by the stage

        found = PlacementRound.objects.get(pk=key)
        pairs = measure_pairs(lambda: _ours(found), lambda: _bare(key), rounds=ROUNDS)
        peak = _peak(key)
    assert peak <= MOST_BYTES, f"the whole run took {peak / 2**20:.0f} MiB"
    load = os.getloadavg()[0]
    machine = f"peak memory of a whole run {peak / 2**20:.0f} MiB, load of the machine {load:.1f}"
    notes = (pairs.note, machine, _against_matching())
    return Result("placement", pairs.ratio, LIMIT, notes=notes)


def _ours(found: Any) -> None:
    from dure.talent.rounds import solving  # noqa: PLC0415 - Django is set up by the stage

    assert solving.work_out(found, _secrets()).certificate


def _secrets() -> Any:
    from dure.engines import placement  # noqa: PLC0415 - with numpy, late

    return tuple(
        placement.Secret(organisation=f"keeper-{at}", commitment=placement.commitment_of(one), secret=one)
        for at, one in enumerate(SECRETS)
    )


def _bare(key: int) -> None:
    from dure.talent.rounds import gathering  # noqa: PLC0415 - Django is set up by the stage

    rows = gathering.copied(key)
    columns = (rows[name].tolist() for name in ("entry", "seat", "rank", "priority"))
    lists: dict[int, list[tuple[int, int, int]]] = {}
    for entry, seat, rank, priority in zip(*columns, strict=True):
        if priority:
            lists.setdefault(entry, []).append((rank, seat, priority))
    _accept(lists)


def _accept(lists: dict[int, list[tuple[int, int, int]]]) -> dict[int, list[tuple[int, int]]]:
    """Deferred acceptance: each opening keeps its best, the worst of them on top of a heap."""
    for choices in lists.values():
        choices.sort()
    upcoming = dict.fromkeys(lists, 0)
    heaps: dict[int, list[tuple[int, int]]] = {}
    without = list(lists)
    while without:
        entry = without.pop()
        if upcoming[entry] == len(lists[entry]):
            continue
        _rank, seat, priority = lists[entry][upcoming[entry]]
        upcoming[entry] += 1
        heap = heaps.setdefault(seat, [])
        if len(heap) < SEATS:
            heappush(heap, (-priority, -entry))
        else:
            without.append(-heappushpop(heap, (-priority, -entry))[1])
    return heaps


def _against_matching() -> str:
    """The same small market in both; where the two do not agree the benchmark fails."""
    from dure.engines import placement  # noqa: PLC0415 - with numpy, late

    chance = random.Random(SEED)  # noqa: S311 - figures, no secrets
    seats = [f"s{at}" for at in range(FEW // 20)]
    wanted = {f"a{at}": chance.sample(seats, CHOICES) for at in range(FEW)}
    order = {
        seat: [name for name in chance.sample(list(wanted), FEW) if seat in wanted[name]] for seat in seats
    }
    classes = {seat: {name: at for at, name in enumerate(names, start=1)} for seat, names in order.items()}
    openings = [placement.Opening(key=seat, capacity=20) for seat in seats]
    tiers = {name: [(seat,) for seat in some] for name, some in wanted.items()}
    frozen = placement.freeze(placement.build(openings, tiers, classes))
    began = time.perf_counter()
    places = placement.solve(frozen.market, placement.draw(frozen.market, b""))
    between = time.perf_counter()
    theirs = _by_matching(wanted, order)
    ended = time.perf_counter()
    named = zip(frozen.market.applicants, places.tolist(), strict=True)
    ours = {name: frozen.market.openings[at].key for name, at in named if at != placement.NOWHERE}
    assert ours == theirs, "matching places people elsewhere"
    return (
        f"matching with {FEW} applicants: {(ended - between) / (between - began):.0f} times as long as ours"
    )


def _by_matching(wanted: dict[str, list[str]], order: dict[str, list[str]]) -> dict[str, str]:
    from matching.games import HospitalResident  # noqa: PLC0415 - only here

    game = HospitalResident.create_from_dictionaries(wanted, order, dict.fromkeys(order, 20))
    return {person.name: seat.name for seat, some in game.solve().items() for person in some}


def _peak(key: int) -> int:
    """Bytes of memory at most in use by a process that does ours once."""
    told = subprocess.run(
        [sys.executable, "-c", ONCE],
        env={**os.environ, "DURE_BENCH_ROUND": str(key)},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(told.stdout.split()[-1]) * 1024


def once() -> None:
    """What the process of `_peak` does; prints its peak in KiB."""
    import resource  # noqa: PLC0415 - of this process alone

    import django  # noqa: PLC0415 - it reads the environment that the parent set

    django.setup()
    from dure.talent.models import PlacementRound  # noqa: PLC0415 - Django is set up now

    _ours(PlacementRound.objects.get(pk=int(os.environ["DURE_BENCH_ROUND"])))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _filled() -> int:
    """A closed round with generated people; the key of its row."""
    from tests.factories import people, rounds  # noqa: PLC0415 - Django is set up by the stage

    from dure.talent.models import RoundSeat  # noqa: PLC0415
    from dure.talent.rounds import gathering  # noqa: PLC0415

    found = rounds.draft(people.organisation())
    openings = [rounds.opening(found.organisation) for _ in range(OPENINGS)]
    limit = [{"group": "institution:*", "reserve": 0, "quota": 10}]
    made = RoundSeat.objects.bulk_create(
        RoundSeat(round=found, opening=one, seats=SEATS, limits=[] if at % 10 else limit)
        for at, one in enumerate(openings)
    )
    _copy_rankings(found.pk, [seat.pk for seat in made])
    found.inputs_sha256, found.state = gathering.frozen(found).sha256, "closed"
    found.save()
    return int(found.pk)


def _copy_rankings(key: int, seats: list[int]) -> None:
    from benchmarks.looking import analyse  # noqa: PLC0415 - Django is set up by the stage
    from django.db import connection  # noqa: PLC0415

    chance = random.Random(SEED)  # noqa: S311 - figures, no secrets
    with connection.cursor() as cursor:
        with cursor.copy(
            "copy talent_roundentry (id, uid, round_id, pseudonym, institution, region, words, saved_at) from stdin"
        ) as copy:
            for at in range(1, APPLICANTS + 1):
                uid = f"00000000-0000-7000-8000-{at:012x}"
                name = f"{chance.getrandbits(64):016x}"
                copy.write_row(
                    (at, uid, key, name, f"house-{at % 60}", f"KR-{at % 17}", "", "2026-06-01T00:00Z")
                )
        with cursor.copy("copy talent_roundchoice (entry_id, seat_id, rank, priority) from stdin") as copy:
            for at in range(1, APPLICANTS + 1):
                for rank, seat in enumerate(_wanted(chance, seats), start=1):
                    copy.write_row((at, seat, rank - (rank % 4 == 0), chance.randint(1, 4)))
    analyse()


def _wanted(chance: random.Random, seats: list[int]) -> list[int]:
    """Ten different seats, the first of the list more often: a quadratic law of popularity."""
    found: dict[int, None] = {}
    while len(found) < CHOICES:
        found[seats[int(len(seats) * chance.random() ** 2)]] = None
    return list(found)


if __name__ == "__main__":
    sys.exit(report(run()))
