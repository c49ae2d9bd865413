# %% [markdown] lang="ko"
# # 경보를 울릴 지점을 비용으로 정하기
# 정비팀이 모델 하나를 받았습니다. 엔진을 다섯 번 돌릴 때마다 "앞으로 30회 안에 고장 날 확률"을 알려 주는 모델입니다.
# 자료는 모델이 학습에서 보지 못한 엔진 30대의 점검 기록입니다.
#
# | 열 | 뜻 |
# |---|---|
# | `engine`, `cycle` | 엔진 번호, 몇 번째 운전에서 점검했는지 |
# | `probability` | 모델이 말한 확률 |
# | `fails` | 실제로 30회 안에 고장 났으면 1 |
# | `remaining` | 그때 실제로 남아 있던 운전 횟수 |
#
# 출처: A. Saxena, K. Goebel(2008), C-MAPSS FD001, NASA Prognostics Center of Excellence. 실물이 아닌 모의실험 엔진입니다.
# 확률은 이 강좌를 위해 학습한 로지스틱 회귀의 출력입니다.

# %% [markdown] lang="en"
# # Set the alarm by what it costs
# A maintenance team was given a model. After every five runs of an engine it states the probability of a failure within the next 30 runs.
# The data are the checks of 30 engines that the model did not see while it learned.
#
# | column | meaning |
# |---|---|
# | `engine`, `cycle` | number of the engine, after which run it was checked |
# | `probability` | what the model said |
# | `fails` | 1 if it did fail within 30 runs |
# | `remaining` | the runs that were in fact left |
#
# Source: A. Saxena and K. Goebel (2008), C-MAPSS FD001, NASA Prognostics Center of Excellence. The engines are simulated.
# The probabilities come from a logistic regression trained for this course.

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


with Path("/data/alarms.csv").open(encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))

probabilities = [float(row["probability"]) for row in rows]
outcomes = [int(row["fails"]) for row in rows]
checks = [[int(row["engine"]), int(row["remaining"]), float(row["probability"])] for row in rows]
print(len(rows), "checks,", len({row["engine"] for row in rows}), "engines")
print(
    "failed within 30 runs:",
    sum(outcomes) / len(outcomes),
    " mean probability:",
    sum(probabilities) / len(rows),
)

# %% [markdown] lang="ko"
# ## 1. 임계값은 비용에서 나온다
# 헛경보 한 번에 `false_alarm`, 놓친 고장 한 번에 `missed`가 듭니다. 맞힌 경보와 맞힌 침묵에는 들지 않습니다.
# 확률이 얼마일 때 경보를 울리는 쪽과 울리지 않는 쪽의 기대 비용이 같아집니까? 그 확률을 돌려주십시오.

# %% [markdown] lang="en"
# ## 1. The threshold follows from the costs
# A false alarm costs `false_alarm`, a missed failure `missed`; a right alarm and a right silence cost nothing.
# At which probability does ringing cost as much as staying silent, on average? Return it.


# %%
def cost_threshold(false_alarm: float, missed: float) -> float:
    # BEGIN SOLUTION
    return false_alarm / (false_alarm + missed)
    # END SOLUTION


show(cost_threshold, 500, 9500)


# %% [markdown] lang="ko"
# ## 2. 실제로 든 비용
# 확률이 `threshold` **이상**이면 경보를 울립니다. 헛경보와 놓친 고장의 비용을 모두 더해 돌려주십시오.

# %% [markdown] lang="en"
# ## 2. What it did cost
# The alarm rings where the probability is `threshold` **or more**. Return the sum of what false alarms and missed failures cost.


# %%
def alarm_cost(
    probabilities: list[float], outcomes: list[int], threshold: float, false_alarm: float, missed: float
) -> float:
    # BEGIN SOLUTION
    total = 0.0
    for probability, failed in zip(probabilities, outcomes, strict=True):
        rings = probability >= threshold
        if rings and not failed:
            total += false_alarm
        elif failed and not rings:
            total += missed
    return total
    # END SOLUTION


show(alarm_cost, probabilities, outcomes, 0.5, 500, 9500)


# %% [markdown] lang="ko"
# ## 3. 균형 학습을 되돌리기
# 이 모델은 고장이 드물다는 이유로 두 부류의 무게를 같게 맞추어(`class_weight="balanced"`) 학습했습니다. 모델이 아는 세상에서는 고장이
# 절반(`trained = 0.5`)이지만 현장에서는 `real`만큼입니다. 오즈에 두 세상의 비를 곱하면 되돌릴 수 있습니다.
#
# 보정한 확률을 돌려주십시오. `probability`가 0이나 1이어도 답이 있어야 합니다.

