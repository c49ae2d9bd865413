# ruff: noqa: TID251 - the one place besides tests where scikit-learn makes things: the demo's predictions
"""concrete-strength: the UCI concrete set, split by mixture, and seven really different models.

The numbers are I-Cheng Yeh's (UCI Machine Learning Repository, 1998; CC BY 4.0), kept in `source.csv`.
Run `python -m scripts.demo.concrete_strength` to write the problem's folder again.
"""

import warnings
from pathlib import Path

import numpy as np
import polars as pl
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor, RandomForestRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import LinearRegression, RidgeCV
from sklearn.neighbors import KNeighborsRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeRegressor

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

FOLDER = PROBLEMS / "concrete-strength"
INGREDIENTS = ("cement", "slag", "fly_ash", "water", "superplasticizer", "coarse_aggregate", "fine_aggregate")
TARGET = "strength"
SEED = 19980803
TEST_SHARE = 0.35


def tables() -> Tables:
    """Splits by mixture: one recipe, tested at several ages, stands wholly in train or wholly in test."""
    rows = renumbered(_with_mixture(pl.read_csv(FOLDER / "source.csv")), prefix="C", seed=SEED)
    chosen = rows["mixture"].is_in(_test_mixtures(rows["mixture"]))
    train, test = rows.filter(~chosen), rows.filter(chosen)
    return Tables(
        train=train,
        test=test.drop(TARGET, "mixture"),
        answers=test.select("id", TARGET, "mixture"),
        sample=test.select("id", pl.lit(0.0).alias(TARGET)),
    )


def _with_mixture(source: pl.DataFrame) -> pl.DataFrame:
    """Names recipes that agree to the whole kilogram per cubic metre: the set repeats some with a changed decimal."""
    recipe = pl.concat_str([pl.col(name).round(0).cast(pl.Int64) for name in INGREDIENTS], separator="-")
    keys = source.select(recipe.alias("recipe"))["recipe"]
    shuffled = np.random.default_rng(SEED).permutation(keys.n_unique()) + 1
    number = dict(zip(keys.unique(maintain_order=True), shuffled.tolist(), strict=True))
    return source.with_columns(pl.Series("mixture", [f"M{number[key]:03d}" for key in keys]))


def _test_mixtures(mixtures: pl.Series) -> list[str]:
    names = sorted(mixtures.unique())
    chosen = np.random.default_rng(SEED + 1).permutation(len(names))[: round(TEST_SHARE * len(names))]
    return [names[index] for index in chosen]


def _engineered(x: Floats) -> Floats:
    """Adds what the trade looks at: water over binder, logarithm of age, binder, sand share."""
    cement, slag, ash, water, plasticizer, coarse, fine, age = x.T
    binder = cement + slag + ash
    extra = [
        water / cement,
        water / binder,
        np.log1p(age),
        binder,
        plasticizer / binder,
        fine / (fine + coarse),
    ]
    return np.column_stack([x, *extra])


def mean_strength(task: Task) -> Floats:
    return np.full(len(task.test_x), task.train_y.mean())


def linear(task: Task) -> Floats:
    return np.asarray(LinearRegression().fit(task.train_x, task.train_y).predict(task.test_x))


def abrams_law(task: Task) -> Floats:
    """Deliberately weak: one textbook formula (1919), strength from water over cement and age alone."""

    def formula(x: Floats) -> Floats:
        return np.column_stack([x[:, 3] / x[:, 0], np.log(x[:, 7])])

    model = LinearRegression().fit(formula(task.train_x), np.log(task.train_y))
    return np.asarray(np.exp(model.predict(formula(task.test_x))))


def nearest(task: Task) -> Floats:
    model = make_pipeline(StandardScaler(), KNeighborsRegressor(6, weights="distance"))
    return np.asarray(model.fit(_engineered(task.train_x), task.train_y).predict(_engineered(task.test_x)))


def small_tree(task: Task) -> Floats:
    model = DecisionTreeRegressor(max_depth=5, min_samples_leaf=8, random_state=1)
    return np.asarray(model.fit(task.train_x, task.train_y).predict(task.test_x))


def boosting_plain(task: Task) -> Floats:
    model = GradientBoostingRegressor(n_estimators=120, max_depth=3, random_state=2)
    return np.asarray(model.fit(task.train_x, task.train_y).predict(task.test_x))


def boosting(task: Task) -> Floats:
    model = GradientBoostingRegressor(
        n_estimators=900, learning_rate=0.04, max_depth=4, subsample=0.6, max_features=0.5, random_state=3
    )
    return np.asarray(model.fit(_engineered(task.train_x), task.train_y).predict(_engineered(task.test_x)))


def polynomial_ridge(task: Task) -> Floats:
    model = make_pipeline(
        StandardScaler(), PolynomialFeatures(2), StandardScaler(), RidgeCV(np.logspace(-3, 3, 25))
    )
    return np.asarray(model.fit(_engineered(task.train_x), task.train_y).predict(_engineered(task.test_x)))


def random_forest(task: Task) -> Floats:
    model = RandomForestRegressor(300, min_samples_leaf=2, random_state=4)
    return np.asarray(model.fit(task.train_x, task.train_y).predict(task.test_x))


def extra_trees(task: Task) -> Floats:
    model = ExtraTreesRegressor(400, random_state=5)
    return np.asarray(model.fit(_engineered(task.train_x), task.train_y).predict(_engineered(task.test_x)))


def gaussian_process(task: Task) -> Floats:
    """Kernel widths are set by hand: fitting them would take most of the time of all models together."""
    widths = np.array([1.2, 1.5, 2.0, 2.0, 2.5, 3.0, 3.0, 0.9])
    kernel = ConstantKernel(2.0, "fixed") * RBF(widths, "fixed") + WhiteKernel(0.05, "fixed")

    def with_log_age(x: Floats) -> Floats:
        return np.column_stack([x[:, :7], np.log(x[:, 7])])

    model = make_pipeline(
        StandardScaler(), GaussianProcessRegressor(kernel, optimizer=None, normalize_y=True)
    )
    return np.asarray(model.fit(with_log_age(task.train_x), task.train_y).predict(with_log_age(task.test_x)))


def support_vectors(task: Task) -> Floats:
    model = make_pipeline(StandardScaler(), SVR(C=60, gamma=0.08, epsilon=1.0))
    return np.asarray(model.fit(_engineered(task.train_x), task.train_y).predict(_engineered(task.test_x)))


def neural_network(task: Task) -> Floats:
    """Stopped early: after a hundred steps every processor is at the same place, after thousands each at its own."""
    network = MLPRegressor(
        hidden_layer_sizes=(32, 16), alpha=2.0, solver="lbfgs", max_iter=100, random_state=6
    )
    model = TransformedTargetRegressor(make_pipeline(StandardScaler(), network), transformer=StandardScaler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is meant to stop before
        model.fit(_engineered(task.train_x), task.train_y)
    return np.asarray(model.predict(_engineered(task.test_x)))


MODELS: dict[str, Model] = {
    "baseline-mean": mean_strength,
    "baseline-linear": linear,
    "abrams-1": abrams_law,
    "neighbours-1": nearest,
    "boosting-1": small_tree,
    "boosting-2": boosting_plain,
    "boosting-3": boosting,
    "ridge-1": polynomial_ridge,
    "forest-1": random_forest,
    "forest-2": extra_trees,
    "process-1": gaussian_process,
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
