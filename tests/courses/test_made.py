"""The small data and the figures of the first course are what its scripts make of the public source."""

import os
from pathlib import Path

import pytest
from scripts.courses import figures_101, industry_ai_101

from tests.courses.labs import COURSES

COURSE = COURSES / "industry-ai-101"
MADE = 5
"""Tables: the last unit has one for learners and one for the judge."""


@pytest.mark.mirror
def test_the_data_are_made_again_to_the_byte(tmp_path: Path) -> None:
    train = Path(os.environ["DURE_DATA_MIRROR"], "cmapss_fd001", "train.csv.gz")
    industry_ai_101.main(str(train), str(tmp_path))
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert len(made) == MADE
    assert all((tmp_path / path).read_bytes() == (COURSE / path).read_bytes() for path in made)


def test_the_figures_are_drawn_again_to_the_byte(tmp_path: Path) -> None:
    for unit in ("01-framing", "02-data-audit", "03-time-split", "04-anomaly"):
        (tmp_path / "units" / unit).mkdir(parents=True)
        (tmp_path / "units" / unit / "lab").symlink_to(COURSE / "units" / unit / "lab")
    figures_101.main(str(tmp_path))
    drawn = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.svg"))
    assert len(drawn) == 8
    assert all((tmp_path / path).read_bytes() == (COURSE / path).read_bytes() for path in drawn)
