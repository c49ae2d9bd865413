"""What a metric is: statistics of each row whose means give the score, or a weighted computation over rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault

Array = NDArray[np.float64]
Direction = Literal["higher", "lower"]
Kind = Literal["label", "probability", "number", "quantile", "boxes", "mask", "text"]


@dataclass(frozen=True, slots=True)
class Role:
    """A column a metric needs. `many` roles repeat with a suffix: `probability:cat`, `quantile:0.025`."""

    name: str
    kind: Kind
    many: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Answers and predictions joined one to one, in the order of the answers: role name → column of length n.

    `lines` holds, per row, the line of the prediction in its file as a person counts it, so that a fault can name it;
    without it the predictions are taken to stand in the order of the answers below one header line.
    """

    truth: Mapping[str, NDArray[Any]]
    prediction: Mapping[str, NDArray[Any]]
    lines: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to score, with all that a board, a form and a document need to know of it.

    Most scores are a function of means: `statistics` gives an (n, k) array per row and `finish` maps means of shape
    (..., k) to scores of shape (...). Then resampling is one matrix product. Where no such form exists (AUC, average
    precision, mAP) `weighted` takes (r, n) row weights of any real dtype and gives (r,) scores; it prepares the rows once
    per call and works through the weights in blocks, so all resamples go in one call. Metrics over classes have both.
    `influence` gives the (n,) influence values of the rows for large samples: score(w) ≈ score + mean((w − 1) · influence),
    so the variance of the score is mean(influence²) / n; for a function of means it is derived from `statistics` and may
    stay None. `check` lists what no column check can see (labels that do not fit, malformed boxes); it runs after those.
    `lowest` and `highest` bound the domain (may be infinite); `source` cites the formula.
    """

    key: str
    name_ko: str
    name_en: str
    direction: Direction
    lowest: float
    highest: float
    truth: tuple[Role, ...]
    prediction: tuple[Role, ...]
    source: str
    statistics: Callable[[Rows], Array] | None = None
    finish: Callable[[Array], Array] | None = None
    weighted: Callable[[Rows, NDArray[Any]], Array] | None = None
    influence: Callable[[Rows], Array] | None = None
    check: Callable[[Rows], list[Fault]] | None = None
    parameters: Mapping[str, float | str] = field(default_factory=dict)
