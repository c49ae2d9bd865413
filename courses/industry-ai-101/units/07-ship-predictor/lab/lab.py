# %% [markdown] lang="ko"
# # 남의 컴퓨터에서 도는 예측기
# 챌린지에 코드를 내면 팜이 `predict(inputs, output)`을 부릅니다. 나는 그 자리에 없고, 입력은 본 적이 없는 파일입니다. 이 실습에서는 그 프로그램을 조각별로 만듭니다.
# 마지막 조각은 코드 챌린지의 계약 그대로입니다.
#
# | 파일 | 내용 |
# |---|---|
# | `/data/train.csv` | 엔진 12대의 전체 수명: `engine`, `cycle`, 센서 14개, `remaining`(남은 횟수, 125에서 자름) |
# | `/data/practice.csv` | 다른 엔진 4대에서 끊은 30회 구간 12개: `id`, `cycle`, 센서 14개 |
# | `/data/practice_answers.csv` | 그 구간들의 `id`, `remaining` |
#
# 출처: A. Saxena, K. Goebel(2008), C-MAPSS FD001, NASA Prognostics Center of Excellence(미국 정부 저작물, 모의실험 엔진). 엔진 번호를 바꾸고 변하는 센서만 골랐습니다.

# %% [markdown] lang="en"
# # A predictor that runs on somebody else's machine
# Hand in code, and the farm calls `predict(inputs, output)`. You are not there, and the inputs are files you never saw. In this lab you build such a program
# piece by piece. The last piece is the contract of code challenges, word for word.
#
# | file | content |
# |---|---|
# | `/data/train.csv` | whole lives of 12 engines: `engine`, `cycle`, 14 sensors, `remaining` (runs left, cut at 125) |
# | `/data/practice.csv` | 12 windows of 30 runs, of 4 other engines: `id`, `cycle`, 14 sensors |
# | `/data/practice_answers.csv` | `id` and `remaining` of those windows |
#
# Source: A. Saxena and K. Goebel (2008), C-MAPSS FD001, NASA Prognostics Center of Excellence (US government work, simulated engines). Engines renumbered; only
# sensors that change are kept.

# %%
import traceback
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path("/data")
WINDOW, RECENT, CAP = 30, 10, 125
SENSORS = [f"sensor_{number:02d}" for number in (2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21)]


def show(function, *arguments):
    try:
        print(function.__name__, "->", function(*arguments))
    except NotImplementedError:
        print(function.__name__, "-> ...")
    except Exception:
        traceback.print_exc()


train = pd.read_csv(DATA / "train.csv")
practice = pd.read_csv(DATA / "practice.csv", dtype={"id": str})
print(train.shape, practice.shape)

# %% [markdown] lang="ko"
# ## 1. 변수
# `columns`는 열 이름마다 값의 리스트가 든 dict입니다. 표로 바꾸어 구간(`id`)마다 한 행인 표를 돌려주십시오. 행의 차례는 `id`가 처음 나온 차례입니다.
#
# | 열 | 뜻 |
# |---|---|
# | `id` | 구간 번호 |
# | `age` | 구간에서 가장 큰 `cycle` |
# | `level_sensor_02` … | `cycle`이 가장 큰 10회(`RECENT`) 동안 읽은 값의 평균 |
# | `slope_sensor_02` … | 구간 전체에서 읽은 값을 `cycle`에 대해 최소제곱 직선으로 맞춘 기울기 |
#
# 칸은 수, `None`, 글자일 수 있습니다. 수로 읽을 수 없으면 모르는 값입니다. 평균 낼 값이 없거나 기울기를 정할 값이 둘보다 적으면 `NaN`입니다. 센서 열이 통째로 없을 수도 있습니다.
# 행이 시간 순서라는 보장은 없습니다. `id`와 `cycle`은 언제나 있습니다.

# %% [markdown] lang="en"
# ## 1. Features
# `columns` is a dict with a list of values for each column. Return a table with one row for each window (`id`), in the order in which ids first appear.
#
# | column | meaning |
# |---|---|
# | `id` | the window |
# | `age` | the largest `cycle` of the window |
# | `level_sensor_02` … | mean of the readings during the 10 runs (`RECENT`) with the largest `cycle` |
# | `slope_sensor_02` … | slope of the least-squares line of the readings against `cycle`, over the whole window |
#
# Cells may be numbers, `None` or words; what is no number is unknown. Without a reading to average, or with fewer than two for a slope, the result is `NaN`.
# A sensor's whole column may be absent. Nothing promises that rows are in order of time. `id` and `cycle` are always there.


# %%
def features(columns: dict[str, list]) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    # BEGIN SOLUTION
    for sensor in SENSORS:
        readings = table[sensor] if sensor in table else pd.Series(np.nan, index=table.index)
        table[sensor] = pd.to_numeric(readings, errors="coerce").astype(float)
    rows = []
    for name, part in table.groupby("id", sort=False):
        window = part.sort_values("cycle")
        cycles = window["cycle"].to_numpy(dtype=float)
        row = {"id": name, "age": cycles[-1]}
        for sensor in SENSORS:
            readings = window[sensor].to_numpy()
            row[f"level_{sensor}"] = pd.Series(readings[-RECENT:]).mean()
            row[f"slope_{sensor}"] = slope_of(cycles, readings)
        rows.append(row)
    return pd.DataFrame(rows)


def slope_of(cycles: np.ndarray, readings: np.ndarray) -> float:
    known = ~np.isnan(readings)
    if known.sum() < 2:
        return float("nan")
    away = cycles[known] - cycles[known].mean()
    return float(away @ (readings[known] - readings[known].mean()) / (away @ away))
    # END SOLUTION


