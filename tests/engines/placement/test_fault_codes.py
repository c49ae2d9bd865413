"""Every fault that the engine can name has a sentence, and every sentence a fault."""

import re
from pathlib import Path

from dure.engines import placement

FOLDER = Path(placement.__file__).parent


def test_codes_and_sentences_match() -> None:
    texts = [file.read_text() for file in FOLDER.glob("*.py") if file.name != "fault_codes.py"]
    assert {code for text in texts for code in re.findall(r'"(placement_[a-z_]+)"', text)} == set(
        placement.FAULTS
    )
