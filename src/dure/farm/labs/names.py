"""What is laid into a home is called: the name people know, where it can be had."""

import re
from collections.abc import Iterable
from itertools import count
from pathlib import PurePath
from typing import Final

NOTEBOOK: Final = "notebook.ipynb"
_LONGEST: Final = 80


def plain(name: str) -> str:
    """A name that is no path, hides nothing and says what it is."""
    tidy = re.sub(r"[^\w.\-가-힣]+", "-", name).strip(".-")
    stem, end = PurePath(tidy).stem, PurePath(tidy).suffix[:16]
    return (stem[: _LONGEST - len(end)] + end).strip(".-") or "work"


def laid_names(names: Iterable[str]) -> list[str]:
    """The names under which these files lie beside the notebook, in order: no two are the same, and none the notebook's."""
    taken, laid = {NOTEBOOK}, []
    for name in names:
        laid.append(_free(plain(name), taken))
        taken.add(laid[-1])
    return laid


def _free(name: str, taken: set[str]) -> str:
    path = PurePath(name)
    more = (f"{path.stem}-{number}{path.suffix}" for number in count(2))
    return name if name not in taken else next(one for one in more if one not in taken)
