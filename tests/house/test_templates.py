"""What templates may not do."""

import re
from pathlib import Path

TEMPLATES = sorted((Path(__file__).parents[2] / "src" / "dure").rglob("templates/**/*.html"))
IF = re.compile(r"{% (?:el)?if ([^%]*)%}")
REFUSAL = re.compile(r"\b(?:\w*refused|why_not|barred)\b(?!\.)")


def test_a_refusal_is_asked_for_its_message_not_for_its_truth() -> None:
    """A refusal is false, as decisions are: `{% if refused %}` never shows it."""
    wrong = [
        f"{path.name}: {words}"
        for path in TEMPLATES
        for words in IF.findall(path.read_text())
        if REFUSAL.search(words.split("|")[0])
    ]
    assert TEMPLATES
    assert not wrong, "\n".join(wrong)
