# %% [markdown] lang="ko"
# # 콘크리트 강도의 첫 예측 파일
# 표는 열 이름과 목록의 `dict`입니다. 자료는 UCI 콘크리트 압축강도입니다(CC BY 4.0, 출처는 `/data/source.md`).
# 아직 쓰지 않은 함수가 있어도 나머지는 채점됩니다.

# %% [markdown] lang="en"
# # A first file of concrete strengths
# A table is a `dict` of column names and lists. The data are UCI's Concrete Compressive Strength (CC BY 4.0, see `/data/source.md`).
# Functions that you have not written yet do not spoil the others.

# %%
import traceback

import numpy as np
import pandas as pd


def show(function, *arguments):
    try:
        found = function(*arguments)
        print(function.__name__, "->", found[:3] if isinstance(found, list) else found)
    except NotImplementedError:
        print(function.__name__, "-> ...")
    except Exception:
        traceback.print_exc()


TRAIN = pd.read_csv("/data/train.csv").to_dict("list")
TEST = pd.read_csv("/data/test.csv").to_dict("list")
print(len(TRAIN["id"]), len(TEST["id"]), list(TRAIN))

# %% [markdown] lang="ko"
# ## 1. 기준선
# `test`의 모든 행에 `train`의 평균 강도를 답하는 목록을 돌려주십시오.

# %% [markdown] lang="en"
# ## 1. A baseline
# Return a list with the mean strength of `train` for every row of `test`.


# %%
def mean_prediction(train, test):
    # BEGIN SOLUTION
    mean = sum(train["strength"]) / len(train["strength"])
    return [mean] * len(test["id"])
    # END SOLUTION


show(mean_prediction, TRAIN, TEST)

# %% [markdown] lang="ko"
# ## 2. RMSE

# %% [markdown] lang="en"
# ## 2. RMSE


# %%
def rmse(truth, predicted):
    # BEGIN SOLUTION
    return float(np.sqrt(np.mean((np.asarray(predicted) - np.asarray(truth)) ** 2)))
    # END SOLUTION


show(rmse, [30, 40], [33, 36])

# %% [markdown] lang="ko"
# ## 3. 로그를 쓴 선형 회귀
# `features`가 상수 1, 재료 다섯 가지, 재령의 로그를 열로 쌓습니다. 최소제곱(`np.linalg.lstsq`)으로 계수를 구해 `test`의 강도를 목록으로 돌려주십시오.
# 더 나은 방법이 있으면 그것을 써도 됩니다.

# %% [markdown] lang="en"
# ## 3. Linear regression with a logarithm
# `features` stacks a column of ones, five ingredients and the logarithm of age. Find the coefficients by least squares
# (`np.linalg.lstsq`) and return the strengths of `test` as a list. If you know something better, use that.

# %%
INGREDIENTS = ["cement", "slag", "fly_ash", "water", "superplasticizer"]


def features(table):
    columns = [np.asarray(table[name], dtype=float) for name in INGREDIENTS]
    return np.column_stack([np.ones(len(columns[0])), *columns, np.log(table["age"])])


def regression(train, test):
    # BEGIN SOLUTION
    weights = np.linalg.lstsq(features(train), np.asarray(train["strength"]), rcond=None)[0]
    return (features(test) @ weights).tolist()
    # END SOLUTION


show(regression, TRAIN, TEST)

# %% [markdown] lang="ko"
# ## 4. 제출 파일
# 머리글 `id,strength` 다음에 한 줄에 하나씩, 값은 소수 둘째 자리까지 적은 글을 돌려주십시오. 줄마다 `\n`으로 끝납니다.

# %% [markdown] lang="en"
# ## 4. The file
# Return the text of the file: the header `id,strength`, then one row a line with two decimals. Every line ends with `\n`.


# %%
def submission_text(ids, values):
    # BEGIN SOLUTION
    rows = [f"{name},{value:.2f}" for name, value in zip(ids, values, strict=True)]
    return "\n".join(["id,strength", *rows]) + "\n"
    # END SOLUTION


show(submission_text, ["C0001", "C0008"], [33.333, 41.0])

# %% [markdown] lang="ko"
# ## 제출할 파일
# 아래 칸의 출력을 그대로 `predictions.csv`로 저장하십시오.

# %% [markdown] lang="en"
# ## What you hand in
# Save what this cell prints as `predictions.csv`, as it is.

# %%
try:
    print(submission_text(TEST["id"], regression(TRAIN, TEST)), end="")
except NotImplementedError:
    print("...")
except Exception:
    traceback.print_exc()
