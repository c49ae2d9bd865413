"""What Slurm's commands print, as values. Names come last in a line, because a stranger's may hold the separator."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dure.farm.slurm.naming import Ref
from dure.farm.slurm.states import State, state_of

QUEUE_FORMAT: Final = "%A|%T|%V|%S|%N|%r|%j"
ACCOUNTS_FORMAT: Final = "JobIDRaw,State,Submit,Start,End,NodeList,AllocTRES,JobName"
NODES_FORMAT: Final = "%N|%c|%m|%G|%T"
NOWHERE: Final = "None assigned"
"""The accounting's word for the machines of a job that was given none."""
SACCT: Final = (
    "sacct",
    "--duplicates",
    "--allocations",
    "--parsable2",
    "--noheader",
    f"--format={ACCOUNTS_FORMAT}",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A job of ours as Slurm's queue or its accounting shows it. Number and moment of submission tell two of its rows apart."""

    ref: Ref
    number: int
    state: State
    submitted: datetime | None
    started: datetime | None = None
    node: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """A row of the accounting: what one start of a job of ours held, from when to when."""

    ref: Ref
    number: int
    state: State
    submitted: datetime
    started: datetime | None
    ended: datetime | None
    nodes: str
    cores: int
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Machine:
    """A node of the cluster."""

    name: str
    cores: int
    memory_mib: int
    accelerators: Mapping[str, int]
    is_up: bool


def queue_of(printed: str, key: str) -> Iterator[Seen]:
    """Our jobs in what squeue printed with QUEUE_FORMAT."""
    for line in printed.splitlines():
        number, state, submitted, started, node, reason, name = line.split("|", 6)
        if ref := Ref.of(name, key):
            yield Seen(ref, int(number), state_of(state), moment(submitted), moment(started), node, reason)


def used_of(printed: str, key: str) -> Iterator[Used]:
    """Our jobs in what sacct printed with ACCOUNTS_FORMAT."""
    for line in printed.splitlines():
        number, state, submitted, started, ended, nodes, held, name = line.split("|", 7)
        ref, at = Ref.of(name, key), moment(submitted)
        if ref is not None and at is not None and number.isdigit():
            yield Used(
                ref=ref,
                number=int(number),
                state=state_of(state),
                submitted=at,
                started=moment(started),
                ended=moment(ended),
                nodes=nodes,
                cores=cores_of(held),
                held=accelerators_of(held, apart=",", sign="="),
            )


def accounted_of(printed: str, key: str) -> Iterator[Seen]:
    """The same, as the queue would show them."""
    for used in used_of(printed, key):
        node = "" if used.nodes == NOWHERE else used.nodes
        yield Seen(used.ref, used.number, used.state, used.submitted, used.started, node)


def cores_of(held: str) -> int:
    """The cores in what the accounting says was held: `cpu=2,mem=1G`."""
    return next((int(part[4:]) for part in held.split(",") if part.startswith("cpu=")), 0)


def machines_of(printed: str) -> Iterator[Machine]:
    """What sinfo printed with NODES_FORMAT; a node stands there once for each partition."""
    seen = set()
    for line in printed.splitlines():
        name, cores, memory, gres, state = line.split("|", 4)
        if name not in seen:
            seen.add(name)
            kinds = accelerators_of(gres, apart=",", sign=":")
            is_up = not any(word in state for word in ("down", "drain", "inval", "unk", "fail", "maint"))
            yield Machine(
                name, int(cores.rstrip("+")), int(memory.rstrip("+")), kinds, is_up and "*" not in state
            )


def accelerators_of(text: str, *, apart: str, sign: str) -> dict[str, int]:
    """Accelerators by type: of `gres/gpu:h100=2,gres/gpu=2` (accounting) or `gpu:h100:4(S:0-1)` (nodes).

    A sum over models, which the accounting prints beside them, says only what has no model.
    """
    found: Counter[str] = Counter()
    for part in text.split(apart):
        kind, _, count = part.partition("(")[0].rpartition(sign)
        if count.isdigit() and (sign == ":" or kind.startswith("gres/")):
            found[kind.removeprefix("gres/")] += int(count)
    for kind in [kind for kind in found if ":" in kind]:
        family = kind.partition(":")[0]
        if sign == "=" and family in found:
            found[family] -= found[kind]
    return {kind: count for kind, count in found.items() if count > 0}


def nodes_of(text: str) -> Iterator[str]:
    """The nodes in a list as Slurm abbreviates them: `kt[1-2,07],kaist1`."""
    for part in re.findall(r"[^,\[]+(?:\[[^\]]*\])?", text):
        head, bracket, inside = part.partition("[")
        if not bracket:
            yield from (head,) if head != NOWHERE else ()
        for span in inside.rstrip("]").split(",") if bracket else ():
            first, _, last = span.partition("-")
            yield from (
                f"{head}{number:0{len(first)}d}" for number in range(int(first), int(last or first) + 1)
            )


def said(moment: datetime) -> str:
    """A moment as Slurm takes it under TZ=UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def moment(text: str) -> datetime | None:
    """A moment as Slurm prints it under TZ=UTC; None for one that has not come."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
