# ruff: noqa: TID251 - the one place besides tests where scikit-learn makes things: the demo's predictions
"""tumour-screening: scikit-learn's copy of the Wisconsin diagnostic set, and six really different models.

Run `python -m scripts.demo.tumour_screening` to write the problem's folder again.
"""

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
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

FOLDER = PROBLEMS / "tumour-screening"
TARGET = "malignant"
SEED = 19951101
TEST_SHARE = 0.5
# With the twenty spread and extreme features nearly every model ties at 1.0: only the ten means are handed out.
MEANS = 10


def tables() -> Tables:
    """Half of the benign and half of the malignant samples are the test part; one sample is one patient."""
    loaded = load_breast_cancer()
    names = [str(name).replace(" ", "_") for name in loaded.feature_names[:MEANS]]
    features = pl.DataFrame(loaded.data[:, :MEANS], schema=names)
    # The package writes 0 for malignant; whoever screens asks the other way round.
    malignant = pl.Series(TARGET, 1 - loaded.target)
    rows = renumbered(features.with_columns(malignant), prefix="T", seed=SEED)
    chosen = pl.Series(_stratified(rows[TARGET].to_numpy()))
    train, test = rows.filter(~chosen), rows.filter(chosen)
    return Tables(
        train=train,
        test=test.drop(TARGET),
        answers=test.select("id", TARGET),
        sample=test.select("id", pl.lit(0.5).alias(TARGET)),
    )


def _stratified(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    generator = np.random.default_rng(SEED + 1)
    chosen = np.zeros(len(labels), dtype=bool)
    for label in (0, 1):
        places = generator.permutation(np.flatnonzero(labels == label))
        chosen[places[: round(TEST_SHARE * len(places))]] = True
    return chosen


def prevalence(task: Task) -> Floats:
    return np.full(len(task.test_x), task.train_y.mean())


def one_feature(task: Task) -> Floats:
    column = [task.names.index("mean_radius")]
    model = LogisticRegression().fit(task.train_x[:, column], task.train_y)
    return np.asarray(model.predict_proba(task.test_x[:, column])[:, 1])


def texture_only(task: Task) -> Floats:
    """Deliberately weak: reads the texture and nothing else."""
    columns = [task.names.index("mean_texture")]
    model = GaussianNB().fit(task.train_x[:, columns], task.train_y)
    return np.asarray(model.predict_proba(task.test_x[:, columns])[:, 1])


def logistic(task: Task) -> Floats:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=2000))
    return np.asarray(model.fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


def nearest(task: Task) -> Floats:
    model = make_pipeline(StandardScaler(), KNeighborsClassifier(15, weights="distance"))
    return np.asarray(model.fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


def tree(task: Task) -> Floats:
    model = DecisionTreeClassifier(max_depth=4, min_samples_leaf=5, random_state=1)
    return np.asarray(model.fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


def forest(task: Task) -> Floats:
    model = RandomForestClassifier(500, min_samples_leaf=2, random_state=2)
    return np.asarray(model.fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


def boosting(task: Task) -> Floats:
    model = GradientBoostingClassifier(
        n_estimators=200, learning_rate=0.06, max_depth=2, subsample=0.7, random_state=3
    )
    return np.asarray(model.fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


def support_vectors(task: Task) -> Floats:
    """A support vector machine has no probability: its distance through the logistic curve keeps the order."""
    model = make_pipeline(StandardScaler(), SVC(C=4, gamma=0.01)).fit(task.train_x, task.train_y)
    return np.asarray(1 / (1 + np.exp(-2 * model.decision_function(task.test_x))))


def naive_bayes(task: Task) -> Floats:
    return np.asarray(GaussianNB().fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


def neural_network(task: Task) -> Floats:
    network = MLPClassifier(
        hidden_layer_sizes=(16,), alpha=3.0, solver="lbfgs", max_iter=1000, random_state=4
    )
    model = make_pipeline(StandardScaler(), network)
    return np.asarray(model.fit(task.train_x, task.train_y).predict_proba(task.test_x)[:, 1])


MODELS: dict[str, Model] = {
    "baseline-prevalence": prevalence,
    "baseline-radius": one_feature,
    "texture-1": texture_only,
    "bayes-1": naive_bayes,
    "bayes-2": logistic,
    "neighbours-1": nearest,
    "forest-1": tree,
    "forest-2": forest,
    "boosting-1": boosting,
    "vectors-1": support_vectors,
    "network-1": neural_network,
}


def build(folder: Path = FOLDER) -> None:
    """Writes tables and predictions into `folder`."""
    made = tables()
    write_tables(made, folder)
    task = task_of(made, target=TARGET)
    write_predictions(MODELS, task, ids=made.test["id"], column=TARGET, folder=folder)


if __name__ == "__main__":
    build()
