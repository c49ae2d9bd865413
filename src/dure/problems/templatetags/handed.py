"""The lines of a team's submissions, drawn here: the page that waits for results asks for them every second."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import template
from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.foundation.addresses import address
from dure.foundation.leases import Place
from dure.foundation.markup import escaped, together
from dure.foundation.templatetags.dure import moment
from dure.foundation.templatetags.parts import badge, icon
from dure.problems.models import Submission
from dure.problems.queries.submissions import Standing
from dure.problems.templatetags.coded import runs_of

register = template.Library()
Badge = tuple[str, str | Promise, str]
STATES: Final[Mapping[str, Badge]] = {
    "queued": ("waiting", gettext_lazy("In the queue"), "clock"),
    "running": ("running", gettext_lazy("Being scored"), "activity"),
    "done": ("open", gettext_lazy("Scored"), "check"),
    "failed_user": ("bad", gettext_lazy("Could not be scored"), "x-circle"),
    "failed_run": ("bad", gettext_lazy("Failed on the hidden inputs"), "x-circle"),
    "failed_platform": ("bad", gettext_lazy("Our fault, not counted"), "x-circle"),
}
CANCELLED: Final[Badge] = ("", gettext_lazy("Cancelled"), "")
FINAL: Final[Badge] = ("open", gettext_lazy("Final"), "check")
PRIVATE_DIGITS: Final = 4


@register.simple_tag
def handed_in(told: Sequence[Standing], digits: int, challenge: Any) -> SafeString:
    """One `<li>` per submission: what it is, where it stands, its score in `digits` decimals, and what its team can do with it."""
    is_open = challenge.state == "open"
    return together(
        f"<li>{_file(one.submission)}\n<span>{_state(one)}</span>\n"
        f'<span class="score">{_score(one, digits)}</span>\n{_choice(one, is_open=is_open)}{runs_of(one.runs)}</li>'
        for one in told
    )


def _file(row: Submission) -> str:
    note = f' <span class="small">{escaped(row.note)}</span>' if row.note else ""
    under = f"#{row.number} · {escaped(row.by.name)} · {moment(row.accepted_at)}"
    return f'<span><b>{escaped(row.filename)}</b>{note}<br><span class="muted small">{under}</span></span>'


def _state(one: Standing) -> str:
    place = _place(one.place) if one.state == "queued" and one.place else ""
    said = one.message and not one.runs  # of code each run says it below
    message = f'<br><span class="small">{escaped(one.message)}</span>' if said else ""
    return f"{badge(*STATES.get(one.state, CANCELLED))}{place}{message}"


def _place(place: Place) -> str:
    words = _("next")
    if place.ahead:
        words = ngettext("%(n)s before it", "%(n)s before it", place.ahead) % {"n": place.ahead}
    if place.wait_seconds and place.wait_seconds >= 1:
        words += ", " + _("about %(s)s s") % {"s": floatformat(place.wait_seconds, 0)}
    return f'<br><span class="muted small">{escaped(words)}</span>'


def _score(one: Standing, digits: int) -> str:
    if one.score is None:
        return ""
    public = floatformat(one.score, digits)
    if one.private is not None:
        word, private = escaped(_("public")), floatformat(one.private, PRIVATE_DIGITS)
        return f'<span class="muted small">{word} {public}</span><br><b>{private}</b>'
    if one.improved or one.state != "done":
        return f"<b>{public}</b>"
    words = escaped(_("within chance of your best"))
    return f'<b>{public}</b><br><span class="muted small">{words}</span>'


def _choice(one: Standing, *, is_open: bool) -> str:
    row = one.submission
    if not is_open:
        return f"<span>{badge(*FINAL) if row.is_final else ''}</span>"
    button = ""
    if one.state == "queued":
        button = _button(row, "cancel", _("Take back"))
    elif row.is_final:
        button = _button(row, "unfinal", _("Final"), pressed=True)
    elif one.state == "done":
        button = _button(row, "final", _("Choose"), pressed=False)
    return f'<span class="do">{button}</span>'


def _button(row: Submission, action: str, words: str, *, pressed: bool | None = None) -> str:
    to = escaped(address("problems:submission", row.uid))
    style, sign = ("tight", icon("check")) if pressed else ("quiet tight", "")
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button class="{style}" formaction="{to}" name="action" value="{action}"{state}>{sign}{escaped(words)}'
        f'<span class="sr"> #{row.number}</span></button>'
    )
