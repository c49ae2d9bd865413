"""How the groups stand in a ranking, where being lower means being seen less.

- Exposure: position i is looked at in proportion to 1 / log2(1 + i) (Singh and Joachims, Fairness of exposure in rankings, KDD
  2018). A group's share of the exposure stands beside its share of the people.
- Skew: ln of a group's share in the top k over its share in the list, and NDKL: the divergence ln-wise of the groups' shares in
  each top i from those in the list, averaged with the same weights (Geyik, Ambler and Kenthapadi, Fairness-aware ranking in
  search and recommendation systems, KDD 2019).

NDKL is never 0 in a short list, so it is compared with lists in random order: p = (1 + those at least as high) / (1 + all drawn),
which is exact for a test (Phipson and Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
Molecular Biology 9 (2010), article 39). Several attributes share `ALPHA` by Holm's procedure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dure.engines.fairness.binomial import Array
from dure.engines.fairness.cells import attributes_of
from dure.engines.fairness.family import holm
from dure.engines.fairness.values import ALPHA, Exposure, GroupExposure, Row, Verdict

DRAWS: Final = 1999
TOP: Final = 10
"""The k of skew@k, or half of the list where that is shorter."""
_SEED: Final = 144
"""Fixed, so that one list has one answer. It decides nothing but the last digit of p."""
_BLOCK: Final = 1_000_000
"""Places of drawn lists looked at together."""


@dataclass(frozen=True, slots=True)
class _List:
    """A ranking for one attribute: the people whose answer is known, best first, as numbers of their groups, shape (n,)."""

    attribute: str
    names: tuple[str, ...]
    labels: NDArray[np.intp]
    unknown: int


def exposures(rows: Sequence[Row], hidden: frozenset[tuple[str, str]], minimum: int) -> tuple[Exposure, ...]:
    """For each attribute, how its groups stand among the people with a position.

    `hidden` are attributes with groups not to be shown; nor are groups with fewer than `minimum` people in the list.
    """
    ranked = sorted((row for row in rows if row.position is not None), key=lambda row: row.position or 0)
    lists = [
        one for attribute in attributes_of(ranked) if (one := _list(ranked, attribute)).labels.size >= minimum
    ]
    references = [_reference(one.labels) for one in lists]
    found = [
        _share_at_least(float(ndkl(one.labels)), drawn) for one, drawn in zip(lists, references, strict=True)
    ]
    after_all = holm(found)
    return tuple(
        Exposure(
            one.attribute,
            len(one.labels),
            one.unknown,
            _groups(one, _unseen(one, hidden, minimum)),
            float(ndkl(one.labels)),
            found[at],
            after_all[at],
            _verdict(after_all[at], _best_to_find(one.labels, references[at]) * len(lists)),
        )
        for at, one in enumerate(lists)
    )


def _list(ranked: Sequence[Row], attribute: str) -> _List:
    answers = [row.groups.get(attribute) for row in ranked]
    known = [answer for answer in answers if answer is not None]
    names = tuple(sorted(set(known)))
    labels = np.array([names.index(answer) for answer in known], dtype=np.intp)
    return _List(attribute, names, labels, len(answers) - len(known))


def weights(n: int) -> Array:
    """How much each position of a list is looked at, best first, shape (n,); the sum is 1."""
    looks = 1 / np.log2(np.arange(2.0, n + 2))
    return np.asarray(looks / looks.sum())


def ndkl(labels: NDArray[np.intp]) -> Array:
    """The averaged divergence of the tops of lists (…, n) from all of each, shape (…): 0 where every top is as the whole."""
    n = labels.shape[-1]
    found = np.zeros(labels.shape[:-1])
    for group in range(int(labels.max()) + 1):
        top = np.cumsum(labels == group, axis=-1) / np.arange(1, n + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            found += np.where(top > 0, top * np.log(top / top[..., -1:]), 0.0) @ weights(n)
    return np.asarray(found)


def _reference(labels: NDArray[np.intp]) -> Array:
    """What random orders of these people give, shape (`DRAWS`,). Drawn anew for each attribute from one seed."""
    random = np.random.default_rng(_SEED)
    at_once = max(1, _BLOCK // len(labels))
    drawn = [
        ndkl(random.permuted(np.tile(labels, (min(at_once, DRAWS - done), 1)), axis=1))
        for done in range(0, DRAWS, at_once)
    ]
    return np.concatenate(drawn)


def _share_at_least(value: float, drawn: Array) -> float:
    return float((1 + np.count_nonzero(drawn >= value * (1 - 1e-12))) / (1 + len(drawn)))


def _best_to_find(labels: NDArray[np.intp], drawn: Array) -> float:
    """The smallest p-value among the lists in which one group stands behind all others."""
    behind = [
        np.concatenate([labels[labels != group], labels[labels == group]])
        for group in range(labels.max() + 1)
    ]
    return min(_share_at_least(float(ndkl(order)), drawn) for order in behind)


def _verdict(after_all: float, best: float) -> Verdict:
    """Too few where not even a group standing behind all others would have been found."""
    if after_all <= ALPHA:
        return Verdict.EVIDENCE
    return Verdict.NONE_FOUND if best <= ALPHA else Verdict.TOO_FEW


def _unseen(one: _List, hidden: frozenset[tuple[str, str]], minimum: int) -> set[str]:
    """Groups not to be shown; never a single one, whose share would be what is missing from the others'."""
    sizes = dict(zip(one.names, np.bincount(one.labels).tolist(), strict=True))
    unseen = {name for name in one.names if sizes[name] < minimum or (one.attribute, name) in hidden}
    if len(unseen) == 1:
        shown = [name for name in one.names if name not in unseen]
        unseen |= set(sorted(shown, key=lambda name: (sizes[name], name))[:1])
    return unseen


def _groups(one: _List, unseen: set[str]) -> tuple[GroupExposure, ...]:
    shown: Mapping[str, NDArray[np.bool_]] = {name: one.labels == at for at, name in enumerate(one.names)}
    return tuple(
        GroupExposure(name, None, None, None, None) if name in unseen else _group(name, there)
        for name, there in shown.items()
    )


def _group(name: str, there: NDArray[np.bool_]) -> GroupExposure:
    share, exposure = float(there.mean()), float(weights(len(there))[there].sum())
    return GroupExposure(name, int(there.sum()), share, exposure, _skew(there))


def _skew(there: NDArray[np.bool_]) -> float | None:
    """The logarithm of the share in the top over the share in the list; None where the top has nobody of the group."""
    top = there[: max(1, min(TOP, len(there) // 2))]
    return log(top.mean() / there.mean()) if top.any() else None
