"""Korean/English search tokens."""

from dure.engines.text.around import around
from dure.engines.text.folding import Folded, fold
from dure.engines.text.highlight import highlight
from dure.engines.text.query import SearchQuery, parse_query
from dure.engines.text.tokens import Term, index_tokens, normalise, tsvector_literal

__all__ = [
    "Folded",
    "SearchQuery",
    "Term",
    "around",
    "fold",
    "highlight",
    "index_tokens",
    "normalise",
    "parse_query",
    "tsvector_literal",
]
