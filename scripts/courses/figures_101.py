"""Draws the figures of units 1 to 4 of industry-ai-101 from its data: `python -m scripts.courses.figures_101 COURSE`."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scripts.courses.drawing import BLUE, GREEN, INK, RED, SAND, SOFT, Axes, Picture

PLANNED, FAILURE = 20, 120
HEALTHY = 50
Words = dict[str, str]
KO: Words = {
    "cost_title": "교체 주기와 100회 운전당 비용",
    "cost_x": "교체 주기 (운전 횟수)",
    "cost_y": "100회당 비용 (백만 원)",
    "cost_best": "134회: 15.7",
    "cost_oracle": "고장을 정확히 안다면: 9.7",
    "cost_never": "고장 날 때까지 쓰면: 58.2",
    "leak_title": "겹치는 구간을 무작위로 나누면 생기는 누출",
    "leak_series": "엔진 한 대의 센서 기록",
    "leak_rows": "행 단위로 나눔: 학습 구간과 시험 구간이 같은 값을 나눠 갖는다",
    "leak_groups": "엔진 단위로 나눔: 시험 엔진은 통째로 따로 있다",
    "train": "학습",
    "test": "시험",
    "time_title": "절단일 300일과 정답이 굳지 않은 30일",
    "time_cut": "오늘 (300일)",
    "time_gap": "정답을 아직 모르는 30일",
    "time_x": "달력 (일)",
    "time_engine": "엔진",
    "time_failed": "고장",
    "score_title": "엔진 한 대의 이상 점수",
    "score_x": "운전 횟수",
    "score_y": "점수 (z)",
    "score_one": "센서 하나 (sensor_11)",
    "score_all": "센서 일곱 개의 평균, 평활 0.1",
    "score_limit": "경계 1.5",
    "score_healthy": "기준 구간",
}
EN: Words = {
    "cost_title": "Replacement interval and cost per 100 runs",
    "cost_x": "replacement interval (runs)",
    "cost_y": "cost per 100 runs (million won)",
    "cost_best": "134 runs: 15.7",
    "cost_oracle": "if failures were known exactly: 9.7",
    "cost_never": "run until failure: 58.2",
    "leak_title": "The leak that random splitting of overlapping windows makes",
    "leak_series": "sensor record of one engine",
    "leak_rows": "split by row: training and test windows share the same readings",
    "leak_groups": "split by engine: a test engine stands apart as a whole",
    "train": "training",
    "test": "test",
    "time_title": "Cut at day 300, and 30 days of unripe labels",
    "time_cut": "today (day 300)",
    "time_gap": "30 days: label not known yet",
    "time_x": "calendar (days)",
    "time_engine": "engine",
    "time_failed": "failed",
    "score_title": "Anomaly score of one engine",
    "score_x": "runs",
    "score_y": "score (z)",
    "score_one": "one sensor (sensor_11)",
    "score_all": "mean of seven sensors, smoothed 0.1",
    "score_limit": "limit 1.5",
    "score_healthy": "reference period",
}


def main(course: str) -> None:
    """Write both languages of each figure into its unit."""
    drawn: list[tuple[str, str, Callable[[Path, Words], Picture]]] = [
        ("01-framing", "interval-cost", interval_cost),
        ("02-data-audit", "window-leak", window_leak),
        ("03-time-split", "cut", cut),
        ("04-anomaly", "score", score),
    ]
    for unit, name, draw in drawn:
        folder = Path(course, "units", unit)
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        for language, words in (("ko", KO), ("en", EN)):
            target = folder / "figures" / f"{name}.{language}.svg"
            target.write_text(draw(folder / "lab", words).svg(), encoding="utf-8")


def interval_cost(lab: Path, words: Words) -> Picture:
    """Cost of replacing every T runs, on the hundred lives of FD001."""
    lives = pl.read_csv(lab / "data/lives.csv")["life"].to_numpy()
    picture, axes = Picture(700, 320, words["cost_title"]), Axes(x=(60, 300), y=(0, 60))
    axes.draw(picture, range(60, 301, 40), range(0, 61, 10))
    picture.line(
        [axes.at(interval, _cost(lives, interval)) for interval in range(60, 301)], stroke=BLUE, width=2.5
    )
    picture.line([axes.at(60, 9.74), axes.at(300, 9.74)], stroke=GREEN, dash="6 4")
    picture.line([axes.at(60, 58.16), axes.at(300, 58.16)], stroke=RED, dash="6 4")
    picture.dot(axes.at(134, _cost(lives, 134)), fill=BLUE, radius=5)
    picture.words((axes.at(138, 0)[0], axes.at(0, 11.8)[1]), words["cost_best"], fill=BLUE)
    picture.words((axes.at(200, 0)[0], axes.at(0, 5)[1]), words["cost_oracle"], fill=GREEN)
    picture.words((axes.at(64, 0)[0], axes.at(0, 53.5)[1]), words["cost_never"], fill=RED)
    picture.words((60, 22), words["cost_y"], fill=SOFT)
    picture.words((360, 308), words["cost_x"], anchor="middle", fill=SOFT)
    return picture


def _cost(lives: NDArray[np.int64], interval: int) -> float:
    failed = int((lives <= interval).sum())
    paid = PLANNED * (len(lives) - failed) + FAILURE * failed
    return float(100 * paid / np.minimum(lives, interval).sum())


def window_leak(_lab: Path, words: Words) -> Picture:
    """Windows of one engine, dealt out by row and by engine."""
    picture = Picture(700, 300, words["leak_title"])
    for top, text, by_row in ((34, words["leak_rows"], True), (168, words["leak_groups"], False)):
        picture.words((24, top), text)
        for engine in range(2):
            left = 24 + engine * 336
            picture.box((left, top + 14), (316, 12), fill=SAND)
            for number in range(6):
                tested = number in (1, 4) if by_row else engine == 1
                at = (left + number * 34, top + 34 + number * 10)
                picture.box(at, (140, 8), fill=RED if tested else GREEN)
    picture.box((24, 270), (18, 10), fill=GREEN)
    picture.words((48, 280), words["train"])
    picture.box((124, 270), (18, 10), fill=RED)
    picture.words((148, 280), words["test"])
    picture.box((224, 270), (18, 10), fill=SAND)
    picture.words((248, 280), words["leak_series"])
    return picture


def cut(lab: Path, words: Words) -> Picture:
    """The lab's fleet on its calendar: what is known on day 300, and what is not."""
    fleet = (
        pl.read_csv(lab / "data/fleet.csv")
        .group_by("engine")
        .agg(pl.col("day").min(), pl.col("failed_on").first())
    )
    picture, axes = Picture(700, 360, words["time_title"]), Axes(x=(0, 560), y=(16.7, 0.3), high=260)
    seam, today = axes.at(270, 16.7), axes.at(300, 16.7)
    picture.box((seam[0], axes.top), (today[0] - seam[0], axes.high), fill=SAND)
    for engine, start, failed in fleet.sort("engine").iter_rows():
        picture.line([axes.at(start, engine), axes.at(min(failed, 300), engine)], stroke=GREEN, width=4)
        if failed > 300:
            picture.line([axes.at(300, engine), axes.at(failed, engine)], stroke=SOFT, width=2, dash="3 3")
        picture.dot(axes.at(failed, engine), fill=RED if failed <= 300 else SOFT)
    picture.line([axes.at(300, 16.7), axes.at(300, 0.3)], stroke=INK)
    for day in range(0, 561, 100):
        picture.words((axes.at(day, 16.7)[0], 318), f"{day}", anchor="middle", fill=SOFT, size=12)
    picture.words((360, 344), words["time_x"], anchor="middle", fill=SOFT)
    picture.words((today[0] + 8, 32), words["time_cut"])
    picture.words((seam[0] - 8, 32), words["time_gap"], anchor="end", fill=SOFT)
    picture.words((28, 172), words["time_engine"], anchor="middle", fill=SOFT, size=12)
    picture.dot((600, 344), fill=RED)
    picture.words((610, 348), words["time_failed"], size=12)
    return picture


