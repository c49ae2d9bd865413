"""The checks themselves; each returns at least one finding, `ok` where there is nothing to see."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from dure.engines.scoring.leaks.finding import Finding, Severity
from dure.engines.scoring.leaks.statistics import (
    Codes,
    Flags,
    Floats,
    auc,
    bins_of,
    class_association,
    codes_of,
    correlation,
    floats,
    held_out_accuracy,
    held_out_r2,
    known_share,
    rank_association,
    spearman,
)
from dure.engines.scoring.leaks.tables import (
    SEED,
    Tables,
    answer_values,
    half,
    is_numeric,
    names,
    rounded,
    sampled,
)
from dure.engines.scoring.matching import keys
from dure.engines.scoring.metric import Direction
from dure.engines.scoring.schema import Column

Params = dict[str, str | int | float]
FEW = 40
"""Fewer rows than this show nothing."""
DECIDES = 0.99
PERFECT = 0.9999
WEAK, STRONG = 0.1, 0.8


def duplicate_rows(tables: Tables) -> list[Finding]:
    """Count test rows whose features all stand in the training part; `stop` where 1 % more do than repeat within training."""
    shared = tables.shared_features()
    if tables.train is None or not shared:
        return [Finding("duplicate_rows_skipped", "ok")]
    train = tables.train.select(pl.col(shared).cast(pl.String)).hash_rows()
    test = tables.test.select(pl.col(shared).cast(pl.String)).hash_rows()
    count = int(test.is_in(train.unique().implode()).sum())
    share = count / max(1, test.len())
    if not count:
        return [Finding("duplicate_rows_clear", "ok", {"checked": test.len()})]
    usual = int(train.is_duplicated().sum()) / max(1, train.len())
    severity: Severity = "stop" if share > usual + 0.01 else "warn"
    return [
        Finding("duplicate_rows", severity, {"count": count, "checked": test.len(), "share": rounded(share)})
    ]


def order(tables: Tables) -> list[Finding]:
    """Ask whether the place of a row, its id, or the answer of the row before predict the answer; `stop` from 0.8 up."""
    answers = tables.answers.with_row_index("\x00row")
    answers = sampled(answers)
    size = answers.height
    found: list[Finding] = []
    if size < FEW:
        return [Finding("order_skipped", "ok")]
    for column in tables.hidden:
        codes, numbers = answer_values(answers, column)
        for code, place in _orders(tables, answers):
            strength = _order_strength(place, codes, numbers)
            if strength > WEAK:
                found.append(_order_finding(code, column, strength, size))
    return found or [Finding("order_clear", "ok", _sample(size))]


def _order_finding(code: str, column: Column, strength: float, size: int) -> Finding:
    params: Params = {"answer": column.name, "strength": rounded(strength), **_sample(size)}
    return Finding(code, "stop" if strength >= STRONG else "warn", params, column=column.name)


def _orders(tables: Tables, answers: pl.DataFrame) -> Iterator[tuple[str, Floats]]:
    yield "rows_predict", floats(answers["\x00row"])
    ids = keys(answers, tables.schema.id_columns)
    yield "ids_predict", floats(ids.rank("average") if not ids.dtype.is_numeric() else ids)


def _order_strength(place: Floats, codes: Codes, numbers: Floats | None) -> float:
    """Return the strongest of: rank association, information in coarse blocks, in the remainder by 2…10, in the row before."""
    coarse = codes if numbers is None else bins_of(numbers, bins=5)
    direct = class_association(place, codes) if numbers is None else rank_association(place, numbers)
    blocks = [known_share(bins_of(place, bins=min(20, place.size // 20)), coarse)]
    whole = np.rint(place).astype(np.int64)
    blocks += [known_share((whole - whole.min()) % step, coarse) for step in range(2, 11)]
    after = coarse[np.argsort(place, kind="stable")]
    blocks.append(known_share(after[:-1], after[1:]))
    # information grows with the square of a correlation: the root puts both on one scale
    return max(direct, *(float(np.sqrt(share)) for share in blocks))


def single_features(tables: Tables) -> list[Finding]:
    """Name each column that alone decides an answer, on rows it was not learnt from.

    That is: AUC, R² or λ (how far it beats guessing the commonest class) above 0.99.
    """
    found, most = [], 0
    for frame in map(sampled, _labelled(tables)):
        if frame.height < FEW:
            continue
        most = max(most, frame.height)
        for column in tables.hidden:
            if column.name in frame.columns:
                found += _deciding(frame, column, tables.features(frame))
    if not most:
        return [Finding("single_feature_skipped", "ok")]
    unique = {(finding.column, finding.params["answer"]): finding for finding in found}
    return list(unique.values()) or [Finding("single_feature_clear", "ok", _sample(most))]


def _labelled(tables: Tables) -> list[pl.DataFrame]:
    """Return the frames that hold features beside answers."""
    hidden = [column.name for column in tables.hidden]
    train = tables.train
    trained = [train] if train is not None and any(name in train.columns for name in hidden) else []
    return [*trained, tables.labelled_test()]


def _deciding(frame: pl.DataFrame, column: Column, features: Sequence[str]) -> list[Finding]:
    frame = frame.filter(pl.col(column.name).is_not_null())
    codes, numbers = answer_values(frame, column)
    if frame.height < FEW or codes.min() == codes.max():
        return []
    found = []
    for name in names([feature for feature in features if feature != column.name]):
        statistic, strength = _decides(frame[name], codes, numbers)
        if strength > DECIDES:
            params: Params = {
                "answer": column.name,
                "statistic": statistic,
                "strength": rounded(strength),
                **_sample(frame.height),
            }
            found.append(Finding("single_feature", "stop", params, column=name.removesuffix("_public")))
    return found


def _decides(feature: pl.Series, codes: Codes, numbers: Floats | None) -> tuple[str, float]:
    """Return the strongest statistic of one feature and its name."""
    mask = half(feature.len())
    values = floats(feature) if is_numeric(feature) else None
    coarse = codes_of(feature) if values is None else bins_of(values)
    if numbers is not None:
        return max(_number_strengths(values, coarse, numbers, mask), key=lambda pair: pair[1])
    strengths = [("λ", held_out_accuracy(coarse, codes, mask))]
    if values is not None and codes.max() == 1:
        area = auc(values, codes == 1)
        strengths.append(("AUC", max(area, 1 - area)))
    return max(strengths, key=lambda pair: pair[1])


def _number_strengths(
    values: Floats | None, coarse: Codes, numbers: Floats, mask: Flags
) -> list[tuple[str, float]]:
    strengths = [("R²", held_out_r2(coarse, numbers, mask))]
    if values is not None:
        strengths += [("R²", correlation(values, numbers) ** 2), ("ρ²", spearman(values, numbers) ** 2)]
    return strengths


def answers_reachable(tables: Tables) -> list[Finding]:
    """Name each public column that, joined on id, is an answer under another name: recoded one to one, or rescaled in order."""
    frame = sampled(tables.labelled_test())
    if frame.height < FEW:
        return [Finding("answers_reachable_skipped", "ok")]
    found = []
    for column in tables.hidden:
        codes, numbers = answer_values(frame, column)
        for name in names(
            [name for name in frame.columns if name not in {one.name for one in tables.schema.truths}]
        ):
            if _is_copy(frame[name], codes, numbers):
                params: Params = {"answer": column.name, **_sample(frame.height)}
                found.append(
                    Finding("answers_reachable", "stop", params, column=name.removesuffix("_public"))
                )
    return found or [Finding("answers_reachable_clear", "ok", _sample(frame.height))]


def _is_copy(public: pl.Series, codes: Codes, numbers: Floats | None) -> bool:
    distinct = int(codes.max()) + 1
    if distinct < 2:
        return False
    if numbers is not None and is_numeric(public) and abs(spearman(floats(public), numbers)) > PERFECT:
        return True
    other = codes_of(public)
    # with nearly as many values as rows every column maps one to one to every other
    if distinct > codes.size // 2 or int(other.max()) + 1 != distinct:
        return False
    return np.unique(other * distinct + codes).size == distinct


def test_ids(tables: Tables) -> list[Finding]:
    """Look for ids of the test part in the training part, and whether their training labels are the answers."""
    ids, train = tables.schema.id_columns, tables.train
    if train is None or any(name not in train.columns for name in ids):
        return [Finding("test_ids_skipped", "ok")]
    left = tables.answers.with_columns(keys(tables.answers, ids).cast(pl.String).alias("\x00key"))
    right = train.with_columns(keys(train, ids).cast(pl.String).alias("\x00key")).unique(
        "\x00key", keep="first"
    )
    both = left.join(right, on="\x00key", how="inner", suffix="_train")
    if not both.height:
        return [Finding("test_ids_clear", "ok")]
    shares = [
        _agreement(both, column.name) for column in tables.hidden if f"{column.name}_train" in both.columns
    ]
    known = max(shares, default=0.0)
    if known >= 0.5:
        return [Finding("test_ids_labelled", "stop", {"count": both.height, "share": rounded(known)})]
    return [Finding("test_ids_shared", "warn", {"count": both.height})]


def _agreement(both: pl.DataFrame, name: str) -> float:
    """Return which share of the shared ids has the same answer, beyond what the commonest answer would give (0…1)."""
    hidden, shown = both[name].cast(pl.String), both[f"{name}_train"].cast(pl.String)
    same = int((hidden == shown).sum()) / max(1, both.height)
    chance = float(hidden.value_counts(normalize=True, name="share")["share"].pow(2).sum())
    return max(0.0, (same - chance) / (1 - chance)) if chance < 1 else 0.0


def baselines_below_target(
    baselines: Mapping[str, float], *, target: float | None, direction: Direction
) -> list[Finding]:
    """Name each baseline that already reaches the target."""
    if target is None or not baselines:
        return [Finding("target_skipped", "ok")]
    sign = 1 if direction == "higher" else -1
    reached = {name: score for name, score in baselines.items() if sign * score >= sign * target}
    if reached:
        return [
            Finding("target_reached", "stop", {"baseline": name, "target": target, "score": rounded(score)})
            for name, score in reached.items()
        ]
    best = max(baselines.values(), key=lambda score: sign * score)
    return [Finding("target_clear", "ok", {"target": target, "best": rounded(best)})]


def _sample(size: int) -> Params:
    return {"sampled": size, "seed": SEED}
