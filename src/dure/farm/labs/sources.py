"""What a deep link can open: the apps above register sources, which give files by what a person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from dure.foundation.access import Hidden


@dataclass(frozen=True, slots=True)
class LabFile:
    """A kept file under a plain name; an archive that is to be unpacked becomes a folder of that name."""

    name: str
    sha256: str
    unpack: bool = False


@dataclass(frozen=True, slots=True)
class LabWork:
    """What is laid into a new folder of a home: a notebook of cells, and files beside it.

    `folder` names it, in plain words; `title` is for people. Each cell is its kind (`markdown` or `code`) and its text.
    """

    folder: str
    title: str
    cells: tuple[tuple[str, str], ...] = ()
    files: tuple[LabFile, ...] = ()


Source = Callable[[Any, str], LabWork]
_sources: Final[dict[str, Source]] = {}


def register_lab_source(kind: str, source: Source) -> None:
    """`source(person, ref)` gives the work, or raises Hidden or Denied. Links name it by `kind`."""
    _sources[kind] = source


def empty(_person: Any, _ref: str) -> LabWork:
    """A notebook with nothing in it."""
    return LabWork(folder="notebook", title=_("An empty notebook"), cells=(("code", ""),))


def work_of(person: Any, kind: str, ref: str) -> LabWork:
    """The work a link names, for this person. Raises Hidden or Denied."""
    source = _sources.get(kind)
    if source is None:
        raise Hidden(kind)
    return source(person, ref)
