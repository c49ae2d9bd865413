"""What a result says of one line of a ranking, in words that name nobody else."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

Line = Mapping[str, Any]


def where(line: Line) -> str:
    """Where one stood among those that the opening accepts."""
    if not line["place"]:
        return ""
    return (
        _(
            "You stood at %(place)s of %(ranked)s who ranked it and are acceptable there. Your class was %(class)s."
        )
        % line
    )


def why(line: Line) -> str:
    """Why one has or has not the seat."""
    return WHY[line["why"]](line)


def cut_off(line: Line) -> str:
    """The last seat that went to somebody comparable; an empty text where nobody was left out for want of a seat."""
    cut: Mapping[str, Any] | None = line["cut_off"]
    if cut is None:
        return ""
    if cut["by_lottery"]:
        return (
            _(
                "The last such seat went to somebody of class %(class)s, as you have: the lottery decided between you."
            )
            % cut
        )
    return _("The last such seat went to somebody of class %(class)s.") % cut


def group_name(group: str) -> str:
    """A group as people read it."""
    kind, _colon, name = group.partition(":")
    words = _("institution %(name)s") if kind == "institution" else _("region %(name)s")
    return words % {"name": name}


def _quota(line: Line) -> str:
    return _("The seats that may go to your group were given: %(group)s.") % {
        "group": group_name(line["group"])
    }


WHY: Final[Mapping[str, Callable[[Line], str]]] = {
    "seat": lambda _line: _("This is your seat."),
    "higher_choice": lambda _line: _(
        "You have a seat that you ranked better, so you were not considered here."
    ),
    "not_acceptable": lambda _line: _("The organisation does not take you for this seat."),
    "quota": _quota,
    "reserved": lambda _line: _("The seats left were reserved for other groups."),
    "full": lambda _line: _("All seats went to people who stood before you."),
}
