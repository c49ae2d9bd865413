"""Course folders for tests: small, whole, and changed in one place at a time."""

import io
import zipfile
from pathlib import Path

COURSE = """\
id: tiny
title: {ko: 작은 강좌, en: Tiny course}
summary: {ko: 두 단원짜리 강좌입니다., en: A course of two units.}
audience: {ko: 누구나., en: Everybody.}
hours: 2
licence: CC-BY-4.0
track: manufacturing
skills: {needs: {python-basics: 1}, gains: {data-leakage: 1}}
sources: [{name: Own figures, licence: CC-BY-4.0, url: "https://example.org/figures"}]
units: [01-first, 02-second]
pass: {labs: 50, quizzes: 50}
badge: {name: {ko: 작은 배지, en: Tiny badge}, criteria: {ko: 넓이를 셉니다., en: Computes areas.}}
"""
UNIT = """\
title: {ko: 첫 단원, en: First unit}
minutes: 30
goals: [{ko: 넓이를 셀 수 있다., en: Compute an area.}]
"""
LESSON_KO = """\
# 넓이

넓이는 $a \\cdot b$ 입니다.

![네모 하나](figures/box.svg)

::: note
단위를 잊지 마세요.
:::

::: quiz pick
:::
::: quiz many
:::
::: quiz count
:::
::: quiz word
:::
::: quiz sort
:::
::: quiz prints
:::

::: lab
:::
"""
LESSON_EN = (
    LESSON_KO.replace("# 넓이", "# Area")
    .replace("넓이는", "An area is")
    .replace(" 입니다.", ".")
    .replace("네모 하나", "a box")
    .replace("단위를 잊지 마세요.", "Mind the unit.")
)
SECOND_KO, SECOND_EN = "# 끝\n\n끝입니다.\n", "# The end\n\nThat is all.\n"
QUIZ = """\
items:
  - {id: pick, kind: single, skill: data-leakage, ask: {ko: "어느 것이 맞나요?", en: "Which is right?"},
     why: {ko: 그래서 그렇습니다., en: That is why.},
     options: [{text: {ko: 아니요, en: "no"}, why: {ko: 틀림, en: wrong one}},
               {text: {ko: 예, en: "yes"}, right: true, why: {ko: 맞음, en: right one}}]}
  - {id: many, kind: several, skill: data-leakage, points: 2, ask: {ko: 모두 고르세요., en: Choose all.},
     options: [{text: {ko: 하나, en: one}, right: true, why: {ko: 맞음, en: "yes"}},
               {text: {ko: 둘, en: two}, right: true, why: {ko: 맞음, en: "yes"}},
               {text: {ko: 셋, en: three}, why: {ko: 틀림, en: "no"}}]}
  - {id: count, kind: number, skill: data-leakage, answer: 12.5, tolerance: 0.1, ask: {ko: "얼마인가요?", en: "How much?"}}
  - {id: word, kind: text, skill: data-leakage, patterns: ["k-?fold"], ask: {ko: "무엇인가요?", en: "What is it?"}}
  - {id: sort, kind: order, skill: data-leakage, ask: {ko: 차례대로 놓으세요., en: Put in order.},
     options: [{text: {ko: 가, en: first}}, {text: {ko: 나, en: second}}, {text: {ko: 다, en: third}}]}
  - {id: prints, kind: output, skill: data-leakage, feedback: never, attempts: 3, answer: "1",
     code: "print(1)", ask: {ko: "무엇이 찍히나요?", en: "What is printed?"}}
"""
LAB = """\
title: {ko: 넓이 세기, en: Computing areas}
skills: {data-leakage: 1}
minutes: 10
environment: plain
limits: {seconds: 20, call_seconds: 2}
tests:
  - {id: two_by_three, in: public, points: 1, title: {ko: 2 곱하기 3, en: 2 by 3}}
  - {id: any_box, in: hidden, points: 3, title: {ko: 아무 네모, en: Any box},
     hint: {ko: 두 변을 곱하세요., en: Multiply the sides.}}
"""
LAB_SOURCE = """\
# %% [markdown] lang="ko"
# 넓이를 돌려주는 함수를 쓰세요.
# %% [markdown] lang="en"
# Write a function that returns the area.
# %%
def area(a, b):
    # BEGIN SOLUTION
    return a * b
    # END SOLUTION
# %%
print(area(2, 3))
"""
PUBLIC = """\
from comparing import is_number
from judge import call


def two_by_three():
    got = call("area", 2, 3)
    return is_number(got, 6) or f"area(2, 3) is 6, and not {got!r}"
"""
HIDDEN = """\
from comparing import is_number
from judge import call


def any_box():
    return all(is_number(call("area", a, b), a * b) for a, b in ((7, 11), (13, 5), (0.5, 9)))
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>\n'
FILES = {
    "course.yaml": COURSE,
    "units/01-first/unit.yaml": UNIT,
    "units/01-first/lesson.ko.md": LESSON_KO,
    "units/01-first/lesson.en.md": LESSON_EN,
    "units/01-first/quiz.yaml": QUIZ,
    "units/01-first/figures/box.svg": SVG,
    "units/01-first/lab/lab.yaml": LAB,
    "units/01-first/lab/lab.py": LAB_SOURCE,
    "units/01-first/lab/public.py": PUBLIC,
    "units/01-first/lab/hidden.py": HIDDEN,
    "units/02-second/unit.yaml": UNIT.replace("First", "Second").replace("첫", "둘째"),
    "units/02-second/lesson.ko.md": SECOND_KO,
    "units/02-second/lesson.en.md": SECOND_EN,
}
SOLVED = "def area(a, b):\n    return a * b\n"


def laid(folder: Path, **changed: str | None) -> Path:
    """A course folder; `changed` are files by their names (None takes one away)."""
    for name, text in {**FILES, **changed}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def packed(**changed: str | None) -> io.BytesIO:
    """The same as an instructor's upload."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {**FILES, **changed}.items():
            if text is not None:
                archive.writestr(name, text)
    made.seek(0)
    return made
