"""Draws the figures of units 5 to 8 of industry-ai-101 from their data: `python -m scripts.courses.figures_05_08 UNITS`."""

import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from scripts.courses import quoted
from scripts.courses.drawing import BLUE, GREEN, GRID, INK, RED, SOFT, Axes, Picture
from scripts.courses.words_05_08 import EN, KO, Words

NEW_BUT_SCALED_WRONG = ((36, 17.9), (12, 17.0), (6, 26.8), (3, 30.3), (1, 39.7))
"""Windows in a file, and the RMSE if they are scaled by that file: measured by `scripts.courses.mistakes`."""
RIGHT = 18.1
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97)
EDGE = (0.975, 0.98, 0.985, 0.99)


def main(units: str) -> None:
    """Write both languages of each figure into its unit."""
    drawn: Mapping[str, Callable[[Words], Picture]] = {
        "05-threshold/figures/reliability": reliability,
        "05-threshold/figures/cliff": cliff,
        "06-mobility-privacy/figures/laplace": laplace,
        "06-mobility-privacy/figures/lost": lost,
        "07-ship-predictor/figures/runs": runs,
        "07-ship-predictor/figures/batch": batch,
        "08-challenge/figures/board": board,
    }
    for name, draw in drawn.items():
        for language, words in (("ko", KO), ("en", EN)):
            target = Path(units, f"{name}.{language}.svg")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(draw(words).svg(), encoding="utf-8")


def reliability(words: Words) -> Picture:
    """What the model stated against what happened, before and after the balancing is taken back."""
    new = quoted.alarms("hidden_data")
    stated, failed = new["probability"].to_numpy(), new["fails"].to_numpy().astype(float)
    picture, axes = Picture(700, 420, words["reliability"]), Axes((0, 1), (0, 1), 70, 40, 330, 320)
    ticks = [step / 5 for step in range(6)]
    axes.draw(picture, ticks, ticks)
    picture.line([axes.at(0, 0), axes.at(1, 1)], stroke=SOFT, dash="5 5")
    for chance, color, aside in ((stated, RED, (12, 16)), (quoted.corrected(stated), GREEN, (-34, -8))):
        table = quoted.reliability(chance, failed)
        picture.line([axes.at(said, happened) for _, said, happened in table], stroke=color, width=2)
        for cases, said, happened in table:
            x, y = axes.at(said, happened)
            _mark(picture, (x, y), color)
            across, down = aside if said > 0.1 else (12, -18 if color == GREEN else -3)
            picture.words((x + across, y + down), str(cases), fill=color, size=12)
    picture.words((70, 24), words["happened"], fill=SOFT)
    picture.words((235, 404), words["stated"], anchor="middle", fill=SOFT)
    picture.line([(440, 96), (468, 96)], stroke=SOFT, dash="5 5")
    picture.words((478, 100), words["diagonal"])
    _mark(picture, (454, 126), RED)
    picture.words((478, 130), words["balanced"])
    _mark(picture, (454, 156), GREEN)
    picture.words((478, 160), words["corrected"])
    picture.words((440, 196), words["cases"], fill=SOFT, size=12)
    return picture


def _mark(picture: Picture, at: tuple[float, float], color: str) -> None:
    """Squares and dots, so that nobody has to tell them apart by colour."""
    if color == RED:
        picture.box((at[0] - 5, at[1] - 5), (10, 10), fill=color)
    else:
        picture.dot(at, fill=color, radius=5.5)


