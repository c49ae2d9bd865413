# %% [markdown] lang="ko"
# # 이동 인구표를 내보내도 되게 만들기
# 스페인의 52개 지역 사이를 하루에 몇 명이 오가는지 적은 표입니다. 휴대전화 위치로 추정한 값이라 이름도 번호도 없습니다. 그런데도 그대로 내보내면 안 되는 이유와,
# 내보낼 수 있게 만드는 두 가지 방법(작은 수 가리기, 잡음 더하기)을 코드로 확인합니다.
#
# `flows.csv`의 `count`는 출발 지역 주민 가운데 그날 `destination`에 있는 사람 수의 추정치(이동 비율 × 주민 수, 반올림)입니다. 지역 번호는 스페인의
# 도 번호입니다(28 마드리드, 08 바르셀로나, 42 소리아, 51 세우타, 52 멜리야).
#
# 출처: Epi-Sim/episim-models(BSD-3-Clause, `licence.txt`), 원자료는 스페인 교통부(MITMA) 이동성 조사와 CNE.

# %% [markdown] lang="en"
# # Make a table of movements fit to publish
# How many people go from each of Spain's 52 regions to another in a day, estimated from mobile phones. There is no name in it and no
# phone number. Here you see in code why it must not be published as it is, and two ways to make it fit: hiding small counts, and adding noise.
#
# `count` in `flows.csv` estimates how many residents of `origin` are in `destination` on a day (share of movements × residents, rounded). The codes
# are those of the Spanish provinces (28 Madrid, 08 Barcelona, 42 Soria, 51 Ceuta, 52 Melilla).
#
# Source: Epi-Sim/episim-models (BSD-3-Clause, `licence.txt`), after the mobility study of Spain's transport ministry (MITMA) and data of the CNE.

# %%
import csv
import traceback
from collections import defaultdict
from pathlib import Path


def show(function, *arguments):
    try:
        print(function.__name__, "->", function(*arguments))
    except NotImplementedError:
        print(function.__name__, "-> ...")
    except Exception:
        traceback.print_exc()


table: dict[str, dict[str, int]] = defaultdict(dict)
with Path("/data/flows.csv").open(encoding="utf-8", newline="") as file:
    for line in csv.DictReader(file):
        table[line["origin"]][line["destination"]] = int(line["count"])

small = sum(count < 10 for row in table.values() for count in row.values())
print(sum(map(len, table.values())), "flows,", small, "of them below 10")
print("Madrid:", sum(table["28"].values()), " Melilla:", sum(table["52"].values()))

# %% [markdown] lang="ko"
# ## 1. 작은 수 가리기
# `row`는 한 출발 지역의 `{도착 지역: 사람 수}`입니다. `k`보다 작은 수를 모두 `None`으로 바꾼 새 dict를 돌려주십시오. 0도 가립니다. "아무도 가지 않았다"도
# 그곳에 갔다고 의심받는 사람에 대해 무언가를 말해 주기 때문입니다.

# %% [markdown] lang="en"
# ## 1. Hide small counts
# `row` is `{destination: people}` of one origin. Return a new dict in which every count below `k` is `None`. Zero is hidden, too: "nobody went"
# says something about anyone who might have gone.


# %%
def suppressed(row: dict[str, int], k: int) -> dict[str, int | None]:
    # BEGIN SOLUTION
    return {place: count if count >= k else None for place, count in row.items()}
    # END SOLUTION


show(suppressed, table["52"], 10)


# %% [markdown] lang="ko"
# ## 2. 공격: 합계에서 빼기
# 가린 표와 함께 그 행의 합계도 발표되었습니다. 공격자가 **확실히** 알아낼 수 있는 칸만 `{도착 지역: 값}`으로 돌려주십시오. 알아낼 수 있는 것이 없으면 빈 dict입니다.
# 공격자는 모든 수가 0 이상의 정수라는 것만 압니다.

# %% [markdown] lang="en"
# ## 2. The attack: subtract from the total
# Beside the hidden counts the total of the row was published. Return `{destination: value}` for those cells that an attacker knows **for certain**, an empty
# dict if there are none. All the attacker knows is that counts are whole numbers from 0.


# %%
def recovered(shown: dict[str, int | None], total: int) -> dict[str, int]:
    # BEGIN SOLUTION
    hidden = [place for place, count in shown.items() if count is None]
    rest = total - sum(count for count in shown.values() if count is not None)
    if len(hidden) == 1:
        return {hidden[0]: rest}
    return dict.fromkeys(hidden, 0) if rest == 0 else {}
    # END SOLUTION


