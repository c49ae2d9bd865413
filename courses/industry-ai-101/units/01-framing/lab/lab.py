# %% [markdown] lang="ko"
# # 오류의 값과 교체 주기
# 다섯 함수를 채웁니다. 돈의 단위는 백만 원입니다. 아직 쓰지 않은 함수가 있어도 나머지는 채점됩니다.
# `show`는 함수를 불러 보고, 비어 있으면 그렇다고 알려 줍니다.

# %% [markdown] lang="en"
# # The price of errors and the replacement interval
# Fill in five functions. Money is in million won. Functions that you have not written yet do not spoil the others.
# `show` tries a function and says so if it is still empty.

# %%
import csv
import traceback
from pathlib import Path


def show(function, *arguments):
    try:
        print(function.__name__, "->", function(*arguments))
    except NotImplementedError:
        print(function.__name__, "-> ...")
    except Exception:
        traceback.print_exc()


with Path("/data/lives.csv").open() as source:
    LIVES = [int(row["life"]) for row in csv.DictReader(source)]
print(len(LIVES), min(LIVES), max(LIVES), sum(LIVES) / len(LIVES))

# %% [markdown] lang="ko"
# ## 1. 네 가지 결과
# `alarms`와 `failures`는 길이가 같은 목록이고 하루에 `True`나 `False` 하나씩입니다. `{"tp": …, "fp": …, "fn": …, "tn": …}`을 돌려주십시오.

# %% [markdown] lang="en"
# ## 1. Four outcomes
# `alarms` and `failures` are lists of equal length with one `True` or `False` a day. Return `{"tp": …, "fp": …, "fn": …, "tn": …}`.


# %%
def outcomes(alarms, failures):
    # BEGIN SOLUTION
    counts = {"tp": 0, "fp": 0, "fn": 0, "tn": 0}
    for alarm, failure in zip(alarms, failures, strict=True):
        counts[("t" if alarm == failure else "f") + ("p" if alarm else "n")] += 1
    return counts
    # END SOLUTION


show(outcomes, [True, True, False, False], [True, False, True, False])

# %% [markdown] lang="ko"
# ## 2. 경보를 낼 만한 확률
# 점검비, 계획 교체, 현장 고장의 값을 받아 경계 $p^{*} = c/(f-r)$를 돌려주십시오. 어떤 확률에서도 점검이 이득이 아니면 `None`입니다.
# 경계가 1 이상이면 그보다 큰 확률이 없으므로 그때도 `None`입니다.

# %% [markdown] lang="en"
# ## 2. The probability at which an alarm pays
# From the prices of an inspection, a planned replacement and a failure on site return the limit $p^{*} = c/(f-r)$; `None` where
# inspecting pays at no probability. A limit of 1 or more is never exceeded: that is `None`, too.


# %%
def alarm_limit(inspection, planned, failure):
    # BEGIN SOLUTION
    if failure - planned <= inspection:
        return None
    return inspection / (failure - planned)
    # END SOLUTION


show(alarm_limit, 5, 20, 120)

# %% [markdown] lang="ko"
# ## 3. 교체 주기의 비용
# 주기 `interval`마다 교체할 때 **운전 100회당** 비용을 돌려주십시오. 수명이 주기보다 길면 계획 교체, 같거나 짧으면 현장 고장입니다.

# %% [markdown] lang="en"
# ## 3. What an interval costs
# Return the cost **per 100 runs** of replacing every `interval` runs. A life longer than the interval ends in a planned
# replacement, one as long or shorter in a failure on site.


# %%
def interval_cost(lives, interval, planned, failure):
    # BEGIN SOLUTION
    paid = sum(planned if life > interval else failure for life in lives)
    runs = sum(min(life, interval) for life in lives)
    return 100 * paid / runs
    # END SOLUTION


for tried in (100, 134, 200):
    show(interval_cost, LIVES, tried, 20, 120)

# %% [markdown] lang="ko"
# ## 4. 가장 싼 주기
# `candidates` 가운데 100회당 비용이 가장 작은 주기를 돌려주십시오. 비용이 같으면 더 짧은 쪽입니다.

# %% [markdown] lang="en"
# ## 4. The cheapest interval
# Return the one of `candidates` with the least cost per 100 runs; of equal ones the shorter.


# %%
def best_interval(lives, candidates, planned, failure):
    # BEGIN SOLUTION
    return min(sorted(candidates), key=lambda tried: interval_cost(lives, tried, planned, failure))
    # END SOLUTION


show(best_interval, LIVES, list(range(60, 301)), 20, 120)

# %% [markdown] lang="ko"
# ## 5. 모델이 벌 수 있는 상한
# 가장 싼 후보 주기의 비용에서, 모든 엔진을 고장 **1회 전**에 계획 교체하는 비용을 뺀 값을 100회당으로 돌려주십시오. 수명은 모두 2회 이상입니다.

# %% [markdown] lang="en"
# ## 5. What a model can earn at most
# Per 100 runs: the cost of the cheapest candidate interval, less the cost of a planned replacement **one run before** each failure.
# Every life is at least 2 runs.


# %%
def ceiling(lives, candidates, planned, failure):
    # BEGIN SOLUTION
    simple = interval_cost(lives, best_interval(lives, candidates, planned, failure), planned, failure)
    perfect = 100 * planned * len(lives) / sum(life - 1 for life in lives)
    return simple - perfect
    # END SOLUTION


show(ceiling, LIVES, list(range(60, 301)), 20, 120)
