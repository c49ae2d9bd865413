"""What runs beside a learner's code and in the judge's sandbox, as kept files."""

from functools import lru_cache

from dure.engines.courses import lab_jobs
from dure.engines.judging import CELLS, GRADING, WORKER, pack_paths
from dure.foundation import files


@lru_cache(maxsize=1)
def kit() -> lab_jobs.Kit:
    """Kept once in a process: it is the same for every lab."""
    with files.scratch() as out:
        pack_paths(GRADING, out)
        judge = files.put_scratch(out)
    return lab_jobs.Kit(
        worker=files.put_bytes(WORKER.read_bytes()).sha256,
        cells=files.put_bytes(CELLS.read_bytes()).sha256,
        judge=judge.sha256,
    )
