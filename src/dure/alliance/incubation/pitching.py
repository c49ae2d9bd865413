"""Points of a pitch: a rubric whose lines may weigh differently, and what several jurors gave, in exact numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from typing import Final

from dure.foundation import i18n

HUNDRED: Final = 100
PRECISE: Final = 40
MOST_LINES: Final = 12
MOST_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the rubric with the most points that it gives."""

    ko: str
    en: str
    most: int

    @property
    def words(self) -> str:
        return i18n.either(self.ko, self.en)


@dataclass(frozen=True, slots=True)
class Summary:
    """What jurors gave together, each out of a hundred: exact mean, exact variance over all of them, the lowest and the highest."""

    count: int
    mean: Fraction
    variance: Fraction
    low: Fraction
    high: Fraction

    @property
    def shown_mean(self) -> Decimal:
        return rounded(self.mean)

    @property
    def shown_low(self) -> Decimal:
        return rounded(self.low)

    @property
    def shown_high(self) -> Decimal:
        return rounded(self.high)

    @property
    def deviation(self) -> Decimal:
        """The root of the variance, right to the last digit shown."""
        with localcontext() as context:
            context.prec = PRECISE
            root = (Decimal(self.variance.numerator) / Decimal(self.variance.denominator)).sqrt()
        return root.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)


def rounded(value: Fraction) -> Decimal:
    """Two digits behind the point; half goes to the even one."""
    hundredths = round(value * HUNDRED)
    return Decimal(hundredths).scaleb(-2)


def total(points: Sequence[int], lines: Sequence[Line]) -> Fraction:
    """The sum of one juror, out of a hundred."""
    return Fraction(HUNDRED * sum(points), sum(line.most for line in lines))


def summary(given: Iterable[Sequence[int]], lines: Sequence[Line]) -> Summary | None:
    """What several gave; None where nobody did."""
    totals = [total(points, lines) for points in given]
    if not totals:
        return None
    mean = sum(totals, Fraction(0)) / len(totals)
    variance = sum(((one - mean) ** 2 for one in totals), Fraction(0)) / len(totals)
    return Summary(len(totals), mean, variance, min(totals), max(totals))


def fits(points: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether there is a number for each line, from nothing to the most that it gives."""
    return len(points) == len(lines) and all(
        0 <= one <= line.most for one, line in zip(points, lines, strict=True)
    )


def lines_of(text: str) -> list[Line]:
    """A rubric as written: in each line Korean words, English words and points, with bars between. Raises ValueError."""
    return [_line(one) for one in text.splitlines() if one.strip()]


def _line(text: str) -> Line:
    ko, en, most = (part.strip() for part in text.split("|"))
    points = int(most)
    if not (ko or en) or not 1 <= points <= MOST_POINTS:
        raise ValueError(text)
    return Line(ko, en, points)


def as_text(lines: Iterable[Line]) -> str:
    """The same back."""
    return "\n".join(f"{line.ko} | {line.en} | {line.most}" for line in lines)
