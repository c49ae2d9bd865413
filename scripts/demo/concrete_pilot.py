# ruff: noqa: TID251 - like the other scripts here: scikit-learn makes the demo's predictions
"""concrete-pilot: the round before, on the rows that are handed out to train on today, divided by mixture once more.

So nothing that today's challenge hides stands in it. The winner's file is made by the program that the winner handed in
(`predict.txt`). Run `python -m scripts.demo.concrete_pilot` to write the problem's folder again.
"""

import runpy
from pathlib import Path

import numpy as np
import polars as pl
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeRegressor

from scripts.demo import concrete_strength as today
from scripts.demo.shared import (
    PROBLEMS,
    Floats,
    Model,
    Tables,
    Task,
    renumbered,
    task_of,
    write_predictions,
    write_tables,
)

FOLDER = PROBLEMS / "concrete-pilot"
SEED = 19980817
TEST_SHARE = 0.35


def tables() -> Tables:
    """New ids, and again a recipe stands wholly on one side."""
    rows = renumbered(today.tables().train.drop("id"), prefix="P", seed=SEED)
    names = sorted(rows["mixture"].unique())
    order = np.random.default_rng(SEED + 1).permutation(len(names))
    chosen = rows["mixture"].is_in([names[at] for at in order[: round(TEST_SHARE * len(names))]])
    train, test = rows.filter(~chosen), rows.filter(chosen)
    return Tables(
        train=train,
        test=test.drop(today.TARGET, "mixture"),
        answers=test.select("id", today.TARGET, "mixture"),
        sample=test.select("id", pl.lit(0.0).alias(today.TARGET)),
    )


def winner(task: Task) -> Floats:
    """What the handed-in program predicts."""
    predict = runpy.run_path(str(FOLDER / "predict.txt"))["predict"]
    return np.asarray(predict(task.train_x, task.train_y, task.test_x))


def log_ridge(task: Task) -> Floats:
    """A line through the raw amounts and the logarithm of the age."""

    def with_log_age(x: Floats) -> Floats:
        return np.column_stack([x, np.log1p(x[:, 7])])

    model = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-3, 3, 25)))
    model.fit(with_log_age(task.train_x), task.train_y)
    return np.asarray(model.predict(with_log_age(task.test_x)))


def one_question(task: Task) -> Floats:
    """Deliberately weak: young or old, much cement or little."""
    model = DecisionTreeRegressor(max_depth=2, random_state=12)
    return np.asarray(model.fit(task.train_x, task.train_y).predict(task.test_x))


MODELS: dict[str, Model] = {
    "baseline-mean": today.mean_strength,
    "baseline-linear": today.linear,
    "vectors-1": winner,
    "ridge-1": log_ridge,
    "tree-1": today.small_tree,
    "question-1": one_question,
    "abrams-1": today.abrams_law,
}


def build(folder: Path = FOLDER) -> None:
    """Writes tables and predictions into `folder`."""
    made = tables()
    write_tables(made, folder)
    task = task_of(made, target=today.TARGET)
    write_predictions(MODELS, task, ids=made.test["id"], column=today.TARGET, folder=folder)


if __name__ == "__main__":
    build()
