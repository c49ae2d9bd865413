"""What PostgreSQL does with our literals, written again in Python: the two casts, @@ and LIKE."""

import re

from dure.engines.text import SearchQuery

_QUOTED = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)


def _unquoted(inner: str) -> str:
    return re.sub(r"''|\\(.)", lambda match: match[1] or "'", inner, flags=re.DOTALL)


def cast_tsvector(literal: str) -> set[str]:
    """The lexemes; refuses whatever is not quoted lexemes with single spaces between."""
    lexemes: set[str] = set()
    at = 0
    while at < len(literal):
        match = _QUOTED.match(literal, at)
        assert match is not None, f"syntax error in tsvector: {literal[at : at + 40]!r}"
        assert 0 < len(match[1].encode()) < 2046
        lexemes.add(_unquoted(match[1]))
        at = match.end()
        assert literal[at : at + 1] in ("", " ")
        at += 1
    return lexemes


def cast_tsquery(literal: str) -> list[tuple[str, bool]]:
    """The lexemes that must all be met, each with whether it is a prefix; refuses any other syntax."""
    wanted: list[tuple[str, bool]] = []
    at = 0
    while at < len(literal):
        match = _QUOTED.match(literal, at)
        assert match is not None, f"syntax error in tsquery: {literal[at : at + 40]!r}"
        prefix = literal.startswith(":*", match.end())
        wanted.append((_unquoted(match[1]), prefix))
        at = match.end() + 2 * prefix
        assert literal[at : at + 3] in ("", " & ")
        at += 3
    return wanted


def finds(literal: str, body: str, query: SearchQuery) -> bool:
    """`literal::tsvector @@ query.tsquery::tsquery AND body LIKE each of query.likes`."""
    lexemes = cast_tsvector(literal)
    wanted = cast_tsquery(query.tsquery)
    met = bool(wanted) and all(
        any(lexeme.startswith(text) for lexeme in lexemes) if prefix else text in lexemes
        for text, prefix in wanted
    )
    return met and all(_like(body, pattern) for pattern in query.likes)


def _like(body: str, pattern: str) -> bool:
    middle = pattern[1:-1]
    assert pattern == f"%{middle}%"
    assert not set("%_\\") & set(middle), "a wildcard of the person's own"
    return middle in body
