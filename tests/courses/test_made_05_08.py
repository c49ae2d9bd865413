"""Data and figures of units 5 to 8 of the first course are what their scripts make of public sources."""

import os
from pathlib import Path

import pytest
from scripts.courses import figures_05_08, machine_life, mobility

UNITS = Path(__file__).parents[2] / "courses" / "industry-ai-101" / "units"
DRAWN = 14
MADE = 9
"""Two tables of alarms, two of movements, three of windows to learn from and two for the judge."""


@pytest.mark.mirror
def test_the_data_are_made_again_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_life, "UNITS", tmp_path)
    monkeypatch.setattr(mobility, "LAB", tmp_path / "06-mobility-privacy" / "lab")
    for script in (machine_life, mobility):
        script.main(os.environ["DURE_DATA_MIRROR"])
    assert _same(tmp_path, "*.csv") == MADE
    assert _same(tmp_path, "*.txt") == len(["licence.txt"])


def test_the_figures_are_drawn_again_to_the_byte(tmp_path: Path) -> None:
    figures_05_08.main(str(tmp_path))
    assert _same(tmp_path, "*.svg") == DRAWN


def _same(folder: Path, pattern: str) -> int:
    """How many files were made, all of them like those that are shipped."""
    made = [path.relative_to(folder) for path in folder.rglob(pattern)]
    assert [path for path in made if (folder / path).read_bytes() != (UNITS / path).read_bytes()] == []
    return len(made)
