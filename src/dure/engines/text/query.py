"""What a person typed into a search box, as a condition PostgreSQL can answer from an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dure.engines.text.aliases import ANY_ALIAS
from dure.engines.text.tokens import LONGEST_TOKEN, Term, normalise, pairs, quoted, terms_of

LONGEST_QUERY: Final = 400
"""Characters read of a query."""

MOST_TERMS: Final = 24
"""Words read of a query; later ones are ignored."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All words must be met: `tokens @@ tsquery::tsquery` and `body LIKE` each of `likes`.

    `tsquery` is safe to cast; `likes` are patterns such as `%수요예측%` over the normalised body, without
    wildcards of the person's own. `terms` are the words for `highlight`. A query without a word is empty
    and finds nothing.
    """

    tsquery: str
    likes: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.tsquery


def parse_query(text: str) -> SearchQuery:
    """The condition for a text a person typed. Nothing in it is an operator: no input breaks the syntax."""
    terms = tuple(dict.fromkeys(_query_terms(normalise(text[:LONGEST_QUERY]))))[:MOST_TERMS]
    lexemes = dict.fromkeys(lexeme for term in terms for lexeme in _lexemes(term))
    return SearchQuery(
        tsquery=" & ".join(lexemes),
        likes=tuple(f"%{term.text}%" for term in terms if _needs_recheck(term)),
        terms=terms,
    )


def _query_terms(normalised: str) -> Iterator[Term]:
    """Aliases take their stretch of the query whole, so that C++ does not also ask for the letter c."""
    at = 0
    for match in ANY_ALIAS.finditer(normalised):
        yield from terms_of(normalised[at : match.start()])
        yield Term("alias", match.lastgroup or "")
        at = match.end()
    yield from terms_of(normalised[at:])


def _lexemes(term: Term) -> list[str]:
    if term.kind != "hangul":
        return [quoted(term.text[:LONGEST_TOKEN])]
    if len(term.text) == 1:
        return [f"{quoted(term.text)}:*"]
    return [quoted(pair) for pair in pairs(term.text)]


def _needs_recheck(term: Term) -> bool:
    """Pairs of a longer word may stand apart in a text (음성 성인 for 음성인); a cut token is ambiguous."""
    longest_exact = 2 if term.kind == "hangul" else LONGEST_TOKEN
    return len(term.text) > longest_exact
