"""What a result says of one line of a ranking, in words that name nobody else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from dure.foundation.faults import Fault, sentence

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected row as people read it."""

    what: str
    before: str
    after: str


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


def stuck(code: str, seat: Any) -> str:
    """Why a round could not be closed, and what its managers can do."""
    if code == "round_too_few_secrets":
        return _(
            "Fewer than two organisations committed to a secret before the deadline. Move the deadline with a reason and ask them "
            "to commit, or cancel."
        )
    name = seat.opening.title if seat else _("One of the openings")
    if code == "placement_too_large":
        said = _(
            "%(name)s: more than 100 groups would need a limit of their own. Move the deadline with a reason; then, under Seats, "
            "name the groups that matter instead of “*”, or let more of each come. Or cancel."
        )
    else:
        said = _(
            "%(name)s: its reserves and quotas cannot be kept as they are. Move the deadline with a reason and change them under "
            "Seats, or cancel."
        )
    return said % {"name": name}


def fault(stored: Mapping[str, Any]) -> str:
    """Why a correction could not be run; empty where it was."""
    return sentence(Fault(stored["code"], stored["params"])) if stored else ""


def corrected(row: Mapping[str, Any], titles: Mapping[str, str]) -> Corrected:
    """One corrected row in words; `titles` names seats by uid."""
    kind, *names = row["row"]
    what = {
        "choice": _("Rank and class"),
        "capacity": _("Seats"),
        "institution": _("Institution"),
        "region": _("Region"),
    }[kind]
    about = " · ".join(titles.get(name, name) for name in names)
    return Corrected(f"{what}: {about}", _value(kind, row["before"]), _value(kind, row["after"]))


def _value(kind: str, value: Any) -> str:
    if kind != "choice":
        return str(value[0] if kind == "capacity" else value or _("none"))
    if value is None:
        return _("not ranked")
    rank, given = value
    return _("rank %(rank)s, class %(class)s") % {"rank": rank, "class": given or _("not acceptable")}


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
