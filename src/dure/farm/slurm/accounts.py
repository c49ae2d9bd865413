"""Whom Slurm charges: member > project > person below one account of ours, and a quality of service for each class. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID

from dure.farm.slurm.naming import plain

ROOT: Final = "dure"
NONE: Final = "none"
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
SPARE: Final = "scavenger"
SHARE: Final = 100
"""What a share of 1 is in Slurm, which takes whole numbers."""
CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    SPARE: ("Priority=0", "UsageFactor=0.25"),
    "normal": ("Priority=1000",),
    "evaluation": ("Priority=2000",),
    "lab": ("Priority=3000",),
}
"""The classes, with what a new one begins with; what operators change afterwards stays. The one that gives way comes first."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Who is charged, from the member down; what is missing is the platform's own."""

    member: str = ""
    project: str = ""
    person: UUID | None = None

    @property
    def path(self) -> tuple[str, str, str, str]:
        """The accounts from ours down to the person's, which is the one that jobs name."""
        member = f"{ROOT}.{_key(self.member)}"
        project = f"{member}.{_key(self.project)}"
        return ROOT, member, project, f"{project}.{self.person.hex if self.person else NONE}"

    @property
    def account(self) -> str:
        return self.path[-1]


def _key(text: str) -> str:
    """A word for an account: plain ones as they are, others by their hash, so that no two are alike."""
    if not text:
        return NONE
    is_plain = _KEY.fullmatch(text) and text != NONE and not text.startswith("x-")
    return text if is_plain else f"x-{sha256(text.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Tree:
    """Accounts with parents and shares, the classes that our user may ask for in each, and which classes each class stops."""

    parents: Mapping[str, str] = field(default_factory=dict)
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stops: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What Slurm lacks or has otherwise, and the words for sacctmgr that mend it; none for what is left to the operator."""

    kind: Literal["class", "account", "parent", "share", "access", "unknown"]
    names: tuple[str, ...]
    words: tuple[str, ...] = ()


def wanted(payers: Iterable[Payer], shares: Mapping[tuple[str, ...], float] | None = None) -> Tree:
    """The tree for these. `shares` go by member, and by member and project; whoever is not named has 1."""
    agreed = shares or {}
    parents: dict[str, str] = {ROOT: "root"}
    leaves, weights = set(), {}
    for payer in payers:
        path = payer.path
        parents.update(zip(path[1:], path[:-1], strict=True))
        leaves.add(path[-1])
        weights[path[1]] = round(SHARE * agreed.get((payer.member,), 1))
        weights[path[2]] = round(SHARE * agreed.get((payer.member, payer.project), 1))
    stops = {name: frozenset() if name == SPARE else frozenset({SPARE}) for name in CLASSES}
    return Tree(parents, dict.fromkeys(sorted(leaves), frozenset(CLASSES)), stops, weights)


def differences(want: Tree, have: Tree, *, user: str) -> list[Difference]:
    """What to tell Slurm, parents before their children. Accounts of ours that we do not know are named and left alone."""
    new = [name for name in want.parents if name not in have.parents]
    moved = [name for name, parent in want.parents.items() if have.parents.get(name, parent) != parent]
    shut = [
        name for name, classes in want.allowed.items() if not classes <= have.allowed.get(name, frozenset())
    ]
    foreign = tuple(sorted(name for name in have.parents if _is_ours(name) and name not in want.parents))
    return [
        *_classes(want, have),
        *_accounts(new, want),
        *(Difference("parent", (name,), _sets(name, f"parent={want.parents[name]}")) for name in moved),
        *(
            Difference("share", (name,), _sets(name, f"fairshare={share:d}"))
            for name, share in want.shares.items()
            if have.shares.get(name) != share
        ),
        *_access(shut, have, user),
        *([Difference("unknown", foreign)] if foreign else []),
    ]


def _is_ours(name: str) -> bool:
    return name == ROOT or name.startswith(f"{ROOT}.")


def _classes(want: Tree, have: Tree) -> Iterable[Difference]:
    """New classes, and old ones that do not make the spare one give way."""
    for name, stops in want.stops.items():
        preempt = (f"Preempt={','.join(sorted(stops | have.stops.get(name, frozenset())))}",) if stops else ()
        if name not in have.stops:
            yield Difference("class", (name,), ("add", "qos", plain(name), "set", *CLASSES[name], *preempt))
        elif not stops <= have.stops[name]:
            yield Difference("class", (name,), ("modify", "qos", plain(name), "set", *preempt))


def _sets(name: str, what: str) -> tuple[str, ...]:
    return ("modify", "account", plain(name), "set", what)


def _accounts(new: Sequence[str], want: Tree) -> list[Difference]:
    """One word for all new children of a parent."""
    children: dict[str, list[str]] = {}
    for name in new:
        children.setdefault(want.parents[name], []).append(plain(name))
    by_depth = sorted(children.items(), key=lambda item: (item[0] != "root", item[0].count("."), item[0]))
    return [
        Difference("account", part, ("add", "account", ",".join(part), f"parent={plain(parent)}"))
        for parent, names in by_depth
        for part in _parts(names)
    ]


def _access(shut: Sequence[str], have: Tree, user: str) -> list[Difference]:
    classes = f"qos={','.join(sorted(CLASSES))}"
    fresh = [name for name in shut if name not in have.allowed]
    known = [name for name in shut if name in have.allowed]
    added = [
        Difference(
            "access", part, ("add", "user", plain(user), f"account={','.join(map(plain, part))}", classes)
        )
        for part in _parts(fresh)
    ]
    where = ("where", f"user={plain(user)}")
    changed = [
        Difference("access", (name,), ("modify", "user", *where, f"account={plain(name)}", "set", classes))
        for name in known
    ]
    return [*added, *changed]


def _parts(names: Sequence[str], size: int = 100) -> Iterable[tuple[str, ...]]:
    return (tuple(names[start : start + size]) for start in range(0, len(names), size))


def tree_of(associations: str, classes: str, *, user: str) -> Tree:
    """What sacctmgr printed: account|parent|user|classes|share a line, and class|classes it stops a line."""
    parents, allowed, shares = {}, {}, {}
    for line in associations.splitlines():
        account, parent, whose, names, share = (part.strip() for part in line.split("|")[:5])
        if not whose:
            parents[account] = parent
            shares[account] = int(share) if share.isdigit() else 0
        elif whose == user:
            allowed[account] = _names(names)
    stops = {
        name: _names(stopped) for name, _, stopped in (line.partition("|") for line in classes.splitlines())
    }
    return Tree(parents, allowed, stops, shares)


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.strip().split(",")))