def cliff(words: Words) -> Picture:
    """Mean cost per engine against the threshold; thresholds stand as logarithms of their odds."""
    picture = Picture(700, 380, words["cliff"])
    axes = Axes((_odds(0.1), _odds(0.99)), (2000, 4600), 70, 40, 590, 270)
    axes.draw(picture, (), range(2000, 4501, 500))
    for threshold in (0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99):
        x = axes.at(_odds(threshold), 2000)[0]
        picture.words((x, 328), f"{threshold:g}", anchor="middle", fill=SOFT, size=12)
    today = float(quoted.fixed(quoted.alarms("hidden_data"), 130).mean())
    picture.line([axes.at(_odds(0.1), today), axes.at(_odds(0.99), today)], stroke=SOFT, dash="5 5")
    picture.words((80, axes.at(0, today)[1] - 7), words["today"], fill=SOFT, size=12)
    for part, color, text, row in (("data", BLUE, "chosen_on", 58), ("hidden_data", RED, "new_engines", 80)):
        checks = quoted.alarms(part)
        points = [axes.at(_odds(one), float(quoted.fleet(checks, one).mean())) for one in THRESHOLDS + EDGE]
        picture.line(points, stroke=color, width=2.5)
        for point in points:
            _mark(picture, point, color)
        _mark(picture, (96, row), color)
        picture.words((112, row + 4), words[text])
    picture.words((70, 24), words["per_engine"], fill=SOFT)
    picture.words((365, 360), words["threshold"], anchor="middle", fill=SOFT)
    return picture


def _odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def laplace(words: Words) -> Picture:
    """What may be published of 5 people and of 4, at two epsilons."""
    picture = Picture(700, 370, words["laplace"])
    for epsilon, top in ((3.0, 40), (0.3, 190)):
        axes = Axes((-7, 17), (0, 1), 40, top, 620, 130)
        for people, color, dash in ((4, BLUE, "6 4"), (5, RED, "")):
            values = np.arange(-7, 17.01, 0.1)
            curve = [axes.at(one, math.exp(-abs(one - people) * epsilon)) for one in values.tolist()]
            picture.line(curve, stroke=color, width=2.2, dash=dash)
        picture.line([axes.at(-7, 0), axes.at(17, 0)], stroke=SOFT, width=1)
        picture.words((660, top + 40), f"ε = {epsilon:g}", anchor="end", size=15)
        picture.words((660, top + 60), f"e^ε = {math.exp(epsilon):.2f}", anchor="end", fill=SOFT)
    for value in (-5, 0, 5, 10, 15):
        x = Axes((-7, 17), (0, 1), 40, 0, 620, 1).at(value, 0)[0]
        picture.words((x, 338), str(value), anchor="middle", fill=SOFT, size=12)
    picture.line([(50, 40), (80, 40)], stroke=BLUE, width=2.2, dash="6 4")
    picture.words((88, 44), words["without_me"])
    picture.line([(50, 62), (80, 62)], stroke=RED, width=2.2)
    picture.words((88, 66), words["with_me"])
    picture.words((350, 360), words["published"], anchor="middle", fill=SOFT)
    return picture


def lost(words: Words) -> Picture:
    """What each region loses when small counts are hidden, against its residents; both as logarithms."""
    picture = Picture(700, 390, words["lost"])
    axes = Axes((math.log10(7e4), math.log10(8e6)), (-4.7, -0.7), 70, 40, 590, 280)
    for share in (1e-4, 1e-3, 1e-2, 1e-1):
        y = axes.at(axes.x[0], math.log10(share))[1]
        picture.line([(70, y), (660, y)], stroke=GRID, width=1)
        picture.words((62, y + 4), f"{share * 100:g} %", anchor="end", fill=SOFT, size=12)
    for people in (100_000, 300_000, 1_000_000, 3_000_000):
        x = axes.at(math.log10(people), 0)[0]
        picture.words((x, 340), f"{people / int(words['unit']):g}", anchor="middle", fill=SOFT, size=12)
    for origin, people, share in quoted.lost().iter_rows():
        x, y = axes.at(math.log10(people), math.log10(max(share, 2e-5)))
        named = words.get(f"region_{origin}")
        picture.dot((x, y), fill=RED if named else "#8dbba4", radius=5.5 if named else 4)
        if named:
            down = {"08": -9, "38": -6, "35": 17, "07": 6}.get(origin, 4)
            text = f"{named} {share * 100:.1f} %" if share > 0.001 else named
            end = origin in ("08", "28")
            picture.words((x - 10 if end else x + 10, y + down), text, anchor="end" if end else "start")
    picture.words((70, 24), words["vanishes"], fill=SOFT)
    picture.words((365, 372), words["residents"], anchor="middle", fill=SOFT)
    return picture


