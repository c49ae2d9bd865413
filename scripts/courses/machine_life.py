# ruff: noqa: TID251 - makes course data, as the scripts of the demo do; nothing that runs in Dure imports it
"""industry-ai-101, units 05 and 07: excerpts of NASA's turbofan set FD001 (simulated engines, public domain).

`python -m scripts.courses.machine_life MIRROR` writes both units' data again. MIRROR is the folder that `dure data get` reads,
too (`cmapss_fd001/train.csv.gz` in it). Source: A. Saxena and K. Goebel (2008), NASA Prognostics Center of Excellence; fetched from
GitHub johnsbuck/rul at a25f8a21ab978cfef2826ed7918de6dccaaa1c22.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]

UNITS = Path(__file__).parents[2] / "courses" / "industry-ai-101" / "units"
MOVING = (2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21)
SENSORS = tuple(f"sensor_{number:02d}" for number in MOVING)
CAP = 125
WINDOW = 30
HORIZON = 30
SEED = 20081001


def main(mirror: str) -> None:
    """Write the data folders of both labs."""
    with gzip.open(Path(mirror, "cmapss_fd001", "train.csv.gz"), "rt") as file:
        rows = np.loadtxt(file, dtype=np.float64)
    # Column 0 engine, 1 cycle, 2–4 settings, 5–25 the 21 sensors.
    engines = [
        rows[rows[:, 0] == number][:, [0, 1, *(4 + one for one in MOVING)]] for number in range(1, 101)
    ]
    write_alarms(engines, UNITS / "05-threshold" / "lab")
    write_windows(engines, UNITS / "07-ship-predictor" / "lab")


def write_alarms(engines: Sequence[Floats], lab: Path) -> None:
    """Probabilities of a failure within 30 runs, by a model with balanced classes, for engines it has not seen.

    Engines 1–40 teach the model, 41–70 go to the learner, 71–100 to the judge. The balancing is what the unit is about: it
    ranks well and is far too pessimistic.
    """
    taught = np.vstack([_smoothed(engine, step=1) for engine in engines[:40]])
    mean, spread = taught[:, 3:].mean(axis=0), taught[:, 3:].std(axis=0)
    model = LogisticRegression(class_weight="balanced", max_iter=2000)
    model.fit((taught[:, 3:] - mean) / spread, taught[:, 2] <= HORIZON)
    for name, part in (("data", engines[40:70]), ("hidden_data", engines[70:])):
        asked = np.vstack([_smoothed(engine, step=5) for engine in part])
        chance = model.predict_proba((asked[:, 3:] - mean) / spread)[:, 1]
        table = (
            (int(row[0]), int(row[1]), f"{one:.4f}", int(row[2] <= HORIZON), int(row[2]))
            for row, one in zip(asked, chance, strict=True)
        )
        _write(lab / name / "alarms.csv", ("engine", "cycle", "probability", "fails", "remaining"), table)


def _smoothed(engine: Floats, *, step: int) -> Floats:
    """Engine, cycle, remaining life and the mean of the last five readings of each sensor, every `step` runs from the 30th."""
    last = len(engine)
    ends = range(WINDOW, last, step)
    return np.array(
        [[engine[0, 0], end, last - end, *engine[end - 5 : end, 2:].mean(axis=0)] for end in ends]
    )


def write_windows(engines: Sequence[Floats], lab: Path) -> None:
    """Whole lives of 12 engines to learn from; windows of 30 runs of 4 more to practise on, of 12 more for the judge."""
    order = np.random.default_rng(SEED).permutation(len(engines))
    chosen = [engines[at] for at in order]
    names = ("engine", "cycle", *SENSORS, "remaining")
    lives = (row for number, engine in enumerate(chosen[:12], start=1) for row in _life(number, engine))
    _write(lab / "data" / "train.csv", names, lives)
    _write_cases(chosen[12:16], lab / "data", "practice", stops=3)
    _write_cases(chosen[16:28], lab / "hidden_data", "hidden", stops=3)


def _life(number: int, engine: Floats) -> Iterable[list[str]]:
    for row in engine:
        yield [str(number), *_reading(row), str(min(CAP, len(engine) - int(row[1])))]


def _write_cases(engines: Sequence[Floats], folder: Path, name: str, *, stops: int) -> None:
    generator = np.random.default_rng(SEED + len(engines))
    windows: list[list[str]] = []
    answers: list[tuple[str, int]] = []
    for engine in engines:
        for stop in sorted(generator.choice(np.arange(WINDOW, len(engine)), stops, replace=False)):
            case = f"{name[0].upper()}{len(answers) + 1:03d}"
            windows += [[case, *_reading(row)] for row in engine[stop - WINDOW : stop]]
            answers.append((case, min(CAP, len(engine) - int(stop))))
    _write(folder / f"{name}.csv", ("id", "cycle", *SENSORS), windows)
    _write(folder / f"{name}_answers.csv", ("id", "remaining"), answers)


def _reading(row: Floats) -> list[str]:
    return [str(int(row[1])), *(f"{value:.10g}" for value in row[2:])]


def _write(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1])
