"""What a coach fills in of attendance: one row for each person, read by hand because the table is one form."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import Fault
from dure.learn.cohorts.queries_attendance import SheetRow
from dure.learn.cohorts.writing_attendance import Entry
from dure.learn.models import Attendance

FROM_LOG: Final = "log"
MOST_DIGITS: Final = 4


class CodeForm(forms.Form):
    """The code that is shown in the room."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "pattern": "[0-9 ]*",
                "class": "code",
            }
        ),
        help_text=_("The six digits that are shown in the room now."),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


def entries_of(posted: QueryDict, rows: Sequence[SheetRow]) -> tuple[list[Entry], list[Fault]]:
    """What a posted table asks for: people with a status chosen; those with nothing written get what `rest` says."""
    found: list[Entry] = []
    wrong: list[Fault] = []
    rest = posted.get("rest", "")
    for row in rows:
        key = str(row.place.uid)
        status = posted.get(f"status-{key}", "") or (rest if row.row is None else "")
        if not status:
            continue
        minutes, is_number = _minutes(posted.get(f"minutes-{key}", ""))
        if not is_number:
            wrong.append(Fault("attendance_minutes_bad", place=key))
        found.append(_entry(row, status, minutes, posted.get(f"reason-{key}", "")))
    return found, wrong


def _entry(row: SheetRow, status: str, minutes: int | None, reason: str) -> Entry:
    if status == FROM_LOG:
        return Entry(row.place, reason=reason[:300], from_log=True)
    return Entry(row.place, status=status, minutes=minutes, reason=reason[:300])


def _minutes(written: str) -> tuple[int | None, bool]:
    """The number, and whether it is one; nothing written is None."""
    text = written.strip()
    if not text:
        return None, True
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return (int(text), True) if is_number else (None, False)


def statuses() -> list[tuple[str, Any]]:
    return list(Attendance.Status.choices)


def filled(posted: QueryDict | Mapping[str, str], row: SheetRow) -> dict[str, str]:
    """What was typed for a person, so that nothing is lost."""
    key = str(row.place.uid)
    return {name: str(posted.get(f"{name}-{key}", "")) for name in ("status", "minutes", "reason")}
