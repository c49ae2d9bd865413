"""What is right, and in which order options are shown."""

from pathlib import Path

import pytest

from dure.engines.courses import Item, is_whole, judged, read, shown_options
from tests.factories.course_files import laid


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Item]:
    folder: Path = laid(tmp_path_factory.mktemp("course"))
    return {item.id: item for item in read(folder).units[0].quiz}


@pytest.mark.parametrize(
    ("name", "given", "right"),
    [
        ("pick", ["1"], True),
        ("pick", ["0"], False),
        ("many", ["0", "1"], True),
        ("many", ["1", "0"], True),
        ("many", ["0"], False),
        ("many", ["0", "1", "2"], False),
        ("count", ["12.5"], True),
        ("count", ["12.59"], True),
        ("count", ["12,5"], False),
        ("count", [" 12.45 % "], True),
        ("count", ["-12.5"], False),
        ("word", ["K-Fold"], True),
        ("word", ["kfold cross"], False),
        ("sort", ["0", "1", "2"], True),
        ("sort", ["1", "0", "2"], False),
        ("prints", ["1\n"], True),
        ("prints", ["2"], False),
    ],
)
def test_answers(items: dict[str, Item], name: str, given: list[str], right: bool) -> None:
    assert is_whole(items[name], given)
    found = judged(items[name], given)
    assert (found.right, found.points) == (right, items[name].points if right else 0)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("pick", []),
        ("pick", ["0", "1"]),
        ("pick", ["7"]),
        ("pick", ["yes"]),
        ("many", []),
        ("many", ["0", "0"]),
        ("sort", ["0", "1"]),
        ("count", ["a lot"]),
        ("count", ["nan"]),
        ("count", ["inf"]),
        ("word", ["  "]),
    ],
)
def test_what_is_no_answer(items: dict[str, Item], name: str, given: list[str]) -> None:
    assert not is_whole(items[name], given)


def test_the_order_of_options_is_a_learners_own_and_stays(items: dict[str, Item]) -> None:
    orders = {
        tuple(number for number, _ in shown_options(items["sort"], f"learner {at}")) for at in range(40)
    }
    assert len(orders) > 1
    assert shown_options(items["sort"], "one") == shown_options(items["sort"], "one")
