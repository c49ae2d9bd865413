"""How jobs and amounts are said to people."""

from collections.abc import Mapping
from typing import Final

from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

Badge = tuple[str, str | Promise, str]
STATES: Final[Mapping[str, Badge]] = {
    "queued": ("waiting", gettext_lazy("Waiting"), "clock"),
    "running": ("running", gettext_lazy("Running"), "activity"),
    "done": ("open", gettext_lazy("Done"), "check"),
    "failed_user": ("bad", gettext_lazy("Failed"), "x-circle"),
    "failed_platform": ("bad", gettext_lazy("Our fault"), "x-circle"),
    "cancelled": ("", gettext_lazy("Cancelled"), "ban"),
}
CLASSES: Final[Mapping[str, str | Promise]] = {
    "lab": gettext_lazy("Lab"),
    "evaluation": gettext_lazy("Evaluation"),
    "normal": gettext_lazy("Normal"),
    "scavenger": gettext_lazy("Scavenger"),
}


def amount(kind: str, number: int) -> str:
    """So much of a kind, as people say it: “4 cores”, “16 GiB of memory”, “2 × gpu:h100”."""
    if kind == "cores":
        return ngettext("%(n)s core", "%(n)s cores", number) % {"n": number}
    if kind == "memory_mib":
        return _("%(size)s of memory") % {"size": mebibytes(number)}
    return f"{number} × {kind}"


def share_of(kind: str, used: int, whole: int) -> str:
    """How much of a kind is in use, of how much."""
    if kind == "memory_mib":
        return pgettext("of an amount", "%(used)s of %(all)s") % {
            "used": mebibytes(used),
            "all": mebibytes(whole),
        }
    return pgettext("of an amount", "%(used)s of %(all)s") % {"used": f"{used:,}", "all": f"{whole:,}"}


def mebibytes(number: float) -> str:
    """MiB as people read them."""
    return f"{number:,.0f} MiB" if number < 1024 else f"{floatformat(number / 1024, '-1g')} GiB"


def amounts(needs: Mapping[str, int]) -> str:
    """All that something needs or holds, in one line."""
    return ", ".join(amount(kind, number) for kind, number in needs.items() if number)


def duration(seconds: float) -> str:
    """A stretch of time to the two largest units that matter."""
    left, parts = round(seconds), list[str]()
    for length, say in ((86_400, _days), (3_600, _hours), (60, _minutes), (1, _seconds)):
        if left >= length and len(parts) < 2:
            parts.append(say(left // length))
            left %= length
    return " ".join(parts) or _seconds(0)


def _days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _hours(n: int) -> str:
    return _("%(n)s h") % {"n": n}


def _minutes(n: int) -> str:
    return _("%(n)s min") % {"n": n}


def _seconds(n: int) -> str:
    return _("%(n)s s") % {"n": n}