def score(lab: Path, words: Words) -> Picture:
    """Engine 1 of the lab: one sensor's z, and the smoothed mean of seven."""
    rows = pl.read_csv(lab / "data/engines.csv").filter(pl.col("engine") == 1)
    falling = ("sensor_07", "sensor_12", "sensor_20", "sensor_21")
    names = [name for name in rows.columns if name.startswith("sensor")]
    scores = np.array([_z(rows[name].to_numpy()) * (-1 if name in falling else 1) for name in names])
    one, smooth = scores[names.index("sensor_11")], _smoothed(scores.mean(axis=0))
    last = len(one)
    picture, axes = Picture(700, 320, words["score_title"]), Axes(x=(1, last), y=(-3, 9))
    low = axes.at(1, -3)
    picture.box((low[0], axes.top), (axes.at(HEALTHY, 0)[0] - low[0], axes.high), fill=SAND)
    axes.draw(picture, range(25, last, 25), range(-3, 10, 3))
    picture.line([axes.at(run, value) for run, value in enumerate(one, start=1)], stroke="#8fa7c4", width=1)
    picture.line([axes.at(run, value) for run, value in enumerate(smooth, start=1)], stroke=BLUE, width=2.5)
    picture.line([axes.at(1, 1.5), axes.at(last, 1.5)], stroke=RED, dash="6 4")
    picture.words((low[0] + 6, axes.at(0, 8)[1]), words["score_healthy"], fill=SOFT)
    picture.words((axes.at(62, 0)[0], axes.at(0, 8)[1]), words["score_one"], fill="#5a7599")
    picture.words((axes.at(62, 0)[0], axes.at(0, 6.6)[1]), words["score_all"], fill=BLUE)
    picture.words((axes.at(62, 0)[0], axes.at(0, 5.2)[1]), words["score_limit"], fill=RED)
    picture.words((60, 22), words["score_y"], fill=SOFT)
    picture.words((360, 308), words["score_x"], anchor="middle", fill=SOFT)
    return picture


def _z(values: NDArray[np.float64]) -> NDArray[np.float64]:
    healthy = values[:HEALTHY]
    middle = np.median(healthy)
    spread = 1.4826 * np.median(np.abs(healthy - middle))
    return np.asarray((values - middle) / spread)


def _smoothed(values: NDArray[np.float64], share: float = 0.1) -> list[float]:
    smooth = [float(values[0])]
    for value in values[1:]:
        smooth.append(share * float(value) + (1 - share) * smooth[-1])
    return smooth


if __name__ == "__main__":
    main(*sys.argv[1:])
