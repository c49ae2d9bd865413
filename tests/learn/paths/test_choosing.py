"""Which question comes next."""

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.tracing import Reason
from dure.learn.paths.bank import bank
from dure.learn.paths.choosing import Given, next_item, path

answers = st.lists(
    st.builds(
        lambda item, right: Given(item.skill, right, item.id),
        st.sampled_from(list(bank().items.values())),
        st.booleans(),
    ),
    max_size=40,
)


def answered(right: bool, times: int = 1) -> list[Given]:
    """Every question of the bank, in order, so many times."""
    return [Given(item.skill, right, item.id) for _time in range(times) for item in bank().items.values()]


def test_at_first_each_skill_is_asked_about_once() -> None:
    given_so_far: list[Given] = []
    asked = []
    while path(bank(), given_so_far).unasked:
        item = next_item(bank(), given_so_far)
        assert item is not None
        asked.append(item.skill)
        given_so_far.append(Given(item.skill, right=False, item=item.id))
    assert asked == list(bank().skills)


def test_knowing_everything_leaves_nothing_to_do() -> None:
    where = path(bank(), answered(right=True))
    assert where.step is None
    assert {place.standing for place in where.places} == {"firm"}
    assert next_item(bank(), answered(right=True)) is None


def test_one_who_knows_nothing_begins_at_the_ground() -> None:
    where = path(bank(), answered(right=False))
    assert where.step is not None
    assert where.step.reason is Reason.LEAST_SURE
    assert not [need for need in bank().needs[where.step.skill] if need in bank().skills]
    held = {place.skill: place.waits_for for place in where.places}
    assert held["data-leakage"] == ("data-quality", "model-validation")


def test_of_a_skill_the_question_longest_unseen_comes_again() -> None:
    first, second = bank().of("calibration")
    seen = [Given("calibration", right=False, item=first.id)]
    assert next_item(bank(), seen, skill="calibration") == second
    seen.append(Given("calibration", right=False, item=second.id))
    assert next_item(bank(), seen, skill="calibration") == first


def test_answers_in_courses_count_for_practice_too_and_others_are_left_out() -> None:
    seen = [Given("calibration", right=True)] * 3 + [Given("sql", right=True)]
    standing = {place.skill: place.standing for place in path(bank(), seen).places}
    assert standing["calibration"] == "firm"
    assert "sql" not in standing
    assert next_item(bank(), seen, skill="sql") is None


@given(answers)
def test_there_is_a_question_until_every_skill_is_firm(seen: list[Given]) -> None:
    where, item = path(bank(), seen), next_item(bank(), seen)
    if item is None:
        assert {place.standing for place in where.places} == {"firm"}
    elif where.unasked:
        assert item.skill == where.unasked[0]
    else:
        assert where.step is not None
        assert item.skill == where.step.skill
        assert [place.waits_for for place in where.places if place.skill == item.skill] == [()]
