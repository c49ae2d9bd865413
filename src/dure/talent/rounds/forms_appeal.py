"""Forms of appeals against a round, of corrections, and of another place after an appeal."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.talent.models import RoundChoice, RoundEntry, RoundSeat
from dure.talent.models.round import LAST_CLASS, LAST_RANK, MOST_SEATS
from dure.talent.rounds.correcting import LONGEST, Belongs, Edit, Ranked, Seats
from dure.talent.rounds.queries_appeal import Side

NUMBER: Final[Mapping[str, Any]] = {"inputmode": "numeric", "style": "width:5rem"}


class AppealForm(forms.Form):
    """What went wrong, and for whom one says it."""

    side = forms.TypedChoiceField(label=_("I appeal for"), coerce=int)
    words = forms.CharField(
        label=_("What went wrong"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "A ranking read wrongly, a class, seats or an institution that is not right. Whoever answers reads it."
        ),
    )

    def __init__(self, *given: Any, sides: Iterable[Side], **named: Any) -> None:
        super().__init__(*given, **named)
        self.able = [side for side in sides if side.may]
        field: Any = self.fields["side"]
        field.choices = [(at, _name(side)) for at, side in enumerate(self.able)]

    def chosen(self) -> dict[str, Any]:
        side = self.able[self.cleaned_data["side"]]
        return {"entry": side.entry, "organisation": side.organisation, "words": self.cleaned_data["words"]}


def _name(side: Side) -> str | Promise:
    return side.organisation.name if side.organisation else _("my own part")


class DismissForm(forms.Form):
    """Why nothing changes."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever appealed reads it."),
    )


FORMS: Final[Mapping[str, type[forms.Form]]] = {"dismiss": DismissForm}
DONE: Final[Mapping[str, str | Promise]] = {
    "take": _("The appeal is yours to answer."),
    "dismiss": _("Dismissed. Whoever appealed reads the reason."),
    "withdraw": _("Withdrawn."),
}


class CorrectionForm(forms.Form):
    """The rows as they stand; what is changed in the form is the correction."""

    reason = forms.CharField(
        label=_("What was wrong, and how you know"),
        max_length=LONGEST,
        help_text=_("It stands in the public certificate: name nobody."),
    )

    def __init__(
        self,
        *given: Any,
        entry: RoundEntry | None,
        choices: Mapping[int, RoundChoice],
        seats: Iterable[RoundSeat],
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.entry, self.choices, self.seats = entry, choices, list(seats)
        for seat in self.seats:
            self._add_seat(seat)
        if entry is not None:
            for name, label in (
                ("institution", _("Institution (short name)")),
                ("region", _("Region (code)")),
            ):
                self.fields[name] = forms.CharField(
                    label=label, required=False, max_length=60, initial=getattr(entry, name)
                )

    def _add_seat(self, seat: RoundSeat) -> None:
        title, key = seat.opening.title, seat.uid.hex
        choice = self.choices.get(seat.pk)
        if self.entry is not None:
            rank, priority = (choice.rank, choice.priority) if choice else (None, None)
            self._add_number(f"rank_{key}", _("%(name)s: rank") % {"name": title}, rank, LAST_RANK)
            self._add_number(f"class_{key}", _("%(name)s: class") % {"name": title}, priority, LAST_CLASS)
        self._add_number(
            f"seats_{key}", _("%(name)s: seats") % {"name": title}, seat.seats, MOST_SEATS, low=0
        )

    def _add_number(self, name: str, label: Any, initial: int | None, high: int, *, low: int = 1) -> None:
        self.fields[name] = forms.IntegerField(
            label=label,
            required=low == 0,
            min_value=low,
            max_value=high,
            initial=initial,
            widget=forms.NumberInput(attrs=dict(NUMBER)),
        )

    def edits(self) -> list[Edit]:
        """Every row that the form shows; what is as it was is left out by the action."""
        given = self.cleaned_data
        found: list[Edit] = [Seats(seat, given[f"seats_{seat.uid.hex}"]) for seat in self.seats]
        if self.entry is None:
            return found
        ranked = [
            Ranked(self.entry, seat, given[f"rank_{seat.uid.hex}"], given[f"class_{seat.uid.hex}"])
            for seat in self.seats
        ]
        return [*found, *ranked, Belongs(self.entry, given["institution"].strip(), given["region"].strip())]


class NamedForm(forms.Form):
    """Whose rows are looked at."""

    name = forms.CharField(label=_("Random name of the person"), max_length=16)
