"""What we believe against what Slurm says: every case of the table, and what holds for any."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.farm.slurm.naming import Ref
from dure.farm.slurm.reading import Seen
from dure.farm.slurm.reconciling import (
    HANDING_OVER_S,
    OUTCOME_S,
    PHANTOM_S,
    SURE_S,
    Action,
    Believed,
    Ended,
    Found,
    Lost,
    Runs,
    Stop,
    Waits,
    reconcile,
)
from dure.farm.slurm.states import STANDINGS, End, state_of

REF = Ref(UUID(int=1), 1)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LONG = 10 * PHANTOM_S


def seen(state: str, number: int = 7, ref: Ref = REF, reason: str = "") -> Seen:
    return Seen(ref, number, state_of(state), NOON, NOON, "kt1", reason)


def known(**more: object) -> Believed:
    given = {"number": 7, "age": LONG, "missing": LONG, **more}
    return Believed(REF, **given)  # type: ignore[arg-type]  # given by name in the table below


CASES: dict[str, tuple[Believed, list[Seen], list[Seen] | None, list[Action]]] = {
    "waits as we know": (known(reason="Priority", missing=0), [seen("PENDING", reason="Priority")], [], []),
    "waits for another reason": (
        known(),
        [seen("PENDING", reason="Resources")],
        [],
        [Waits(REF, "Resources")],
    ),
    "starts": (known(), [seen("RUNNING")], [], [Runs(REF, "kt1", NOON)]),
    "runs as we know": (known(is_running=True), [seen("RUNNING")], [], []),
    "is in a state we do not know": (known(), [seen("TELEPORTING")], [], []),
    "waits again though it ran": (known(is_running=True), [seen("PENDING")], [], [Waits(REF, "")]),
    "came in though sbatch did not say so": (
        known(number=None, age=1, missing=0),
        [seen("PENDING")],
        [],
        [Found(REF, 7)],
    ),
    "was refused and waits to be asked again": (
        known(number=None, is_refused=True),
        [seen("FAILED")],
        [],
        [],
    ),
    "is there twice": (
        known(is_running=True),
        [seen("RUNNING"), seen("PENDING", 9)],
        [],
        [Stop(REF, 9)],
    ),
    "is there twice, and neither is known": (
        known(number=None),
        [seen("PENDING", 9), seen("PENDING", 8)],
        [],
        [Stop(REF, 9), Found(REF, 8)],
    ),
    "ended well": (
        known(has_outcome=True),
        [seen("COMPLETED")],
        [],
        [Ended(REF, End.COMPLETED, "kt1", NOON)],
    ),
    "ended well, its outcome not seen yet": (known(missing=1), [seen("COMPLETED")], [], []),
    "ended well, but its outcome never came": (
        known(missing=OUTCOME_S),
        [seen("COMPLETED")],
        [],
        [Ended(REF, End.FAILED, "kt1", NOON)],
    ),
    "left the queue, the accounting has its end": (
        known(missing=1),
        [],
        [seen("NODE_FAIL")],
        [Ended(REF, End.NODE_LOST, "kt1", NOON)],
    ),
    "its number ended as somebody else's": (
        known(missing=1),
        [],
        [seen("COMPLETED", ref=Ref(UUID(int=2), 1))],
        [],
    ),
    "another start of its name ended": (known(missing=1), [], [seen("FAILED", 3)], []),
    "left the queue, its outcome is here, the accounting is away": (
        known(has_outcome=True),
        [],
        None,
        [Ended(REF, End.COMPLETED)],
    ),
    "left the queue, the accounting is away": (known(), [], None, []),
    "is nowhere, but not for long": (known(missing=SURE_S - 1), [], [], []),
    "is nowhere": (known(missing=SURE_S), [], [], [Lost(REF)]),
    "was asked for a moment ago": (known(number=None, age=HANDING_OVER_S - 1), [], [], []),
    "was asked for and never came": (known(number=None, age=HANDING_OVER_S), [], [], [Lost(REF)]),
    "runs in the accounting alone, which may be late": (
        known(missing=PHANTOM_S - 1),
        [],
        [seen("RUNNING")],
        [],
    ),
    "runs in the accounting alone for ever": (known(missing=PHANTOM_S), [], [seen("RUNNING")], [Lost(REF)]),
}


@pytest.mark.parametrize("case", CASES)
def test_each_case(case: str) -> None:
    believed, queue, accounts, actions = CASES[case]
    assert reconcile([believed], queue, accounts) == actions


def test_what_we_believe_nothing_of_is_stopped_once_and_what_is_over_is_left() -> None:
    gone = Ref(UUID(int=3), 2)
    queue = [seen("RUNNING", 4, gone), seen("COMPLETED", 5, Ref(UUID(int=4), 1))]
    assert reconcile([], queue, []) == [Stop(gone, 4)]


STATES = [*STANDINGS, "ODD"]
REFS = st.sampled_from([Ref(UUID(int=number), 1) for number in range(1, 4)])
ROWS = st.lists(st.builds(seen, st.sampled_from(STATES), st.integers(1, 5), REFS), max_size=6)
BELIEFS = st.lists(
    st.builds(
        Believed,
        REFS,
        number=st.none() | st.integers(1, 5),
        is_refused=st.booleans(),
        is_running=st.booleans(),
        age=st.floats(0, 200),
        missing=st.floats(0, 200),
        has_outcome=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda one: one.ref,
)


@given(BELIEFS, ROWS, st.none() | ROWS)
def test_nothing_alive_is_lost_and_nothing_ends_twice(
    beliefs: list[Believed], queue: list[Seen], accounts: list[Seen] | None
) -> None:
    actions = reconcile(beliefs, queue, accounts)
    alive = {job.ref for job in queue if job.state.end is None}
    over = [action.ref for action in actions if isinstance(action, Ended | Lost)]
    assert len(over) == len(set(over))
    assert not alive & set(over)
    if accounts is None:
        assert not any(isinstance(action, Lost) for action in actions)
    believed = {one.ref for one in beliefs}
    numbers = {job.number for job in queue}
    for stop in (action for action in actions if isinstance(action, Stop)):
        assert stop.number in numbers
        twice = [job for job in queue if job.ref == stop.ref and job.state.end is None]
        assert stop.ref not in believed or len(twice) > 1
