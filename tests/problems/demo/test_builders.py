"""The builders make the same files from the mirror on every machine, and hold their own rules."""

import gzip
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dure.engines.scoring.metric import Rows
from dure.engines.scoring.metrics import get_metric, score
from dure.problems.demo import catalogue
from dure.problems.demo.builders import flu_models, prepare
from dure.problems.demo.catalogue import DemoProblem
from dure.problems.demo.sources import SOURCES, fetch

MIRROR = os.environ.get("DURE_DATA_MIRROR", "")
pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not MIRROR, reason="DURE_DATA_MIRROR names no folder with the data"),
]

# SHA-256 of the decompressed tables.
TABLES: Mapping[str, Mapping[str, str]] = {
    "engine-life": {
        "answers.csv": "ff71c864a28706484d2246a2777fcb6618a7cd75ebcf3291d1c407e58a09a1b2",
        "sample_submission.csv": "f3e407de208ef8748ebd435da3b70ccb5766ad53e56d6cdf615faa0db8e82b81",
        "test.csv.gz": "046e8201a7b395fdcf1a310af3b48a00dd07a959fe0f07977ff541950c38c708",
        "train.csv.gz": "839b7e62e8809049ef73957e084f228c47d12e952145a797113aec013d1a3610",
    },
    "covid-provinces": {
        "answers.csv": "375b285c3a7e37844bea73ffaa80231b0e66e3a4aaaf400b8b2ac75c38c68fa4",
        "sample_submission.csv": "0fca51b25bd96e6ab85a4a15bd77cd1516e9162244f490d14c8223fd0cd75c9e",
        "test.csv.gz": "4ca8c6f269f4e3a03aca7a334e308d76554342ddbc90686cee4def9c1c2e8a8c",
        "test_rows.csv": "b5e4a6296acc33324d811bbfb7d8cec1ce7a9cb27b4130e8493aba5072eff951",
        "train.csv.gz": "a312d4aacb5d81ff52604049c69503ae40d5b4f6094342f2e9c5d8ed05c4f112",
    },
    "flu-quantiles": {
        "answers.csv": "311b5cc27f4700e5ad194c9bd48a3682dabdcdb239d5472cb1b9c3c4f939d405",
        "sample_submission.csv.gz": "1ab46569f5e9f22a7c867278945efbe3caef1af222a2bfce463e2fa34853b685",
        "test.csv.gz": "4e516c8b63bed6d1e506e1f6eabaca1ba6a3b1bd3af87c70b328218d42c68f26",
        "test_rows.csv": "c847955bc8bf63ad1a844acad3ce67d4d4d0d93216fdbfed8c5e0c580b88be39",
        "train.csv.gz": "64db0f8657d51ee0d12faed9eaa3ab0c222f17b84ea3bcddbc93e10ecb5d1fb4",
    },
}
# Scores on all rows of the example models and of the league's models.
SCORES: Mapping[str, Mapping[str, float]] = {
    "engine-life": {
        "baseline-mean": 43.078,
        "baseline-linear": 22.412,
        "features-1": 13.547,
        "lookalike-1": 13.754,
        "ridge-1": 15.637,
        "ridge-2": 14.505,
        "stumps-1": 14.902,
        "health-1": 24.206,
        "age-1": 24.86,
    },
    "covid-provinces": {
        "baseline-persistence": 0.57078,
        "baseline-mean": 0.71958,
        "shared-1": 0.51143,
        "drift-1": 0.72107,
        "drift-2": 0.52183,
        "blend-1": 0.52637,
        "ridge-1": 0.55628,
        "lookalike-1": 0.58242,
        "history-1": 5.2555,
    },
    "flu-quantiles": {
        "baseline-flusight": 154.45,
        "walk-1": 129.59,
        "flusight-ensemble-1": 108.1,
        "mobs-gleam-1": 130.05,
        "lookalike-1": 104.93,
        "trend-1": 124.94,
        "calendar-1": 239.7,
    },
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    for slug, source in SOURCES.items():
        fetch(source, folder / "fetched" / slug, mirror=Path(MIRROR))
        prepare(slug, fetched=folder / "fetched" / slug, out=folder / slug)
    return folder


def _text(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def _scores(problem: DemoProblem) -> dict[str, float]:
    truth_column, prediction_columns = problem.schema["truth"][0], problem.schema["columns"]
    answers = pl.read_csv(problem.answers)
    scores = {}
    for team in problem.baselines + problem.teams:
        for entry in team.submissions:
            joined = answers.select("id").join(
                pl.read_csv(entry.path), on="id", validate="1:1", maintain_order="left"
            )
            assert joined.height == answers.height
            rows = Rows(
                truth={truth_column["role"]: answers[truth_column["name"]].to_numpy()},
                prediction={
                    column["role"]: joined[column["name"]].to_numpy() for column in prediction_columns
                },
            )
            scores[entry.path.name.partition(".")[0]] = score(get_metric(problem.metric), rows)
    return scores


@pytest.mark.parametrize("slug", catalogue.FETCHED)
def test_tables_are_the_same_to_the_last_byte(slug: str, built: Path) -> None:
    made = {
        path.name: hashlib.sha256(_text(path)).hexdigest() for path in sorted((built / slug).glob("*.csv*"))
    }

    assert made == TABLES[slug]


@pytest.mark.parametrize("slug", catalogue.FETCHED)
def test_every_prediction_is_used_and_scores_as_known(slug: str, built: Path) -> None:
    problem = catalogue.load(slug, built=built / slug)
    used = {entry.path for team in problem.baselines + problem.teams for entry in team.submissions}

    assert used == set((built / slug / "predictions").iterdir())
    assert _scores(problem) == pytest.approx(SCORES[slug], rel=1e-3)


def test_league_models_keep_their_published_relation(built: Path) -> None:
    """0.842 is GLEAM's WIS over the baseline's on these 4,896 units, recomputed from the hub's score table."""
    scores = _scores(catalogue.load("flu-quantiles", built=built / "flu-quantiles"))

    assert scores["mobs-gleam-1"] / scores["baseline-flusight"] == pytest.approx(0.842, abs=5e-4)


def test_windows_of_an_engine_share_no_row_and_no_training_row(built: Path) -> None:
    folder = built / "engine-life"
    windows, train = pl.read_csv(folder / "test.csv.gz"), pl.read_csv(folder / "train.csv.gz")
    readings = [name for name in windows.columns if name.startswith(("sensor", "setting"))]

    assert windows.select(readings).is_duplicated().sum() == 0
    assert windows.join(train, on=readings, how="semi").height == 0
    assert windows.group_by("id").len()["len"].to_list() == [30] * 150
    answers = pl.read_csv(folder / "answers.csv")
    assert answers["engine"].n_unique() == 50
    assert answers["remaining"].is_between(1, 125).all()


def test_engine_ids_do_not_say_the_engine_or_its_life(built: Path) -> None:
    answers = pl.read_csv(built / "engine-life/answers.csv")
    engines = answers["engine"].to_numpy()

    assert np.mean(engines[1:] == engines[:-1]) < 0.1
    place = np.arange(len(engines))
    assert abs(np.corrcoef(place, answers["remaining"].to_numpy())[0, 1]) < 0.2


def test_provinces_are_asked_for_weeks_that_are_not_shown(built: Path) -> None:
    folder = built / "covid-provinces"
    shown = pl.read_csv(folder / "test.csv.gz", try_parse_dates=True)
    rows = pl.read_csv(folder / "test_rows.csv", try_parse_dates=True)

    assert rows.group_by("origin").len()["len"].to_list() == [17 * 4] * 14
    assert set(rows["province"]) == set(shown["province"])
    assert "검역" not in set(shown["province"])
    assert shown.filter(pl.col("date") > pl.col("origin")).height == 0
    asked = rows.select("province", (pl.col("origin") + pl.duration(weeks=pl.col("horizon"))).alias("date"))
    assert asked.join(shown, on=["province", "date"], how="semi").height == 0
    assert str(asked["date"].max()) <= "2023-08-27"
    assert shown["new_cases"].min() == 0


def test_forecasts_know_only_what_was_published_a_week_before() -> None:
    assert flu_models.latest_vintage("2024-11-23") == "2024-11-16"
    assert flu_models.latest_vintage("2024-12-14") == "2024-11-30"
    assert flu_models.latest_vintage("2025-05-24") == "2025-05-17"


def test_quantiles_never_fall_and_never_are_negative(built: Path) -> None:
    for path in (built / "flu-quantiles/predictions").iterdir():
        values = pl.read_csv(path).drop("id").to_numpy()
        assert values.shape == (4896, 23)
        assert (np.diff(values, axis=1) >= 0).all(), path.name
        assert values.min() >= 0
