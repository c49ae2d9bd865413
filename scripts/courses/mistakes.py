"""The numbers that unit 07 quotes: what its reference predictor loses by two common mistakes.

Needs the packages of the labs: run `python -m scripts.courses.mistakes` with the Python of the standard environment.
"""

import contextlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LAB = Path(__file__).parents[2] / "courses" / "industry-ai-101" / "units" / "07-ship-predictor" / "lab"
Floats = NDArray[np.float64]


def main() -> None:
    space = _reference()
    asked = pd.read_csv(LAB / "hidden_data" / "hidden.csv", dtype={"id": str}).to_dict("list")
    right = pd.read_csv(LAB / "hidden_data" / "hidden_answers.csv")["remaining"].to_numpy(dtype=float)
    errors = np.array(space["estimate"](asked)["remaining"]) - right
    print(
        "right", _rmse(errors), "95 %", _over_engines(errors), "the mean for all", _rmse(right - _mean(space))
    )
    print("near failure", _rmse(errors[right < 50]), "of", int((right < 50).sum()))
    for name, silent in (("empty", None), ("zero", 0.0)):
        said = space["estimate"]({**asked, "sensor_11": [silent] * len(asked["id"])})["remaining"]
        print("sensor 11", name, _rmse(np.array(said) - right))
    tell_scaling(space, space["features"](asked).drop(columns="id"), right)


def _reference() -> dict[str, Any]:
    """lab.py, run where it lies."""
    source = (
        (LAB / "lab.py").read_text(encoding="utf-8").replace('Path("/data")', f"Path({str(LAB / 'data')!r})")
    )
    space: dict[str, Any] = {"__name__": "lab"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, "lab.py", "exec"), space)  # noqa: S102 - our own file
    return space


def _rmse(errors: Floats) -> float:
    return round(float(np.sqrt((errors**2).mean())), 1)


def _mean(space: dict[str, Any]) -> float:
    return float(space["train"]["remaining"].mean())


def _over_engines(errors: Floats) -> list[float]:
    """95 % interval of the RMSE; the windows stand three to an engine."""
    engines = errors.reshape(-1, 3)
    drawn = np.random.default_rng(7).integers(0, len(engines), (4000, len(engines)))
    return np.percentile(np.sqrt((engines[drawn] ** 2).mean(axis=(1, 2))), [2.5, 97.5]).round(1).tolist()


def tell_scaling(space: dict[str, Any], asked: pd.DataFrame, right: Floats) -> None:
    """A model that scales by the table it is given, asked about the same windows in files of several sizes."""
    taught = space["model"]()
    scaler = taught.named_steps["standardscaler"]
    ridge: Any = taught.named_steps["ridge"]
    filled = pd.DataFrame(taught.named_steps["simpleimputer"].transform(asked))
    print("scaled as in training", _rmse(np.clip(ridge.predict(scaler.transform(filled)), 0, 125) - right))
    for size in (36, 12, 6, 3, 1):
        pieces = [filled.iloc[at : at + size] for at in range(0, len(filled), size)]
        print(
            "scaled by files of", size, _rmse(np.concatenate([_wrong(ridge, one) for one in pieces]) - right)
        )
    late = filled[right < 50]
    print("worn engines only", _rmse(_wrong(ridge, late) - right[right < 50]), _wrong(ridge, late).mean())


def _wrong(ridge: Any, asked: pd.DataFrame) -> Floats:
    spread = asked.std().replace(0, 1).fillna(1)
    return np.asarray(np.clip(ridge.predict(((asked - asked.mean()) / spread).to_numpy()), 0, 125))


if __name__ == "__main__":
    main()
