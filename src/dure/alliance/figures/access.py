"""The only ways to figures, their rows and publications from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.figures import counting, rules, table, words
from dure.alliance.figures.table import Figure
from dure.alliance.models import FiguresPublication
from dure.foundation import clock
from dure.foundation.access import Hidden, demand


def year_of(word: str) -> int:
    """The year in a word; this one for what is no year that has begun."""
    this = clock.today().year
    year = int(word) if word.isascii() and word.isdigit() and len(word) == 4 else this
    return year if counting.FIRST_YEAR <= year <= this else this


def access_figure(person: Any, code: str) -> Figure | None:
    """A figure by its code; None is that of the small firms, which is counted from the others. Raises Denied, Hidden."""
    demand(rules.may_read(person))
    found = table.find(code)
    if found is None and code != words.SMALL_FIRMS:
        raise Hidden(code)
    return found


def access_publication(uid: UUID) -> FiguresPublication:
    """Published figures, for everybody. Raises Hidden."""
    found = FiguresPublication.objects.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
