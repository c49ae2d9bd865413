"""The farm that a trace is replayed on: as asked for, else as the trace states, else as much as it really used at once."""

from collections.abc import Iterator, Mapping

from dure.engines.faults import Fault, Faulty
from dure.engines.scheduling.jobs import Amounts, Capacity
from dure.engines.scheduling.room import Room
from dure.engines.scheduling.simulation.tables import Share
from dure.engines.scheduling.simulation.trace import Trace

UNWEIGHED = "memory_mib"


def capacity_for(trace: Trace, asked: Mapping[str, int], shares: Mapping[str, Share]) -> Capacity:
    """The capacity by kind, with what the shares guarantee. All of a kind weighs as much in the usage as all cores, memory nothing.

    Raises Faulty with `kind_unknown`, `capacity_unknown`, `guaranteed_too_much` or `nothing_fits`.
    """
    amounts = _amounts(trace, asked)
    faults = [*_unknown(trace, asked, shares), *_unstated(trace, amounts), *_promised(trace, amounts, shares)]
    if faults:
        raise Faulty(faults)
    capacity = Capacity(
        kinds=trace.kinds,
        amounts=amounts,
        weights=tuple(
            _weight(kind, amount, amounts[0]) for kind, amount in zip(trace.kinds, amounts, strict=True)
        ),
        guaranteed=_guaranteed(trace, shares),
    )
    empty = Room(capacity)
    if not any(empty.admits(each.job) for each in trace.jobs):
        raise Faulty([Fault("nothing_fits")])
    return capacity


def _amounts(trace: Trace, asked: Mapping[str, int]) -> Amounts:
    """0 where nobody knows."""
    used = trace.most_at_once() or (0,) * len(trace.kinds)
    known = zip(trace.kinds, trace.amounts, used, strict=True)
    return tuple(asked.get(kind) or stated or most for kind, stated, most in known)


def _weight(kind: str, amount: int, first: int) -> float:
    return 0.0 if kind == UNWEIGHED else first / amount


def _guaranteed(trace: Trace, shares: Mapping[str, Share]) -> dict[str, Amounts]:
    return {
        member: tuple(share.guaranteed.get(kind, 0) for kind in trace.kinds)
        for member, share in shares.items()
        if any(share.guaranteed.values())
    }


def _unknown(trace: Trace, asked: Mapping[str, int], shares: Mapping[str, Share]) -> Iterator[Fault]:
    named = {*asked, *(kind for share in shares.values() for kind in share.guaranteed)}
    for kind in sorted(named - set(trace.kinds)):
        yield Fault("kind_unknown", {"kind": kind, "known": ", ".join(trace.kinds)})


def _unstated(trace: Trace, amounts: Amounts) -> Iterator[Fault]:
    for kind, amount in zip(trace.kinds, amounts, strict=True):
        if not amount:
            yield Fault("capacity_unknown", {"kind": kind})


def _promised(trace: Trace, amounts: Amounts, shares: Mapping[str, Share]) -> Iterator[Fault]:
    for kind, amount in zip(trace.kinds, amounts, strict=True):
        total = sum(share.guaranteed.get(kind, 0) for share in shares.values())
        if 0 < amount < total:
            yield Fault("guaranteed_too_much", {"kind": kind, "total": total, "amount": amount})
