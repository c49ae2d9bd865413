"""The questions that come with Dure."""

import re
import subprocess
import sys
from collections import Counter

from dure.engines import courses, skills
from dure.engines.courses import quizzes
from dure.engines.tracing import FIRM, known
from dure.learn.paths.bank import as_answer, bank, guess_of

HANGUL = re.compile("[가-힣]")


def right_answer(item: courses.Item) -> list[str]:
    """What a learner gives who knows it."""
    if item.kind == "order":
        return [str(at) for at in range(len(item.options))]
    if item.options:
        return [str(at) for at, option in enumerate(item.options) if option.right]
    return [item.answer]


def test_every_question_is_whole_and_its_own_answer_is_right() -> None:
    for item in bank().items.values():
        assert list(quizzes.faults_of(item)) == []
        assert courses.judged(item, right_answer(item)).right, item.id


def test_a_program_prints_what_its_question_says() -> None:
    asked = [item for item in bank().items.values() if item.kind == "output"]
    assert asked
    for item in asked:
        done = subprocess.run([sys.executable, "-Ic", item.code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == item.answer


def test_questions_are_in_both_languages_and_explain_themselves() -> None:
    for item in bank().items.values():
        said = [item.ask, *([item.why] if item.why else []), *(one.why for one in item.options if one.why)]
        assert all(HANGUL.search(text.ko) and not HANGUL.search(text.en) for text in said), item.id
        assert item.why or all(one.why for one in item.options), item.id


def test_each_skill_of_the_bank_is_in_the_catalogue_and_asked_about_twice() -> None:
    count = Counter(item.skill for item in bank().items.values())
    assert set(count) == set(bank().skills) <= skills.slugs()
    assert min(count.values()) >= 2


def test_a_skill_stands_after_all_that_it_rests_on() -> None:
    order = bank().skills
    assert all(
        order.index(need) < order.index(skill)
        for skill in order
        for need in bank().needs[skill]
        if need in order
    )


def test_whoever_answers_everything_right_is_asked_nothing_twice() -> None:
    sure = known(as_answer(item, right=True) for item in bank().items.values())
    assert min(sure.values()) >= FIRM


def test_what_is_easily_guessed_says_less() -> None:
    guesses = {item.kind: guess_of(item) for item in bank().items.values()}
    assert guesses["number"] == guesses["output"] == 0.05
    assert 0.2 <= guesses["single"] <= 0.34
    assert all(0.05 <= guess_of(item) <= 0.34 for item in bank().items.values())
