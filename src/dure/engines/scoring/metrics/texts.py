"""Scores of text: chrF, word error rate, and character error rate with Korean normalisation."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Literal
from unicodedata import category, normalize

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.checks import Side, at_rows
from dure.engines.scoring.metrics.columns import Flags, quotient

TEXT = (Role("text", "text"),)
ORDERS = 6
RECALL_WEIGHT = 4.0  # β² with β = 2
LENGTH_LIMIT = 20_000  # characters of one cell: the distance of two such texts takes about a second
LEVENSHTEIN = "Levenshtein 1966; bit-parallel form Hyyrö 2003"
Spaces = Literal["keep", "drop"]
Split = Callable[[str], Sequence[Hashable]]


def chrf() -> Metric:
    """Character n-gram F-score chrF2 in [0, 100], n = 1 … 6, white space left out, case kept; counts summed over rows.

    The same as sacrebleu's corpus chrF with its default arguments. 0 where no order has an n-gram on both sides.
    Source: Popović (2015), chrF: character n-gram F-score for automatic MT evaluation, doi:10.18653/v1/W15-3049.
    """
    return Metric(
        key="chrf",
        name_ko="chrF2(문자 n-그램 F 점수)",
        name_en="chrF2 (character n-gram F-score)",
        direction="higher",
        lowest=0.0,
        highest=100.0,
        truth=TEXT,
        prediction=TEXT,
        source="Popović 2015, doi:10.18653/v1/W15-3049; as sacrebleu's default",
        statistics=_gram_rows,
        finish=_gram_score,
        check=_check_length,
    )


def wer() -> Metric:
    """Word error rate: word edits over all rows divided by the words of the answers; it may exceed 1.

    Both texts are first brought to NFC, punctuation (Unicode categories P*) is dropped and white space made single; case
    stays. NaN where the answers have no word. Source: Levenshtein (1966), Binary codes capable of correcting deletions,
    insertions and reversals; computed after Hyyrö (2003), a bit-vector algorithm for Levenshtein distances.
    """
    return _error_rate("wer", "단어 오류율(WER)", "Word error rate", partial(_edit_rows, split=_words))


def cer(*, spaces: Spaces = "keep") -> Metric:
    """Character error rate: syllable (character) edits over all rows divided by the characters of the answers.

    Normalised as in `wer`; a space between words counts as a character, or is taken out with `spaces="drop"`, which is
    fairer where Korean spacing is a matter of taste. Source: as `wer`.
    """
    if spaces not in ("keep", "drop"):
        raise Faulty([Fault("bad_parameter", {"name": "spaces", "value": str(spaces)})])
    split = _characters if spaces == "keep" else _solid
    rows = partial(_edit_rows, split=split)
    return _error_rate("cer", "글자 오류율(CER)", "Character error rate", rows, spaces=spaces)


def cer_jamo() -> Metric:
    """Character error rate over jamo: as `cer`, each syllable taken apart into its letters (NFD), so 각 for 간 is a third wrong.

    Source: as `wer`; decomposition: The Unicode Standard, section 3.12, conjoining jamo behaviour.
    """
    return _error_rate("cer_jamo", "자모 오류율", "Jamo error rate", partial(_edit_rows, split=_jamo))


def normalise(text: str) -> str:
    """NFC, punctuation dropped, white space made single and trimmed."""
    return " ".join(normalize("NFC", text).translate(_PUNCTUATION).split())


def distance(left: Sequence[Hashable], right: Sequence[Hashable]) -> int:
    """Levenshtein distance: the fewest insertions, deletions and substitutions that turn one sequence into the other.

    One step per item of `right` on integers with one bit per item of `left`.
    Source: Hyyrö (2003), A bit-vector algorithm for computing Levenshtein and Damerau edit distances.
    """
    if not left or not right:
        return len(left) + len(right)
    places: dict[Hashable, int] = {}
    for at, item in enumerate(left):
        places[item] = places.get(item, 0) | 1 << at
    mask, last = (1 << len(left)) - 1, 1 << (len(left) - 1)
    rises, falls, edits = mask, 0, len(left)
    for item in right:
        same = places.get(item, 0)
        diagonal = (((same & rises) + rises) ^ rises) | same | falls
        up = falls | (mask & ~(diagonal | rises))
        down = rises & diagonal
        edits += bool(up & last) - bool(down & last)
        up = (up << 1 | 1) & mask
        rises = (down << 1 & mask) | (mask & ~(diagonal | up))
        falls = up & diagonal
    return edits


class _Punctuation(dict[int, int | None]):
    """A table for str.translate that drops punctuation and learns each character once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if category(chr(code)).startswith("P") else code
        return self[code]


