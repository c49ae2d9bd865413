"""Two competitions as people write them for Codabench, each in both dialects: results are handed in (iris), or code (code)."""

from typing import Any

import yaml

from tests.problems.codabench.bundles import board, column, legacy_phase, manifest, phase, task, zipped

LABELS = {"public": ["a", "b", "a", "b"], "private": ["a", "a", "b", "b", "a", "b"]}

SCORE = """
import json, sys
from pathlib import Path

given, out = Path(sys.argv[1]), Path(sys.argv[2])
truth = (given / "ref" / "labels.txt").read_text().split()
said = (given / "res" / "predictions.txt").read_text().split()
hits = sum(one == other for one, other in zip(truth, said, strict=True))
print("scored", len(truth), "labels:", *truth)
"""
IN_JSON = '(out / "scores.json").write_text(json.dumps({"accuracy": hits / len(truth), "n": len(truth)}))\n'
IN_TEXT = '(out / "scores.txt").write_text(f"accuracy: {hits / len(truth)}\\nn: {len(truth)}\\n")\n'

INGEST = """
import sys
from pathlib import Path

data, out, program = (Path(word) for word in sys.argv[1:4])
sys.path.insert(0, str(program))
assert not Path("/app/input/ref").exists()
from model import Model

model = Model()
rows = (data / "deep" / "rows.txt").read_text().split()
(out / "predictions.txt").write_text("\\n".join(model.predict(row) for row in rows))
"""


def rows(part: str) -> str:
    """Inputs from which a program could know the label: 1 for a, 2 for b."""
    return "\n".join("1" if label == "a" else "2" for label in LABELS[part])


def iris(**changes: Any) -> bytes:
    """Version 2: two phases with a task each, results only."""
    said = manifest(
        title="Iris-like",
        tasks=[
            task(index=at, name=part, reference_data=f"{part}_reference", input_data=f"{part}_input")
            for at, part in enumerate(LABELS)
        ],
        phases=[
            phase(name="Development", tasks=[0], end="2026-06-01T00:00:00Z"),
            phase(index=1, name="Final", tasks=[1], start="2026-06-02T00:00:00Z"),
        ],
        leaderboards=[board(columns=[column(title="Accuracy", key="accuracy", sorting="desc")])],
    )
    program = {
        "scoring_program/metadata.yaml": "command: python3 /app/program/score.py /app/input /app/output\n",
        "scoring_program/score.py": SCORE + IN_JSON,
    }
    return _zipped(yaml.safe_dump(said | changes), program)


def code(*, parts: tuple[str, ...] = ("private",), **changes: Any) -> bytes:
    """Version 2: a task for each part, in phases one after the other; code is run by an ingestion program."""
    said = manifest(
        title="Code-like",
        tasks=[
            task(
                index=at,
                name=part,
                reference_data=f"{part}_reference",
                input_data=f"{part}_input",
                ingestion_program="ingestion_program",
            )
            for at, part in enumerate(parts)
        ],
        phases=[
            phase(index=at, name=part, tasks=[at], start=f"2026-0{at + 1}-02T00:00:00Z", **_end(at, parts))
            for at, part in enumerate(parts)
        ],
        leaderboards=[board(columns=[column(title="Accuracy", key="accuracy", sorting="desc")])],
    )
    program = {
        "scoring_program/metadata.yaml": "command: python3 score.py /app/input /app/output\n",
        "scoring_program/score.py": SCORE + IN_JSON,
        "ingestion_program/metadata.yaml": (
            "command: python3 /app/program/ingest.py /app/input_data /app/output /app/ingested_program\n"
        ),
        "ingestion_program/ingest.py": INGEST,
    }
    return _zipped(yaml.safe_dump(said | changes), program)


def _end(at: int, parts: tuple[str, ...]) -> dict[str, str]:
    return {} if at + 1 == len(parts) else {"end": f"2026-0{at + 2}-01T00:00:00Z"}


def legacy(*, takes_code: bool) -> bytes:
    """Version 1, with `$input` and its like in the commands, and scores as text."""
    more = (
        "ingestion_program: ingestion_program\n    input_data: private_input" if takes_code else "color: red"
    )
    text = f"""
title: Old {"code" if takes_code else "iris"}
description: From before
image: logo.png
has_registration: False
html:
  overview: overview.md
  terms: terms.md
phases:
{legacy_phase(1, "2026-01-01", extra=more).replace("reference_data: reference_data", "reference_data: private_reference")}
leaderboard:
  leaderboards:
    RESULTS: &RESULTS
      label: Results
      rank: 1
  columns:
    accuracy:
      leaderboard: *RESULTS
      label: Accuracy
      rank: 1
      numeric_format: "4"
"""
    program = {
        "scoring_program/metadata": "command: python $program/score.py $input $output\n",
        "scoring_program/score.py": SCORE + IN_TEXT,
        "ingestion_program/metadata": (
            "command: python $ingestion_program/ingest.py $input $predictions $submission_program\n"
        ),
        "ingestion_program/ingest.py": INGEST,
    }
    return _zipped(text, program)


def _zipped(text: str, program: dict[str, str]) -> bytes:
    data = {
        f"{part}_{kind}/{name}": content
        for part, labels in LABELS.items()
        for kind, name, content in (
            ("reference", "labels.txt", "\n".join(labels)),
            ("input", "deep/rows.txt", rows(part)),
        )
    }
    pages: dict[str, bytes | str] = {
        "logo.png": b"\x89PNG",
        "terms.md": "Be fair.",
        "overview.md": "# Overview",
    }
    return zipped({"competition.yaml": text, **pages, **program, **data})


MODEL = "class Model:\n    def predict(self, row):\n        return 'a' if row == '1' else 'b'\n"
HALF = "class Model:\n    def predict(self, row):\n        return 'a'\n"
