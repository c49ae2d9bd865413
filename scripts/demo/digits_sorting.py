# ruff: noqa: TID251 - the one place besides tests where scikit-learn makes things: the demo's predictions
"""digits-sorting: scikit-learn's copy of the UCI handwritten digits, and six really different models.

Run `python -m scripts.demo.digits_sorting` to write the problem's folder again.
"""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

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

FOLDER = PROBLEMS / "digits-sorting"
TARGET = "digit"
PIXELS = tuple(f"p{row}{column}" for row in range(8) for column in range(8))
SEED = 19980701
TEST_SHARE = 0.5

Labels = NDArray[Any]


def tables() -> Tables:
    """Half of every digit's pictures are the test part. Who wrote a digit is not recorded, so writers may stand on both sides."""
    pixels, digits = load_digits(return_X_y=True)
    frame = pl.DataFrame(pixels.astype(np.int64), schema=list(PIXELS)).with_columns(pl.Series(TARGET, digits))
    rows = renumbered(frame, prefix="D", seed=SEED)
    chosen = pl.Series(_stratified(rows[TARGET].to_numpy()))
    train, test = rows.filter(~chosen), rows.filter(chosen)
    return Tables(
        train=train,
        test=test.drop(TARGET),
        answers=test.select("id", TARGET),
        sample=test.select("id", pl.lit(0).alias(TARGET)),
    )


def _stratified(labels: Labels) -> NDArray[np.bool_]:
    """True for the test part: the same share of every digit."""
    generator = np.random.default_rng(SEED + 1)
    chosen = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        places = generator.permutation(np.flatnonzero(labels == label))
        chosen[places[: round(TEST_SHARE * len(places))]] = True
    return chosen


def _centred(x: Floats) -> Floats:
    """Adds how ink is spread over rows, columns and the four quarters: coarse shape beside single pixels."""
    pictures = x.reshape(-1, 8, 8)
    quarters = pictures.reshape(-1, 2, 4, 2, 4).sum(axis=(2, 4)).reshape(-1, 4)
    return np.column_stack([x, pictures.sum(axis=1), pictures.sum(axis=2), quarters])


def most_frequent(task: Task) -> Labels:
    values, counts = np.unique(task.train_y, return_counts=True)
    return np.full(len(task.test_x), values[counts.argmax()])


def nearest_mean(task: Task) -> Labels:
    values = np.unique(task.train_y)
    means = np.stack([task.train_x[task.train_y == value].mean(axis=0) for value in values])
    return np.asarray(values[((task.test_x[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)])


def ink_only(task: Task) -> Labels:
    """Deliberately weak: knows only how much ink each quarter of the picture holds."""
    quarters = slice(-4, None)
    model = GaussianNB().fit(_centred(task.train_x)[:, quarters], task.train_y)
    return np.asarray(model.predict(_centred(task.test_x)[:, quarters]))


def logistic(task: Task) -> Labels:
    model = make_pipeline(MinMaxScaler(), LogisticRegression(C=1.0, max_iter=2000))
    return np.asarray(model.fit(task.train_x, task.train_y).predict(task.test_x))


def nearest(task: Task) -> Labels:
    return np.asarray(KNeighborsClassifier(3).fit(task.train_x, task.train_y).predict(task.test_x))


def tree(task: Task) -> Labels:
    return np.asarray(
        DecisionTreeClassifier(random_state=1).fit(task.train_x, task.train_y).predict(task.test_x)
    )


def forest(task: Task) -> Labels:
    return np.asarray(
        RandomForestClassifier(400, random_state=2).fit(task.train_x, task.train_y).predict(task.test_x)
    )


def boosting(task: Task) -> Labels:
    model = GradientBoostingClassifier(
        n_estimators=70, learning_rate=0.15, max_depth=3, subsample=0.7, max_features="sqrt", random_state=3
    )
    return np.asarray(model.fit(_centred(task.train_x), task.train_y).predict(_centred(task.test_x)))


def support_vectors(task: Task) -> Labels:
    return np.asarray(SVC(C=8, gamma=0.0012).fit(task.train_x, task.train_y).predict(task.test_x))


def quadratic(task: Task) -> Labels:
    model = QuadraticDiscriminantAnalysis(reg_param=0.05)
    return np.asarray(model.fit(task.train_x / 16, task.train_y).predict(task.test_x / 16))


def neural_network(task: Task) -> Labels:
    network = MLPClassifier(hidden_layer_sizes=(64,), alpha=0.1, tol=1e-3, max_iter=300, random_state=4)
    return np.asarray(
        make_pipeline(MinMaxScaler(), network).fit(task.train_x, task.train_y).predict(task.test_x)
    )


MODELS: dict[str, Model] = {
    "baseline-frequent": most_frequent,
    "baseline-centroid": nearest_mean,
    "ink-1": ink_only,
    "logistic-1": logistic,
    "neighbours-1": nearest,
    "forest-1": tree,
    "forest-2": forest,
    "boosting-1": boosting,
    "vectors-1": support_vectors,
    "quadratic-1": quadratic,
    "network-1": neural_network,
}


def build(folder: Path = FOLDER) -> None:
    """Writes tables and predictions into `folder`."""
    made = tables()
    write_tables(made, folder, ending=".csv.gz")
    task = task_of(made, target=TARGET)
    write_predictions(MODELS, task, ids=made.test["id"], column=TARGET, folder=folder)


if __name__ == "__main__":
    build()
