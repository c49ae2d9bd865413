"""A Python that starts and ends behind every wall against the same Python bare.

Both run `python -c pass` with an empty environment and their output on pipes. Ours goes through the engine's door: bubblewrap,
limits, filter, Landlock, a control group where one can be made, the watching thread, and as root a user of its own.
"""

import subprocess
import sys

from benchmarks.harness import Result, measure_pairs, report

from dure.engines import sandbox
from dure.engines.sandbox.host import this_host

ROUNDS, LIMIT = 60, 2.5
WORDS = [this_host().python, "-c", "pass"]
PROFILE = sandbox.Profile(wall_seconds=20)


def run() -> Result:
    protection = sandbox.protection()
    pairs = measure_pairs(_behind_walls, _bare, rounds=ROUNDS, warm_ups=3)
    note = f"level {protection.level}, without {', '.join(protection.missing) or 'nothing'}; {pairs.note}"
    return Result("sandbox", pairs.ratio, LIMIT, notes=(note,))


def _behind_walls() -> None:
    assert sandbox.run(PROFILE, WORDS).ok


def _bare() -> None:
    subprocess.run(WORDS, env={}, capture_output=True, check=True)


if __name__ == "__main__":
    sys.exit(report(run()))