def runs(words: Words) -> Picture:
    """The three runs of a submission in code, what is seen of each and what a failure costs."""
    picture = Picture(700, 230, words["runs"])
    for number, left in enumerate((30, 255, 480), start=1):
        picture.box((left, 24), (190, 70), fill="#ffffff", stroke=GREEN if number == 1 else BLUE)
        picture.words((left + 95, 54), f"{number}. {words[f'run_{number}']}", anchor="middle", size=14)
        picture.words((left + 95, 77), words[f"run_{number}_note"], anchor="middle", fill=SOFT)
        if number < 3:
            picture.line([(left + 194, 59), (left + 220, 59)])
            picture.line([(left + 212, 54), (left + 220, 59), (left + 212, 64)])
    picture.line([(255, 108), (670, 108)], stroke=BLUE)
    picture.words((30, 122), words["seen"], fill=SOFT, size=12)
    picture.words((30, 142), words["seen_public"])
    picture.words((462, 134), words["seen_hidden"], anchor="middle")
    picture.line([(30, 162), (670, 162)], stroke=GRID, width=1)
    picture.words((30, 186), words["failure"], fill=SOFT, size=12)
    picture.words((30, 206), words["free"], fill=GREEN)
    picture.words((462, 198), words["counts"], anchor="middle", fill=RED)
    return picture


def batch(words: Words) -> Picture:
    """The error of a model that scales by the table it is given, by the size of that table."""
    picture, axes = Picture(700, 340, words["batch"]), Axes((0, 5), (0, 50), 60, 30, 600, 240)
    axes.draw(picture, (), range(0, 41, 10))
    for place, (windows, error) in enumerate(NEW_BUT_SCALED_WRONG):
        left, top = axes.at(place + 0.2, error)
        picture.box((left, top), (72, axes.at(0, 0)[1] - top), fill=RED)
        picture.words((left + 36, top + 26), f"{error:.1f}", anchor="middle", fill="#ffffff", size=14)
        picture.words((left + 36, 288), str(windows), anchor="middle", fill=SOFT, size=12)
    picture.line([axes.at(0, RIGHT), axes.at(5, RIGHT)], stroke=INK, width=2.5, dash="9 5")
    picture.box((76, 36), (12, 12), fill=RED)
    picture.words((100, 46), words["scaled_wrong"])
    picture.line([(70, 66), (92, 66)], stroke=INK, width=2.5, dash="9 5")
    picture.words((100, 70), words["scaled_right"])
    picture.words((60, 20), words["error"], fill=SOFT)
    picture.words((360, 320), words["in_a_file"], anchor="middle", fill=SOFT)
    return picture


def board(words: Words) -> Picture:
    """Scores with intervals; a line where a tie group ends."""
    scores, drawn = quoted.board()
    leaders = quoted.groups(drawn)
    picture, axes = Picture(700, 370, words["board"]), Axes((4, 19), (0, 9), 210, 34, 450, 280)
    for value in range(4, 19, 2):
        picture.line([axes.at(value, 0), axes.at(value, 9)], stroke=GRID, width=1)
        picture.words((axes.at(value, 0)[0], 332), str(value), anchor="middle", fill=SOFT, size=12)
    picture.line([axes.at(5, 0), axes.at(5, 9)], stroke=RED, dash="5 4")
    picture.words((axes.at(5.2, 0)[0], 308), words["target"], fill=RED, size=12)
    for place, name in enumerate(quoted.TEAMS):
        y = axes.at(4, 8.5 - place)[1]
        color = SOFT if name.startswith("baseline") else GREEN
        low, high = np.percentile(drawn[place], [2.5, 97.5]).tolist()
        picture.words((30, y + 4), f"{place + 1}  {words[name]}")
        picture.line([(axes.at(low, 0)[0], y), (axes.at(high, 0)[0], y)], stroke=color, width=3)
        picture.dot((axes.at(float(scores[place]), 0)[0], y), fill=color, radius=5.5)
        picture.words((axes.at(high, 0)[0] + 8, y + 4), f"{scores[place]:.2f}")
        if place and leaders[place] != leaders[place - 1]:
            picture.line([(24, y - 15.5), (680, y - 15.5)], width=1)
    picture.words((210, 22), words["rmse"], fill=SOFT)
    picture.words((24, 358), words["between"], fill=SOFT, size=12)
    return picture


if __name__ == "__main__":
    main(*sys.argv[1:])