# %% [markdown] lang="en"
# ## 3. Take the balancing back
# Because failures are rare, this model was trained with both classes weighing the same (`class_weight="balanced"`). In the world it knows
# half of all checks fail (`trained = 0.5`); on site the share is `real`. Multiplying the odds by the ratio of the two worlds undoes that.
#
# Return the corrected probability. There must be an answer for a `probability` of 0 and of 1, too.


# %%
def prior_corrected(probability: float, trained: float, real: float) -> float:
    # BEGIN SOLUTION
    yes = probability * real * (1 - trained)
    no = (1 - probability) * (1 - real) * trained
    return yes / (yes + no)
    # END SOLUTION


show(prior_corrected, 0.7, 0.5, 0.165)


# %% [markdown] lang="ko"
# ## 4. 신뢰도표
# 0에서 1까지를 같은 너비의 구간 `bins`개로 나누고, 구간마다 `[건수, 확률의 평균, 실제로 고장 난 비율]`을 아래 구간부터 적은 리스트를 돌려주십시오.
# 경계에 놓인 값은 위쪽 구간에 넣되 1.0은 마지막 구간입니다. 비어 있는 구간은 빼십시오.

# %% [markdown] lang="en"
# ## 4. A reliability table
# Cut 0 to 1 into `bins` bins of equal width. Return one list `[cases, mean probability, share that failed]` for each, lowest bin first.
# A value on a border belongs to the upper bin, 1.0 to the last. Leave out empty bins.


# %%
def reliability(probabilities: list[float], outcomes: list[int], bins: int) -> list[list[float]]:
    # BEGIN SOLUTION
    inside: list[list[tuple[float, int]]] = [[] for _ in range(bins)]
    for probability, failed in zip(probabilities, outcomes, strict=True):
        inside[min(int(probability * bins), bins - 1)].append((probability, failed))
    return [
        [len(cases), sum(p for p, _ in cases) / len(cases), sum(y for _, y in cases) / len(cases)]
        for cases in inside
        if cases
    ]
    # END SOLUTION


show(reliability, probabilities, outcomes, 5)


# %% [markdown] lang="ko"
# ## 5. 돈은 행이 아니라 엔진에서 나간다
# `checks`는 `[엔진, 남은 횟수, 확률]`의 리스트입니다. 한 엔진의 기록은 시간 순서이지만 여러 엔진의 기록이 섞여 있을 수 있습니다. 규칙은 이렇습니다.
#
# - 확률이 `threshold` 이상인 **첫** 점검에서 경보가 울리고 정비가 잡힙니다. 그 뒤의 점검은 없습니다.
# - 그때 남은 횟수가 `lead` 이상이면 `service + per_run × 남은 횟수`가 듭니다(버린 수명).
# - 남은 횟수가 `lead`보다 적거나 한 번도 울리지 않으면 현장에서 섭니다. `failure`가 듭니다.
#
# 엔진 한 대당 평균 비용을 돌려주십시오.

# %% [markdown] lang="en"
# ## 5. Money is spent on engines, not on rows
# `checks` is a list of `[engine, runs left, probability]`. Those of one engine are in order of time, but those of several engines may be mixed.
#
# - The **first** check with a probability of `threshold` or more rings, and service is booked. Later checks do not happen.
# - If at least `lead` runs are left then, it costs `service + per_run × runs left` (the life thrown away).
# - If fewer are left, or it never rings, the engine stops on site. That costs `failure`.
#
# Return the mean cost per engine.


# %%
def fleet_cost(
    checks: list[list[float]], threshold: float, lead: int, service: float, per_run: float, failure: float
) -> float:
    # BEGIN SOLUTION
    cost: dict[float, float] = {}
    ringing: set[float] = set()
    for engine, remaining, probability in checks:
        cost.setdefault(engine, failure)
        if engine in ringing or probability < threshold:
            continue
        ringing.add(engine)
        if remaining >= lead:
            cost[engine] = service + per_run * remaining
    return sum(cost.values()) / len(cost)
    # END SOLUTION


show(fleet_cost, checks, 0.7, 10, 2000, 10, 12000)


# %% [markdown] lang="ko"
# ## 살펴보기
# 함수가 모두 되면 아래 칸을 실행해 보십시오(단위: 만 원). 자료에서 가장 싼 임계값이 얼마나 낭떠러지 가까이에 있는지 보일 것입니다.

# %% [markdown] lang="en"
# ## Have a look
# Once the functions work, run this cell (unit: 10,000 won). You will see how near the edge of a cliff the cheapest threshold of these data stands.


# %%
def curve() -> dict[float, int]:
    thresholds = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.93, 0.95, 0.97, 0.99)
    return {threshold: round(fleet_cost(checks, threshold, 10, 2000, 10, 12000)) for threshold in thresholds}


show(curve)
