# %% [markdown] lang="ko"
# # 정비 기록을 점검하는 도구 다섯
# 표는 열 이름과 목록의 `dict`입니다. `pd.DataFrame(log)`나 `pl.DataFrame(log)`로 바꿔 써도 되고, 그대로 써도 됩니다.
# 아직 쓰지 않은 함수가 있어도 나머지는 채점됩니다.
#
# 기록은 NASA C-MAPSS FD001의 엔진 네 대입니다(모의실험, 출처는 `/data/source.md`). 중복과 빈틈, `days_to_shop` 열은 연습용으로 심었습니다.

# %% [markdown] lang="en"
# # Five tools to audit a maintenance log
# A table is a `dict` of column names and lists. Make it a `pd.DataFrame(log)` or `pl.DataFrame(log)`, or use it as it is.
# Functions that you have not written yet do not spoil the others.
#
# The log holds four engines of NASA's C-MAPSS FD001 (simulated; see `/data/source.md`). The duplicates, the gaps and the column
# `days_to_shop` were planted for practice.

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


TABLE = pd.read_csv("/data/log.csv")
LOG = TABLE.to_dict("list")
print(TABLE.shape, TABLE["engine"].nunique())
print(TABLE[["engine", "run", "sensor_04", "sensor_11", "days_to_shop"]].head())

# %% [markdown] lang="ko"
# ## 1. 두 번 적힌 운전
# 같은 (`engine`, `run`)이 두 번 이상 나오면 `[engine, run]`을 한 번씩, 작은 것부터 목록으로 돌려주십시오.

# %% [markdown] lang="en"
# ## 1. Runs written twice
# Return `[engine, run]` for each pair of `engine` and `run` that occurs more than once: each once, in ascending order, as a list.


# %%
def duplicated_runs(log):
    # BEGIN SOLUTION
    counts = pd.DataFrame(log).groupby(["engine", "run"]).size()
    return [[int(engine), int(run)] for engine, run in counts[counts > 1].index]
    # END SOLUTION


show(duplicated_runs, LOG)

# %% [markdown] lang="ko"
# ## 2. 빠진 운전
# 운전은 엔진마다 1회부터 이어집니다. 그 엔진의 마지막 기록 이전에 빠진 횟수를 `{engine: [run, …]}`으로 돌려주십시오. 빠진 것이 없는 엔진은 넣지 않습니다.

# %% [markdown] lang="en"
# ## 2. Missing runs
# Each engine's runs are counted from 1. Return `{engine: [run, …]}` with the runs that are missing before its last one; leave out
# engines that lack nothing.


# %%
def missing_runs(log):
    # BEGIN SOLUTION
    found = {}
    for engine, runs in pd.DataFrame(log).groupby("engine")["run"]:
        lost = sorted(set(range(1, int(runs.max()) + 1)) - set(runs))
        if lost:
            found[int(engine)] = lost
    return found
    # END SOLUTION


show(missing_runs, LOG)

# %% [markdown] lang="ko"
# ## 3. 움직이지 않는 센서
# 이름이 `sensor_`로 시작하는 열 가운데 서로 다른 값이 하나 이하인 것을 이름 순서로 돌려주십시오. 빈 값(`None`)은 값으로 세지 않습니다.

# %% [markdown] lang="en"
# ## 3. Sensors that never move
# Of the columns whose name begins with `sensor_`, return those with at most one distinct value, sorted by name. An empty value
# (`None`) does not count as one.


# %%
def dead_sensors(log):
    # BEGIN SOLUTION
    distinct = pd.DataFrame(log).nunique(dropna=True)
    return sorted(name for name, count in distinct.items() if name.startswith("sensor_") and count <= 1)
    # END SOLUTION


show(dead_sensors, LOG)

# %% [markdown] lang="ko"
# ## 4. 변장한 정답
# `target`이 아닌 열 가운데 `target`과의 스피어만 순위상관의 절댓값이 `limit` 이상인 것을 이름 순서로 돌려주십시오.
# 값이 하나뿐인 열은 상관이 없는 것으로 봅니다. 열은 모두 수이고 빈 값은 없습니다.

# %% [markdown] lang="en"
# ## 4. The answer in disguise
# Of the columns other than `target`, return those whose Spearman rank correlation with `target` is `limit` or more in absolute value,
# sorted by name. A column with a single value has none. All columns are numbers without empty values.


# %%
def too_good(log, target, limit):
    # BEGIN SOLUTION
    ranks = pd.DataFrame(log).rank()
    moving = ranks.loc[:, ranks.max() > ranks.min()]
    against = moving.drop(columns=target).corrwith(ranks[target]).abs()
    return sorted(against[against >= limit].index)
    # END SOLUTION


LEFT = TABLE.groupby("engine")["run"].transform("max") - TABLE["run"]
show(too_good, TABLE.assign(left=LEFT).to_dict("list"), "left", 0.99)
show(too_good, TABLE.assign(left=LEFT).to_dict("list"), "left", 0.75)

# %% [markdown] lang="ko"
# ## 5. 통째로 나누기
# `groups`는 행마다 엔진 번호입니다. 행마다 시험이면 `True`, 학습이면 `False`인 목록을 돌려주십시오.
#
# - 한 엔진의 행은 모두 같은 쪽입니다. 시험 쪽 엔진의 수는 `share` × 엔진 수를 반올림한 것이고 적어도 하나입니다.
# - 같은 `seed`에서는 행의 순서가 달라도 **같은 엔진**이 시험 쪽입니다. `seed`가 다르면 다른 엔진이 뽑힐 수 있어야 합니다.

# %% [markdown] lang="en"
# ## 5. Split into whole engines
# `groups` has the engine of each row. Return a list with `True` for each row of the test part and `False` for each of training.
#
# - All rows of an engine are on one side. The number of test engines is `share` times the number of engines, rounded, and at least one.
# - With the same `seed` the **same engines** are in the test, whatever the order of rows. Another `seed` may choose others.


# %%
def split_by(groups, share, seed):
    # BEGIN SOLUTION
    names = sorted(set(groups))
    count = max(1, round(share * len(names)))
    chosen = set(np.random.default_rng(seed).permutation(names)[:count].tolist())
    return [name in chosen for name in groups]
    # END SOLUTION


show(split_by, [3, 3, 1, 1, 2, 2, 4], 0.25, 7)
