"""Every fault that the engine can name has a sentence, and every sentence a fault."""

import re
from pathlib import Path

from dure.engines import credentials as ob

FOLDER = Path(ob.__file__).parent


def test_codes_and_sentences_match() -> None:
    written = {code for file in FOLDER.glob("*.py") if file.name != "fault_codes.py" for code in _codes(file)}
    assert written == set(ob.FAULTS)


def _codes(file: Path) -> set[str]:
    return set(re.findall(r'"(credential_[a-z_]+)"', file.read_text()))
