# %% [markdown] lang="ko"
# # 엔진을 지켜보는 점수
# NASA C-MAPSS FD001의 엔진 여섯 대, 센서 일곱 개입니다(모의실험, 출처는 `/data/source.md`). 판정에는 여러분이 보지 못한 엔진을 씁니다.
# 표는 열 이름과 목록의 `dict`입니다. 아직 쓰지 않은 함수가 있어도 나머지는 채점됩니다.

# %% [markdown] lang="en"
# # A score that watches an engine
# Six engines of NASA's C-MAPSS FD001 with seven sensors (simulated; see `/data/source.md`). The judge uses engines you have not seen.
# A table is a `dict` of column names and lists. Functions that you have not written yet do not spoil the others.

# %%
import traceback

import numpy as np
import pandas as pd


def show(function, *arguments):
    try:
        found = function(*arguments)
        print(function.__name__, "->", found[-5:] if isinstance(found, list) else found)
    except NotImplementedError:
        print(function.__name__, "-> ...")
    except Exception:
        traceback.print_exc()


RISING = ["sensor_04", "sensor_11", "sensor_15"]
FALLING = ["sensor_07", "sensor_12", "sensor_20", "sensor_21"]
HEALTHY = 50
ALL = pd.read_csv("/data/engines.csv")
ENGINES = {engine: rows.to_dict("list") for engine, rows in ALL.groupby("engine")}
print({engine: len(table["run"]) for engine, table in ENGINES.items()})

# %% [markdown] lang="ko"
# ## 1. 로버스트 z
# 처음 `healthy`개의 중앙값과 MAD로 모든 값의 z를 목록으로 돌려주십시오. MAD에는 1.4826을 곱합니다. MAD가 0이면 모두 `0.0`입니다.

# %% [markdown] lang="en"
# ## 1. Robust z
# Return the z of every value as a list, by median and MAD of the first `healthy` values. Multiply the MAD by 1.4826. Where the MAD is 0,
# every z is `0.0`.


# %%
def robust_z(values, healthy):
    # BEGIN SOLUTION
    values = np.asarray(values, dtype=float)
    middle = np.median(values[:healthy])
    spread = 1.4826 * np.median(np.abs(values[:healthy] - middle))
    return ((values - middle) / spread if spread > 0 else np.zeros(len(values))).tolist()
    # END SOLUTION


show(robust_z, ENGINES[1]["sensor_11"], HEALTHY)

# %% [markdown] lang="ko"
# ## 2. EWMA
# $s_1 = z_1$, $s_t = \lambda z_t + (1-\lambda) s_{t-1}$. `share`가 $\lambda$입니다. 목록을 돌려주십시오.

# %% [markdown] lang="en"
# ## 2. EWMA
# $s_1 = z_1$, $s_t = \lambda z_t + (1-\lambda) s_{t-1}$, with `share` for $\lambda$. Return a list.


# %%
def ewma(values, share):
    # BEGIN SOLUTION
    smooth = [float(values[0])]
    for value in values[1:]:
        smooth.append(share * float(value) + (1 - share) * smooth[-1])
    return smooth
    # END SOLUTION


show(ewma, [0.0, 0.0, 4.0, 0.0, 0.0], 0.5)

# %% [markdown] lang="ko"
# ## 3. 센서를 합치기
# `rising`의 z와, 부호를 뒤집은 `falling`의 z를 행마다 평균한 목록을 돌려주십시오. 표에는 다른 열도 있습니다.

# %% [markdown] lang="en"
# ## 3. Combine sensors
# Return, for each row, the mean of the z of `rising` and of the z of `falling` with its sign turned. The table has other columns, too.


# %%
def combined(table, rising, falling, healthy):
    # BEGIN SOLUTION
    up = [np.array(robust_z(table[name], healthy)) for name in rising]
    down = [-np.array(robust_z(table[name], healthy)) for name in falling]
    return np.mean([*up, *down], axis=0).tolist()
    # END SOLUTION


show(combined, ENGINES[1], RISING, FALLING, HEALTHY)

# %% [markdown] lang="ko"
# ## 4. 첫 경보
# 0부터 센 자리 `start`부터 보아, 점수가 `limit`보다 **큰** 일이 `in_a_row`번 이어지는 첫 자리(마지막 번의 자리)를 돌려주십시오. 없으면 `None`입니다.

# %% [markdown] lang="en"
# ## 4. The first alarm
# Looking from place `start` on (counted from 0), return the first place at which the score has been **above** `limit` `in_a_row` times
# running: the place of the last of them. `None` if there is none.


# %%
def first_alarm(scores, limit, in_a_row, start):
    # BEGIN SOLUTION
    running = 0
    for place in range(start, len(scores)):
        running = running + 1 if scores[place] > limit else 0
        if running >= in_a_row:
            return place
    return None
    # END SOLUTION


show(first_alarm, [0, 2, 2, 0, 2, 2, 2], 1, 3, 0)

# %% [markdown] lang="ko"
# ## 5. 지켜보기
# `table`은 엔진 한 대의 **지금까지의** 기록입니다(열은 `run`과 센서 일곱 개). 경보를 낼 자리(0부터)를 돌려주십시오. 아직이면 `None`입니다.
# 처음 50회는 기준 구간이라 울리지 않습니다. 방법은 자유입니다. 채점은 이렇게 합니다.
#
# - 처음 보는 엔진 8대 가운데 7대 이상에서 고장 **25–125회 전**에 울리고, 건강한 상태가 300회 이어지는 엔진 6대 가운데 많아야 1대에서 울린다.
# - 기록을 어디서 자르든 이미 난 경보는 그대로이고, 나지 않은 경보를 미리 내지 않는다.

# %% [markdown] lang="en"
# ## 5. Keep watch
# `table` is the record of one engine **so far** (the columns are `run` and seven sensors). Return the place (from 0) at which to ring, or
# `None` while all is well. The first 50 runs are the reference period and never ring. The method is yours. It is judged like this:
#
# - Of 8 engines never seen, it rings for at least 7, **25–125 runs before** the failure; of 6 engines that stay healthy for 300 runs it
#   rings for 1 at most.
# - Wherever the record is cut, an alarm that was raised stays where it was, and none is raised ahead of time.


# %%
def watch(table):
    # BEGIN SOLUTION
    if len(table["run"]) <= HEALTHY:
        return None
    scores = ewma(combined(table, RISING, FALLING, HEALTHY), 0.1)
    return first_alarm(scores, 1.5, 3, HEALTHY)
    # END SOLUTION


def leads():
    alarms = {engine: watch(table) for engine, table in ENGINES.items()}
    return {
        engine: None if place is None else len(ENGINES[engine]["run"]) - 1 - place
        for engine, place in alarms.items()
    }


show(leads)
