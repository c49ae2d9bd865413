"""Slurm's output as values, with the names and lists that it prints in earnest."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from dure.farm.slurm import reading
from dure.farm.slurm.naming import Ref, plain
from dure.farm.slurm.states import SENTENCES, End, Standing, Waits, state_of, waits_of

KEY = "0a1b2c3d"
REF = Ref(UUID("01934d1e-7c00-7000-8000-000000000001"), 2)


def test_a_try_is_known_by_its_name_alone() -> None:
    assert Ref.of(REF.name(KEY), KEY) == REF
    for other in ("wrap", REF.name("ffffffff"), f"{REF.name(KEY)}.5", "dure", "", REF.name(KEY).upper()):
        assert Ref.of(other, KEY) is None


def test_the_queue_with_strangers_in_it() -> None:
    printed = (
        f"12|RUNNING|2026-11-02T12:00:00|2026-11-02T12:00:03|kt1|None|{REF.name(KEY)}\n"
        "13|PENDING|2026-11-02T12:00:00|N/A||Resources|na|me | 이름\n"
        f"14|PENDING|2026-11-02T12:00:01|N/A||ReqNodeNotAvail, UnavailableNodes:kt1|{REF.name(KEY)}\n"
    )
    runs, waits = reading.queue_of(printed, KEY)
    assert (runs.ref, runs.number, runs.state.standing, runs.node) == (REF, 12, Standing.RUNS, "kt1")
    assert runs.started == datetime(2026, 11, 2, 12, 0, 3, tzinfo=UTC)
    assert (waits.started, waits_of(waits.reason)) == (None, Waits.NODES_AWAY)


@pytest.mark.parametrize(
    ("printed", "end"),
    [
        ("COMPLETED", End.COMPLETED),
        ("CANCELLED by 1000", End.CANCELLED),
        ("OUT_OF_MEMORY", End.MEMORY),
        ("PREEMPTED", End.PREEMPTED),
        ("", None),
        ("UNHEARD_OF", None),
    ],
)
def test_states_by_their_first_word(printed: str, end: End | None) -> None:
    assert state_of(printed).end is end


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("(Resources)", Waits.NEXT),
        ("AssocGrpGRES", Waits.MEMBER_LIMIT),
        ("AssocGrpGRESMinutes", Waits.MEMBER_SPENT),
        ("QOSMaxJobsPerUserLimit", Waits.CLASS_LIMIT),
        ("MaxGRESPerAccount\nJob violates accounting/QOS policy", Waits.CLASS_LIMIT),
        ("Invalid account or account/partition combination specified", Waits.NO_ACCOUNT),
        ("PartitionTimeLimit", Waits.TOO_LONG),
        ("Requested node configuration is not available", Waits.NOWHERE),
        ("BeginTime", Waits.LATER),
        ("launch failed requeued held", Waits.HELD),
        ("SomethingNew", Waits.OTHER),
        ("", Waits.SOON),
    ],
)
def test_reasons_become_codes_with_a_sentence(reason: str, code: Waits) -> None:
    assert waits_of(reason) is code
    assert SENTENCES[code]


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Waits)


def test_accelerators_of_accounting_and_of_nodes() -> None:
    held = "billing=200,cpu=1,gres/gpu:h100=2,gres/gpu=3,gres/npu:atom=1,gres/npu=1,mem=512M,node=1"
    assert reading.accelerators_of(held, apart=",", sign="=") == {"gpu": 1, "gpu:h100": 2, "npu:atom": 1}
    assert reading.accelerators_of("gpu:h100:4(S:0-1)", apart=",", sign=":") == {"gpu:h100": 4}
    assert reading.accelerators_of("(null)", apart=",", sign=":") == {}


def test_lists_of_nodes() -> None:
    assert list(reading.nodes_of("kaist1,kt[1-2,07]")) == ["kaist1", "kt1", "kt2", "kt07"]
    assert list(reading.nodes_of("None assigned")) == []


@pytest.mark.parametrize("word", ["a b", "a\nb", "a|b", "이름", "'x'", "--uid=0", "", "$(id)"])
def test_hostile_words_never_reach_slurm(word: str) -> None:
    with pytest.raises(ValueError, match="not a plain word"):
        plain(word)
