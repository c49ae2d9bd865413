"""The one mark of the sentences that engines give to translators."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "dure"
MADE = re.compile(r"def gettext_noop|^from (\S+) import .*\bgettext_noop\b", re.MULTILINE)


def test_sentences_are_marked_in_one_way() -> None:
    """Without Django each engine would write its own mark; there is one, beside `Fault`."""
    files = {path.relative_to(SOURCE).as_posix(): path.read_text() for path in SOURCE.rglob("*.py")}
    found = {(name, origin) for name, text in files.items() for origin in MADE.findall(text)}
    assert {name for name, origin in found if not origin} == {"engines/faults.py"}
    assert {origin for _name, origin in found if origin} == {"dure.engines.faults"}