_PUNCTUATION = _Punctuation()


def _words(text: str) -> Sequence[Hashable]:
    return normalise(text).split()


def _characters(text: str) -> Sequence[Hashable]:
    return normalise(text)


def _solid(text: str) -> Sequence[Hashable]:
    return normalise(text).replace(" ", "")


def _jamo(text: str) -> Sequence[Hashable]:
    return normalize("NFD", normalise(text))


def _error_rate(
    key: str, name_ko: str, name_en: str, statistics: Callable[[Rows], Array], **parameters: str
) -> Metric:
    return Metric(
        key=key,
        name_ko=name_ko,
        name_en=name_en,
        direction="lower",
        lowest=0.0,
        highest=np.inf,
        truth=TEXT,
        prediction=TEXT,
        source=LEVENSHTEIN,
        statistics=statistics,
        finish=_rate,
        check=_check_length,
        parameters=parameters,
    )


def _pairs(rows: Rows) -> list[tuple[str, str]]:
    return [(str(a), str(b)) for a, b in zip(rows.truth["text"], rows.prediction["text"], strict=True)]


def _edit_rows(rows: Rows, *, split: Split) -> Array:
    """Edits and length of the answer per row, (n, 2)."""
    table = [
        (distance(truth, split(predicted)), len(truth)) for truth, predicted in _split_truth(rows, split)
    ]
    return np.array(table, dtype=np.float64).reshape(-1, 2)


def _split_truth(rows: Rows, split: Split) -> list[tuple[Sequence[Hashable], str]]:
    return [(split(truth), predicted) for truth, predicted in _pairs(rows)]


def _rate(means: Array) -> Array:
    edits, length = means[..., 0], means[..., 1]
    return quotient(edits, length, otherwise=np.nan)


def _gram_rows(rows: Rows) -> Array:
    """Per row and order the n-grams of the prediction, of the answer and in both, (n, 18)."""
    table = [_gram_counts(truth, predicted) for truth, predicted in _pairs(rows)]
    return np.array(table, dtype=np.float64).reshape(-1, 3 * ORDERS)


def _gram_counts(truth: str, predicted: str) -> list[int]:
    wanted, given = "".join(truth.split()), "".join(predicted.split())
    counts: list[int] = []
    for order in range(1, ORDERS + 1):
        wanted_grams, given_grams = _grams(wanted, order), _grams(given, order)
        total = wanted_grams.total()
        shared = (wanted_grams & given_grams).total()
        # The reference does not count a prediction's n-grams where the answer is too short to have any.
        counts += [given_grams.total() if total else 0, total, shared]
    return counts


def _grams(text: str, order: int) -> Counter[str]:
    return Counter(text[at : at + order] for at in range(len(text) - order + 1))


def _gram_score(means: Array) -> Array:
    given, wanted, shared = np.moveaxis(means.reshape(*means.shape[:-1], ORDERS, 3), -1, 0)
    used = (given > 0) & (wanted > 0)
    count = np.maximum(used.sum(-1), 1)
    precision = quotient(shared, given, otherwise=0.0).sum(-1) / count
    recall = quotient(shared, wanted, otherwise=0.0).sum(-1) / count
    bottom = RECALL_WEIGHT * precision + recall
    top = 100.0 * (1.0 + RECALL_WEIGHT) * precision * recall
    return quotient(top, bottom, otherwise=0.0)


def _check_length(rows: Rows) -> list[Fault]:
    sides: tuple[Side, ...] = ("answers", "predictions")
    found: list[Fault] = []
    for side, columns in zip(sides, (rows.truth, rows.prediction), strict=True):
        long: Flags = np.array([len(str(cell)) > LENGTH_LIMIT for cell in columns["text"]], dtype=np.bool_)
        limit = {"highest": LENGTH_LIMIT}
        found += at_rows("text_too_long", long, rows, column="text", side=side, params=limit)
    return found
