"""What changed between two revisions, as a person reads it: part by part, line by line, words marked."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dure.alliance.agreements.articles import written
from dure.alliance.agreements.content import Content
from dure.alliance.agreements.payments import exact

Mark = Literal["same", "out", "in"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stayed, went out or came in."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text that changed; `name` says which."""

    name: str
    lines: tuple[Line, ...]


def parts_of(content: Content) -> dict[str, str]:
    """The content as named texts."""
    named = {party.organisation: party.name_ko or party.name_en for party in content.parties}
    money = [
        f"{one.due_on} · {exact(one.amount, one.currency)} {one.currency} · "
        f"{named.get(one.payer, '')} → {named.get(one.payee, '')} · {one.what_ko} / {one.what_en}"
        for one in content.payments
    ]
    return {
        "title": f"{content.title_ko}\n{content.title_en}",
        "kind": content.kind,
        "parties": "\n".join(f"{one.name_ko} / {one.name_en}" for one in content.parties),
        "cooperation": "\n".join(content.cooperation),
        "term": f"{content.effective_from} – {content.effective_to or ''}\n{content.notice_days}",
        "authoritative": content.authoritative,
        "public": "1" if content.is_public else "0",
        "articles_ko": written(content.articles, "ko"),
        "articles_en": written(content.articles, "en"),
        "confidentiality": f"{content.confidentiality_ko}\n\n{content.confidentiality_en}",
        "ip": f"{content.ip_ko}\n\n{content.ip_en}",
        "payments": "\n".join(money),
    }


def differences(old: Content, new: Content) -> list[Part]:
    """The parts that changed, in the order of the text."""
    before, after = parts_of(old), parts_of(new)
    changed = [name for name in after if before[name] != after[name]]
    return [Part(name, tuple(_lines(before[name], after[name]))) for name in changed]


def _lines(before: str, after: str) -> Iterator[Line]:
    old, new = before.split("\n"), after.split("\n")
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from (Line("same", text) for text in old[old_from:old_to])
            continue
        yield from (Line("out", text) for text in old[old_from:old_to])
        yield from (Line("in", text) for text in new[new_from:new_to])
