"""10,000 calls through the judge against the same JSON lines through a bare pipe.

Ours: a judge's program asks a submission's function 10,000 times, with `engines.judging` in between, which bounds, times and reads
every line. Bare: this process writes the same calls to a child that reads each with `json` and writes the same answer. Both sides
start their processes within the clock. The sandbox is another benchmark.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness import Result, measure_pairs, report
from tests.engines.judging.talking import process, talk

from dure.engines.judging import Limits

CALLS, ROUNDS, LIMIT = 10_000, 5, 3.0
JUDGE = f"""
from judge import call, report
report(right=sum(call("add", at, 1) == at + 1 for at in range({CALLS})))
"""
SUBMISSION = "def add(a, b):\n    return a + b\n"
BARE = """
import json, sys
for line in sys.stdin:
    call = json.loads(line)
    a, b = (one["v"] for one in call["args"])
    sys.stdout.write(json.dumps({"id": call["id"], "ok": {"v": a + b}}) + "\\n")
    sys.stdout.flush()
"""


def run() -> Result:
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as folder:
        pairs = measure_pairs(lambda: _judged(Path(folder)), _bare, rounds=ROUNDS)
    return Result("judge", pairs.ratio, LIMIT, notes=(pairs.note,))


def _judged(folder: Path) -> None:
    verdict = talk(folder, JUDGE, SUBMISSION, Limits())
    assert verdict.report == {"right": CALLS}, verdict


def _bare() -> None:
    with process("-c", BARE) as (_pipes, child):
        for at in range(CALLS):
            answer = _asked(child, {"id": f"{at:016x}", "fn": "add", "args": [{"v": at}, {"v": 1}]})
            assert answer["ok"] == {"v": at + 1}


def _asked(child: "subprocess.Popen[bytes]", call: dict[str, object]) -> dict[str, object]:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(call).encode() + b"\n")
    child.stdin.flush()
    answer: dict[str, object] = json.loads(child.stdout.readline())
    return answer


if __name__ == "__main__":
    sys.exit(report(run()))
