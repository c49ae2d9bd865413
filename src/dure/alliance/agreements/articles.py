"""Numbered articles, written as people write them: a line that begins with # is the heading of the next article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dure.alliance.agreements.canonical import tidy
from dure.engines.faults import Fault, Faulty

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Article:
    """One article in both languages; its number is its place."""

    heading_ko: str = ""
    heading_en: str = ""
    text_ko: str = ""
    text_en: str = ""


def read(ko: str, en: str) -> list[Article]:
    """Articles of both languages side by side. Raises Faulty with all that is wrong."""
    korean, faults_ko = _parts(ko, "articles_ko")
    english, faults_en = _parts(en, "articles_en")
    faults = [*faults_ko, *faults_en]
    if korean and english and len(korean) != len(english):
        counts = {"korean": len(korean), "english": len(english)}
        faults.append(Fault("articles_differ", counts, place="articles_en"))
    if faults:
        raise Faulty(faults)
    blank = [("", "")] * max(len(korean), len(english))
    pairs = zip(korean or blank, english or blank, strict=True)
    return [Article(k[0], e[0], k[1], e[1]) for k, e in pairs]


def _parts(words: str, place: str) -> tuple[list[tuple[str, str]], list[Fault]]:
    found: list[tuple[str, list[str]]] = []
    faults: list[Fault] = []
    for number, line in enumerate(tidy(words).split("\n"), start=1):
        if line.startswith("#"):
            found.append((line.lstrip("#").strip(), []))
        elif found:
            found[-1][1].append(line)
        elif line:
            faults = [Fault("article_without_heading", row=number, place=place)]
    if len(found) > MOST:
        faults.append(Fault("too_many_articles", {"limit": MOST}, place=place))
    empty = [at for at, (heading, _lines) in enumerate(found, start=1) if not heading]
    faults += [Fault("article_heading_empty", {"number": at}, place=place) for at in empty]
    return [(heading, "\n".join(lines).strip("\n")) for heading, lines in found], faults


def written(articles: Sequence[Article], language: str) -> str:
    """The articles of one language as `read` takes them."""
    parts = [(getattr(one, f"heading_{language}"), getattr(one, f"text_{language}")) for one in articles]
    return "\n\n".join(f"# {heading}\n{text}" for heading, text in parts if heading or text)
