"""Three states: evidence of disparity, none found, too few to tell.

- A cell is evidence where its comparison is, after all comparisons of the report. Otherwise none was found if a grave disparity
  would have been found with probability `POWER` by this comparison alone; else there are too few to tell.
- A table is evidence if one of its cells is, too few if one of its cells is, leaving minor groups aside; else none was found.
- A report is evidence if anything in it is. It needs enough people in the groups of single attributes only: a crossing always
  ends in few people, and one more attribute must not take away what can be said of the others.
"""

from collections.abc import Iterable

from dure.engines.fairness.values import ALPHA, POWER, Verdict


def of_test(adjusted: float, power: float) -> Verdict:
    """The verdict of one comparison from its adjusted p-value and its power against a grave disparity."""
    if adjusted <= ALPHA:
        return Verdict.EVIDENCE
    return Verdict.NONE_FOUND if power >= POWER else Verdict.TOO_FEW


def together(weighed: Iterable[Verdict], others: Iterable[Verdict] = ()) -> Verdict:
    """The verdict over several: `others` can give evidence but never make it too few. Nothing weighed is too few."""
    verdicts = list(weighed)
    if Verdict.EVIDENCE in (*verdicts, *others):
        return Verdict.EVIDENCE
    return Verdict.NONE_FOUND if verdicts and set(verdicts) == {Verdict.NONE_FOUND} else Verdict.TOO_FEW
