"""What people with the same prediction came to: predictions of being able, brought to how often somebody was selected at all.

A program predicts whether somebody has what is asked for. Whether they are selected depends on the seats as well: of ten people who
are able one gets the one seat. So predictions are not held against selections as they stand. One curve for everybody says how often
people with that prediction were selected: the one nearest to what happened of all that never fall as the prediction rises
(isotonic regression; Ayer and others, An empirical distribution function for sampling with incomplete information, Annals of
Mathematical Statistics 26 (1955), 641-647). Over all people it adds up to the number selected. A group that is selected more or
less often than the curve says is treated unlike others with the same predictions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dure.engines.fairness.values import Row


@dataclass(frozen=True, slots=True)
class _Step:
    """People with neighbouring predictions, and how many of them were selected."""

    predictions: tuple[float, ...]
    people: int
    happened: int

    @property
    def share(self) -> float:
        return self.happened / self.people

    def __add__(self, other: "_Step") -> "_Step":
        return _Step(
            self.predictions + other.predictions, self.people + other.people, self.happened + other.happened
        )


def expected(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same people, each prediction with a known outcome replaced by the share of all who were selected with one like it."""
    curve = _curve((row.probability, row.happened) for row in rows)
    return tuple(
        row
        if row.probability is None or row.happened is None
        else replace(row, probability=curve[row.probability])
        for row in rows
    )


def _curve(known: Iterable[tuple[float | None, bool | None]]) -> Mapping[float, float]:
    """The curve's value for each prediction: neighbours are put together wherever it would fall."""
    steps: list[_Step] = []
    for step in _by_prediction(known):
        steps.append(step)
        while len(steps) > 1 and steps[-2].share >= steps[-1].share:
            last = steps.pop()
            steps[-1] += last
    return {one: step.share for step in steps for one in step.predictions}


def _by_prediction(known: Iterable[tuple[float | None, bool | None]]) -> list[_Step]:
    """One step for each prediction, the lowest first."""
    found: dict[float, list[bool]] = {}
    for predicted, happened in known:
        if predicted is not None and happened is not None:
            found.setdefault(predicted, []).append(happened)
    return [_Step((one,), len(found[one]), sum(found[one])) for one in sorted(found)]
