"""Templates of terms: committed content in both languages, with blanks to fill. To be checked by a lawyer before real use."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from dure.engines.faults import Fault, Faulty
from dure.foundation import i18n

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("ko", "en")
PARTS: Final = ("summary", "body")
LONGEST_BLANK: Final = 200


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a template that somebody fills in, with what stands there when they do not."""

    name: str
    label_ko: str
    label_en: str
    default_ko: str
    default_en: str

    @property
    def label(self) -> str:
        return i18n.localized(self, "label")


@dataclass(frozen=True, slots=True)
class Template:
    """One text: `kind` is the ProblemTerms kind it stands for; places are written as {name}."""

    key: str
    kind: str
    title_ko: str
    title_en: str
    summary_ko: str
    summary_en: str
    body_ko: str
    body_en: str
    blanks: tuple[Blank, ...]

    @property
    def title(self) -> str:
        return i18n.localized(self, "title")

    @property
    def summary(self) -> str:
        return i18n.localized(self, "summary")


def read(path: Path) -> Template:
    """The template in one YAML file; the file's name is its key."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    blanks = tuple(Blank(**blank) for blank in found.pop("blanks", []))
    return Template(key=path.stem, blanks=blanks, **found)


TEMPLATES: Final[dict[str, Template]] = {path.stem: read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def fill(template: Template, *, problem: Any, values: Mapping[str, str]) -> dict[str, str]:
    """The words of a template for one problem: summary and body in both languages.

    `values` holds each blank once for both languages, or `<name>_ko` and `<name>_en` apart. Empty ones take the default. What
    people write is put in as it is, once: braces in it stand for themselves. Raises Faulty for blanks that are too long.
    """
    faults = [
        Fault("blank_too_long", {"limit": LONGEST_BLANK}, place=name)
        for name, value in values.items()
        if len(value) > LONGEST_BLANK
    ]
    if faults:
        raise Faulty(faults)
    return {
        f"{part}_{language}": _placed(
            getattr(template, f"{part}_{language}"), _words(template, problem, values, language)
        )
        for part in PARTS
        for language in LANGUAGES
    }


def _words(template: Template, problem: Any, values: Mapping[str, str], language: str) -> dict[str, str]:
    organisation = problem.organisation
    words = {
        "organisation": _either(organisation, "name", language) if organisation else "",
        "title": _either(problem, "title", language),
    }
    for blank in template.blanks:
        given = values.get(f"{blank.name}_{language}") or values.get(blank.name) or ""
        words[blank.name] = given.replace("\x00", "").strip() or getattr(blank, f"default_{language}")
    return words


def _either(obj: Any, name: str, language: str) -> str:
    """The words in one language, or in the other when that is empty."""
    other = "en" if language == "ko" else "ko"
    return str(getattr(obj, f"{name}_{language}") or getattr(obj, f"{name}_{other}"))


def _placed(text: str, words: Mapping[str, str]) -> str:
    """Each {name} replaced in one pass, so that what was filled in is never read as a place again."""
    pieces = text.split("{")
    out = [pieces[0]]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        out.append(f"{words[name]}{rest}" if closed and name in words else "{" + piece)
    return "".join(out)