show(features, practice.to_dict("list"))


# %% [markdown] lang="ko"
# ## 2. 추정
# 구간마다 남은 횟수를 추정해 `{"id": […], "remaining": […]}`을 돌려주십시오. 차례는 `id`가 처음 나온 차례이고, 값은 0과 125(`CAP`) 사이의 수입니다. 모델은 `train`에서
# 배우십시오. 학습 엔진의 수명도 30회 구간으로 끊어야 시험과 같은 모양이 됩니다. `scikit-learn`을 써도 됩니다. 학습은 부를 때마다가 아니라 한 번만 하는 편이 좋습니다.

# %% [markdown] lang="en"
# ## 2. An estimate
# Return `{"id": […], "remaining": […]}` with the estimated runs left for each window, in the order in which ids first appear, each between 0 and 125 (`CAP`). Learn from
# `train`, and cut the lives of its engines into windows of 30 runs, too, so that they look like those asked for. `scikit-learn` is at hand. Better to fit once than at every call.

# %%
from functools import cache


def estimate(columns: dict[str, list]) -> dict[str, list]:
    # BEGIN SOLUTION
    table = features(columns)
    remaining = np.clip(model().predict(table.drop(columns="id")), 0, CAP)
    return {"id": table["id"].tolist(), "remaining": [float(one) for one in remaining]}


@cache
def model():
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pieces, remaining = [], []
    for engine, life in train.groupby("engine"):
        for end in range(WINDOW, len(life) + 1, 5):
            window = life.iloc[end - WINDOW : end]
            pieces.append(window.drop(columns=["engine", "remaining"]).assign(id=f"{engine}-{end}"))
            remaining.append(window["remaining"].iloc[-1])
    table = features(pd.concat(pieces).to_dict("list"))
    fitted = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler(), Ridge(alpha=30.0)
    )
    return fitted.fit(table.drop(columns="id"), remaining)
    # END SOLUTION


show(estimate, practice.to_dict("list"))


# %% [markdown] lang="ko"
# ## 3. 계약
# 이제 코드 챌린지와 똑같은 함수입니다. `inputs`와 `output`은 `pathlib.Path` 폴더입니다. `inputs / "test.csv"`를 읽고, `id`와 `remaining` 두 열이 있는 표를 돌려주십시오
# (돌려준 표는 `output / "predictions.csv"`로 기록됩니다. 직접 써도 됩니다). `id`는 파일에 적힌 글자 그대로여야 합니다.

# %% [markdown] lang="en"
# ## 3. The contract
# This is the function of code challenges as it is. `inputs` and `output` are folders (`pathlib.Path`). Read `inputs / "test.csv"` and return a table with the columns `id` and `remaining`
# (it becomes `output / "predictions.csv"`; you may write that file yourself instead). Each `id` must be exactly what stands in the file.


# %%
def predict(inputs: Path, output: Path) -> pd.DataFrame:
    # BEGIN SOLUTION
    table = pd.read_csv(inputs / "test.csv", dtype={"id": str}, keep_default_na=False)
    return pd.DataFrame(estimate(table.to_dict("list")))
    # END SOLUTION


# %% [markdown] lang="ko"
# 아래 함수는 고치지 마십시오. 팜이 하는 일을 작게 흉내 냅니다. 파일을 폴더에 놓고, `predict`를 부르고, 남은 파일을 읽습니다.

# %% [markdown] lang="en"
# Leave this function as it is. It does on a small scale what the farm does: puts the file into a folder, calls `predict`, reads what it left.


# %%
import csv
import tempfile


def rehearse(test_csv: str) -> dict[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        inputs, output = Path(folder, "input"), Path(folder, "output")
        inputs.mkdir()
        output.mkdir()
        (inputs / "test.csv").write_text(test_csv, encoding="utf-8")
        returned = predict(inputs, output)
        if hasattr(returned, "to_csv"):
            returned.to_csv(output / "predictions.csv", index=False)
        with (output / "predictions.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    return {name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}


show(rehearse, (DATA / "practice.csv").read_text(encoding="utf-8"))


# %% [markdown] lang="ko"
# ## 4. 지문
# 결과를 다시 만들려면 무엇으로 만들었는지 알아야 합니다. `texts`는 `{파일 이름: 내용}`입니다. 모든 이름과 내용에서 나오는 SHA-256(소문자 16진수 64자리)을 돌려주십시오.
# dict의 차례가 달라도 같아야 하고, 무엇 하나라도 다르면 달라야 합니다. 형식은 자유입니다.

# %% [markdown] lang="en"
# ## 4. A fingerprint
# Who wants to reach a result again must know what it was made of. `texts` is `{name of file: content}`. Return a SHA-256 (64 lower-case hex digits) of all
# names and contents. It must not depend on the order of the dict, and must change when anything in it changes. The format is up to you.

# %%
import hashlib
import json


def digest(texts: dict[str, str]) -> str:
    # BEGIN SOLUTION
    canonical = json.dumps(texts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
    # END SOLUTION


show(digest, {"train.csv": (DATA / "train.csv").read_text(encoding="utf-8")})


# %% [markdown] lang="ko"
# ## 연습 구간으로 재 보기

# %% [markdown] lang="en"
# ## Measure on the practice windows


# %%
def practice_error() -> float:
    answers = pd.read_csv(DATA / "practice_answers.csv", dtype={"id": str})
    got = pd.DataFrame(estimate(practice.to_dict("list"))).merge(answers, on="id", suffixes=("_said", ""))
    return float(np.sqrt(((got["remaining_said"] - got["remaining"]) ** 2).mean()))


show(practice_error)