show(recovered, {"08": 120, "28": 40, "51": None}, 165)


# %% [markdown] lang="ko"
# ## 3. 막기: 함께 가리기
# 먼저 `k`보다 작은 수를 가립니다. 가린 칸이 있는데 **하나뿐이거나 가린 수의 합이 `k`보다 작으면**, 보이는 칸 가운데 가장 작은 것을 하나 더 가립니다(같으면 지역
# 번호가 앞서는 쪽). 조건이 풀리거나 보이는 칸이 없어질 때까지 되풀이하십시오.

# %% [markdown] lang="en"
# ## 3. The defence: hide in company
# Hide the counts below `k` first. If something is hidden, and it is **a single cell or the hidden counts add up to less than `k`**, hide the smallest cell that is
# still shown (of equal ones the one whose code comes first). Go on until that is no longer so, or nothing is shown.


# %%
def protected(row: dict[str, int], k: int) -> dict[str, int | None]:
    # BEGIN SOLUTION
    order = sorted((place for place in row if row[place] >= k), key=lambda place: (row[place], place))
    hidden = [place for place in row if row[place] < k]
    while hidden and order and (len(hidden) == 1 or sum(row[place] for place in hidden) < k):
        hidden.append(order.pop(0))
    return {place: None if place in hidden else count for place, count in row.items()}
    # END SOLUTION


show(protected, {"08": 120, "28": 40, "42": 25, "51": 5}, 10)


# %% [markdown] lang="ko"
# ## 4. 잡음 더하기
# 척도 $b = $ `sensitivity / epsilon`인 라플라스 잡음을 `count`에 더해 돌려주십시오. 난수는 밖에서 줍니다. `u`는 0과 1 사이의 균등 난수이고, 잡음은 분포함수의 역함수로
# 만듭니다.
#
# $$ x = b\,\ln(2u) \;\;(u < 0.5), \qquad x = -b\,\ln(2(1-u)) \;\;(u \ge 0.5) $$

# %% [markdown] lang="en"
# ## 4. Add noise
# Return `count` plus Laplace noise of scale $b = $ `sensitivity / epsilon`. The randomness comes from outside: `u` is uniform between 0 and 1, and the
# noise is the inverse of the distribution function at `u`.
#
# $$ x = b\,\ln(2u) \;\;(u < 0.5), \qquad x = -b\,\ln(2(1-u)) \;\;(u \ge 0.5) $$


# %%
import math


def noisy(count: float, sensitivity: float, epsilon: float, u: float) -> float:
    # BEGIN SOLUTION
    scale = sensitivity / epsilon
    if u < 0.5:
        return count + scale * math.log(2 * u)
    return count - scale * math.log(2 * (1 - u))
    # END SOLUTION


show(noisy, table["28"]["51"], 1, 0.3, 0.9)


# %% [markdown] lang="ko"
# ## 5. 누가 잃는가
# 모든 행에서 `k`보다 작은 수를 가리면(함께 가리기는 하지 않습니다) 출발 지역마다 이동 인구의 몇 할이 표에서 사라집니까? `{출발 지역: 사라진 몫}`을 0과 1 사이의 수로 돌려주십시오.
# 이동이 한 건도 없는 지역은 0입니다.

# %% [markdown] lang="en"
# ## 5. Who loses
# If counts below `k` are hidden in every row (without hiding in company), what share of each origin's movements is gone from the table? Return
# `{origin: share}` between 0 and 1. For an origin without movements the share is 0.


# %%
def lost_share(table: dict[str, dict[str, int]], k: int) -> dict[str, float]:
    # BEGIN SOLUTION
    lost = {}
    for origin, row in table.items():
        total = sum(row.values())
        lost[origin] = sum(count for count in row.values() if count < k) / total if total else 0.0
    return lost
    # END SOLUTION


# %% [markdown] lang="ko"
# ## 살펴보기
# 어느 지역이 가장 많이 잃습니까? `k`를 5, 20, 50으로 바꾸어 보십시오.

# %% [markdown] lang="en"
# ## Have a look
# Which regions lose most? Try 5, 20 and 50 for `k`.


# %%
def worst() -> list[tuple[str, float]]:
    return sorted(lost_share(table, 10).items(), key=lambda pair: -pair[1])[:5]


show(worst)
