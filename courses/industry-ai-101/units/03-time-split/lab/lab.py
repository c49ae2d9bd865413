# %% [markdown] lang="ko"
# # 오늘 아는 것만으로 나누고 견주기
# 엔진 16대가 18일 간격으로 투입되어 하루에 한 번 돕니다. `failed_on`은 고장 난 날이고, 표에는 미래의 고장까지 적혀 있습니다. 쓰지 말아야 할 때를
# 가리는 것이 이 실습입니다. 센서와 수명은 NASA C-MAPSS FD001의 것이고 달력은 이 강좌가 정했습니다(`/data/source.md`).
# 아직 쓰지 않은 함수가 있어도 나머지는 채점됩니다.

# %% [markdown] lang="en"
# # Split and compare with what is known today
# Sixteen engines start 18 days apart and run once a day. `failed_on` is the day of the failure, and the table holds future ones as
# well: this lab is about when not to use them. Readings and lives are NASA's C-MAPSS FD001, the calendar is ours (`/data/source.md`).
# Functions that you have not written yet do not spoil the others.

# %%
import traceback

import numpy as np
import pandas as pd


def show(function, *arguments):
    try:
        print(function.__name__, "->", function(*arguments))
    except NotImplementedError:
        print(function.__name__, "-> ...")
    except Exception:
        traceback.print_exc()


FLEET = pd.read_csv("/data/fleet.csv")
TODAY, HORIZON = 300, 30
print(FLEET.shape)
print(FLEET.groupby("engine").agg({"day": ["min", "max"], "failed_on": "first"}).head())

# %% [markdown] lang="ko"
# ## 1. 오늘 붙일 수 있는 정답
# 행마다 `1`, `0`, `None`(모름)의 목록을 돌려주십시오. 묻는 것은 "그날부터 `horizon`일 안(그날과 `horizon`일째를 포함)에 고장 나는가"입니다.
#
# - 고장이 `today`까지 일어났고 그 기간 안이면 1
# - 기간이 `today`까지 다 지났는데 고장 나지 않았으면 0
# - 나머지와, `today`보다 뒤의 행은 `None`
#
# `failed_on`에는 고장 나지 않은 엔진의 `None`도, `today`보다 뒤의 날짜도 있을 수 있습니다.

# %% [markdown] lang="en"
# ## 1. Labels that can be written today
# Return a list with `1`, `0` or `None` (unknown) for each row. The question is whether the engine fails within `horizon` days of the
# row, counting the day itself and the `horizon`-th day after it.
#
# - 1 where it has failed by `today`, within that time
# - 0 where all of that time has gone by, by `today`, without a failure
# - `None` for everything else, and for rows after `today`
#
# `failed_on` may hold `None` for an engine that did not fail, and days after `today`.


# %%
def labels_on(days, failed_on, today, horizon):
    # BEGIN SOLUTION
    labels = []
    for day, failed in zip(days, failed_on, strict=True):
        has_failed = failed is not None and failed <= today
        if day > today:
            labels.append(None)
        elif has_failed and failed <= day + horizon:
            labels.append(1)
        elif day + horizon <= today:
            labels.append(0)
        else:
            labels.append(None)
    return labels
    # END SOLUTION


show(labels_on, [270, 270, 290, 290, 301], [295, None, 295, 310, 301], TODAY, HORIZON)

# %% [markdown] lang="ko"
# ## 2. 시간으로 나누기
# `{"train": [행 번호…], "test": [행 번호…]}`를 작은 것부터 돌려주십시오. 학습은 `day + horizon`이 `cut` 이하인 행, 시험은 `cut`보다 뒤의 행입니다.

# %% [markdown] lang="en"
# ## 2. Split by time
# Return `{"train": [row…], "test": [row…]}` with row numbers in ascending order. Training has the rows with `day + horizon` up to
# `cut`, the test those after `cut`.


# %%
def time_split(days, cut, horizon):
    # BEGIN SOLUTION
    days = np.asarray(days)
    return {
        "train": np.flatnonzero(days + horizon <= cut).tolist(),
        "test": np.flatnonzero(days > cut).tolist(),
    }
    # END SOLUTION


show(time_split, [1, 2, 3, 4, 5, 6, 7], 5, 2)

