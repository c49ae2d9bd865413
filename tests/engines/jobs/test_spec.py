"""Jobs as they are kept: what was written is read, also what older versions wrote."""

import json

from dure.engines.jobs import Input, JobSpec, Judge, Limits

JUDGE = Judge(
    command=("python3", "/judge/grading.py", "/judge"),
    inputs=(Input(sha256="a" * 64, target="/judge", unpack=True),),
    packages="standard",
    limits=Limits(memory_mib=300),
    call_seconds=2.5,
)
SPEC = JobSpec(command=("python3", "/sub/worker.py"), limits=Limits(memory_mib=512), judge=JUDGE)


def test_a_job_with_a_judge_is_read_as_it_was_written() -> None:
    assert JobSpec.of_json(json.loads(json.dumps(SPEC.as_json()))) == SPEC


def test_a_row_of_before_there_were_judges_is_read_and_one_without_a_judge_looks_like_it() -> None:
    plain = JobSpec(command=("true",))
    kept = json.loads(json.dumps(plain.as_json()))
    assert "judge" not in kept
    assert JobSpec.of_json(kept) == plain


def test_a_judges_memory_is_held_as_well_and_its_packages_are_needed() -> None:
    assert (SPEC.memory_mib, JobSpec(command=("true",)).memory_mib) == (812, 512)
    assert SPEC.environments == {"standard"}
    assert JobSpec(command=("true",)).environments == frozenset()
