"""Korean is complete: every sentence in the code stands in the catalogue, translated, and the compiled file is up to date."""

import ast
import re
import shutil
from pathlib import Path

import polib
import pytest
from scripts import catalogue

KOREAN = polib.pofile(str(catalogue.CATALOGUE))
SOURCE = Path(__file__).parents[2] / "src" / "dure"
HINT = "run scripts/messages and fill in the Korean"


def test_every_sentence_has_its_korean() -> None:
    assert catalogue.untranslated(KOREAN) == [], HINT
    assert [entry.msgid for entry in KOREAN if entry.fuzzy or entry.obsolete] == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext (./dure test --install)")
def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    code = {catalogue.key_of(entry) for entry in catalogue.extracted()}
    known = {catalogue.key_of(entry) for entry in KOREAN}
    assert code - known == set(), HINT
    assert known - code == set(), HINT


def test_no_sentence_hides_inside_an_f_string() -> None:
    """xgettext reads no f-string: a call of gettext in one would be in no catalogue, and shown in English."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in SOURCE.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"_", "_now", "gettext", "ngettext", "pgettext"}
    ]
    assert hidden == []


def test_places_in_sentences_are_named_and_the_same_in_korean() -> None:
    wrong = []
    for entry in KOREAN:
        source = f"{entry.msgid} {entry.msgid_plural}"
        korean = entry.msgstr_plural.get(0) or entry.msgstr
        if re.search(r"(?<!%)%[sdrif]", source) or places(korean) - places(source):
            wrong.append(entry.msgid)
        if not entry.msgid_plural and places(entry.msgid) != places(korean):
            wrong.append(entry.msgid)
    assert wrong == []


def test_people_are_called_by_one_name() -> None:
    """The problem owner is 수요기업 담당자 (DESIGN.md, section 1), in every sentence."""
    wrong = re.compile("문제 (?:주인|담당자)|(?<!수요기업 )담당자(?=가 |에게 묻)")
    assert [entry.msgid for entry in KOREAN if wrong.search(entry.msgstr)] == []


def places(sentence: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", sentence))


def test_the_compiled_catalogue_says_the_same() -> None:
    compiled = polib.mofile(str(catalogue.CATALOGUE.with_suffix(".mo")))
    said = {catalogue.key_of(entry): (entry.msgstr, entry.msgstr_plural) for entry in compiled}
    done = [entry for entry in KOREAN if entry.translated()]
    written = {catalogue.key_of(entry): (entry.msgstr, entry.msgstr_plural) for entry in done}
    assert said == written, HINT