# %% [markdown] lang="ko"
# ## 3. 앞으로 걸어가기
# 절단일마다 `time_split`과 같은 꼴을 하나씩, 이른 절단일부터 목록으로 돌려주십시오. 시험은 다음 절단일까지이고(그날을 포함), 마지막은 끝까지입니다.
# 학습이나 시험이 빈 겹은 빼십시오. `cuts`는 순서가 뒤섞여 있을 수 있습니다.

# %% [markdown] lang="en"
# ## 3. Walk forward
# Return a list with one such dict for each cut, earliest first. A test reaches up to the next cut (that day included), the last one to
# the end. Leave out folds whose training or test is empty. `cuts` may come in any order.


# %%
def walk_forward(days, cuts, horizon):
    # BEGIN SOLUTION
    days = np.asarray(days)
    folds = []
    ordered = sorted(cuts)
    for cut, until in zip(ordered, [*ordered[1:], float("inf")], strict=True):
        train = np.flatnonzero(days + horizon <= cut).tolist()
        test = np.flatnonzero((days > cut) & (days <= until)).tolist()
        if train and test:
            folds.append({"train": train, "test": test})
    return folds
    # END SOLUTION


show(walk_forward, [1, 2, 3, 4, 5, 6, 7], [3, 5], 1)

# %% [markdown] lang="ko"
# ## 4. 나이 기준선
# 운전 횟수를 `width`회씩 묶습니다(`run // width`). 학습에서 구간마다 정답 1의 비율을 세어 `runs`의 확률을 목록으로 돌려주십시오.
# 학습에 없던 구간에는 학습 전체의 비율을 답합니다.

# %% [markdown] lang="en"
# ## 4. The age baseline
# Put runs into bins of `width` (`run // width`). Count the share of label 1 in each bin of training, and return the probability for
# each of `runs` as a list. A bin that training never saw gets the overall share of training.


# %%
def age_baseline(train_runs, train_labels, runs, width):
    # BEGIN SOLUTION
    labels = pd.Series(train_labels, dtype=float)
    shares = labels.groupby(pd.Series(train_runs) // width).mean()
    return (pd.Series(runs) // width).map(shares).fillna(labels.mean()).tolist()
    # END SOLUTION


show(age_baseline, [10, 20, 30, 60, 70], [0, 0, 0, 1, 0], [15, 65, 99], 25)

# %% [markdown] lang="ko"
# ## 5. 기준선 대비 점수
# 브라이어 점수로 `1 - 모델 / 기준선`을 돌려주십시오. 기준선의 브라이어 점수가 0이면 `None`입니다.

# %% [markdown] lang="en"
# ## 5. Skill
# Return `1 - model / baseline` of the Brier scores; `None` where the baseline's Brier score is 0.


# %%
def skill(labels, predicted, baseline):
    # BEGIN SOLUTION
    def brier(probabilities):
        return float(np.mean((np.asarray(probabilities) - np.asarray(labels)) ** 2))

    reference = brier(baseline)
    return None if reference == 0 else 1 - brier(predicted) / reference
    # END SOLUTION


show(skill, [1, 0, 0], [0.8, 0.1, 0.1], [0.3, 0.3, 0.3])

# %% [markdown] lang="ko"
# ## 다 되면: 이 함대의 나이 기준선은 얼마나 버팁니까
# 아래 칸은 다섯 함수를 이어 붙여, 절단일마다 학습의 전체 비율 대비 나이 기준선의 점수를 찍습니다. 음수가 나오는 시기도 있습니다. 어린 엔진만 보고 배운 나이
# 구간은 늙은 엔진 앞에서 쓸모가 없기 때문입니다.

# %% [markdown] lang="en"
# ## When all is done: how well does age hold up in this fleet?
# The next cell joins the five functions and prints, for each cut, the skill of the age baseline against the overall share. Some periods
# are negative: bins learned from young engines are of little use once engines are old.


# %%
def age_over_time(cuts):
    days, runs = FLEET["day"].tolist(), FLEET["run"].tolist()
    truth = labels_on(days, FLEET["failed_on"].tolist(), 10_000, HORIZON)
    found = []
    for fold in walk_forward(days, cuts, HORIZON):
        learned = [truth[row] for row in fold["train"]]
        asked = [truth[row] for row in fold["test"]]
        ages = age_baseline(
            [runs[row] for row in fold["train"]], learned, [runs[row] for row in fold["test"]], 25
        )
        overall = [sum(learned) / len(learned)] * len(asked)
        found.append(round(skill(asked, ages, overall), 2))
    return found


show(age_over_time, [250, 300, 350, 400])
