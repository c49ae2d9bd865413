"""Forms of placement rounds."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Refused, Role, has_role
from dure.foundation.forms import KoreaTimeField
from dure.people import api as people
from dure.talent.models import PlacementRound, RoundChoice, RoundEntry, RoundSeat
from dure.talent.models.round import LAST_CLASS, LAST_RANK, MOST_SEATS
from dure.talent.rounds.classing import LARGEST
from dure.talent.rounds.queries import Rankable
from dure.talent.rounds.ranking import field_of

SLOTS: Final = 4
DONE: Final[Mapping[str, str | Promise]] = {
    "open": _("It is open: people can rank, and the organisations that keep a secret were told."),
    "extend": _("The deadline has moved, and everybody who takes part was told."),
    "take_by_hand": _("People decide every place now. The certificate stays as it is."),
    "decide": _("Decided. Everybody who takes part was told."),
    "cancel": _("Cancelled. Everybody who takes part reads the reason."),
    "end": _("The round has ended without a result. Everybody reads the reason."),
}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who takes part reads it."),
    )


class ExtendForm(ReasonForm):
    """Until when, and why."""

    rank_until = KoreaTimeField(label=_("New deadline (Korean time)"))


ACTIONS: Final[Mapping[str, type[forms.Form]]] = {
    "extend": ExtendForm,
    "take_by_hand": ReasonForm,
    "cancel": ReasonForm,
    "end": ReasonForm,
}


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What is said of a round."""

    rank_until = KoreaTimeField(label=_("Rankings until (Korean time)"))

    class Meta:
        model = PlacementRound
        fields = ("title_ko", "title_en", "about_ko", "about_en", "rules_ko", "rules_en", "rank_until")
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "about_ko": _("What it is about, in Korean"),
            "about_en": _("What it is about, in English"),
            "rules_ko": _("Rules, in Korean"),
            "rules_en": _("Rules, in English"),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("about_ko", "about_en", "rules_ko", "rules_en")
        }

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance.pk is None:
            self.fields["organisation"] = _organisation(person)
            self.order_fields(["organisation"])


def _organisation(person: Any) -> Any:
    """For whom this person may run rounds; the action decides."""
    rows = people.own_organisations(person).filter(pk__in=people.represented_organisations(person))
    if has_role(person, Role.SECRETARIAT):
        rows = people.visible_organisations(person)
    return forms.ModelChoiceField(queryset=rows, label=_("Organisation that runs it"), empty_label=None)


class SeatForm(forms.Form):
    """Seats of an opening, the class of whoever is not classed, and some reserves and quotas."""

    seats = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=MOST_SEATS)
    otherwise = forms.IntegerField(
        label=_("Class of whoever is not classed"),
        required=False,
        min_value=1,
        max_value=LAST_CLASS,
        help_text=_(
            "1 is best. Leave it empty, and only those whom the organisation classes are acceptable."
        ),
    )

    def __init__(self, *given: Any, openings: Any = None, limits: Iterable[Any] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        if openings is not None:
            self.fields["opening"] = forms.ModelChoiceField(queryset=openings, label=_("Opening"))
            self.order_fields(["opening"])
        kept = list(limits)
        self.slots = max(SLOTS, len(kept) + 1)
        for at in range(self.slots):
            self._add_slot(at, kept[at] if at < len(kept) else {"group": "", "reserve": None, "quota": None})

    def _add_slot(self, at: int, limit: Mapping[str, Any]) -> None:
        number = {"n": at + 1}
        self.fields[f"group_{at}"] = forms.CharField(
            label=_("Group %(n)s") % number,
            required=False,
            max_length=80,
            initial=limit["group"],
            help_text=""
            if at
            else _("“institution:kaist”, “region:KR-26”, or “institution:*” for each by itself."),
        )
        for name, label in (
            ("reserve", _("Seats reserved for group %(n)s")),
            ("quota", _("Most seats for group %(n)s")),
        ):
            self.fields[f"{name}_{at}"] = forms.IntegerField(
                label=label % number, required=False, min_value=0, max_value=MOST_SEATS, initial=limit[name]
            )

    def limits(self) -> list[dict[str, Any]]:
        """The slots that name a group."""
        given = self.cleaned_data
        return [
            {
                "group": given[f"group_{at}"].strip(),
                "reserve": given.get(f"reserve_{at}") or 0,
                "quota": given.get(f"quota_{at}"),
            }
            for at in range(self.slots)
            if given.get(f"group_{at}")
        ]


class KeeperForm(forms.Form):
    """Which organisation keeps a secret."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation that keeps a secret"), queryset=people.Organisation.objects.none()
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.visible_organisations(person).filter(left_on=None)


class SecretForm(forms.Form):
    """A secret, as typed or as made for somebody."""

    secret = forms.CharField(
        label=_("Secret"),
        max_length=64,
        min_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("64 hexadecimal digits in small letters."),
    )


class RankingForm(forms.Form):
    """An order number for each seat shown; which organisation one enters for, and words for those whom one ranks."""

    organisation = forms.ModelChoiceField(
        label=_("I enter for"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("no organisation"),
        help_text=_("It counts where seats are reserved for people of an organisation, or limited."),
    )
    words = forms.CharField(
        label=_("What the organisations that you rank may read"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They see it beside a random name. Leave out your name and what would tell who you are."),
    )

    def __init__(
        self, *given: Any, person: Any, rankable: Iterable[Rankable], entry: RoundEntry | None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.own_organisations(person)
        self.fields["words"].initial = entry.words if entry else ""
        chosen = entry.institution if entry else ""
        field.initial = next((one for one in field.queryset if one.slug == chosen or not entry), None)
        self.seats: dict[str, RoundSeat] = {}
        for one in rankable:
            self._add(one)

    def _add(self, one: Rankable) -> None:
        name = field_of(one.seat)
        self.seats[name] = one.seat
        opening = one.seat.opening
        self.fields[name] = forms.IntegerField(
            label=f"{opening.title} · {opening.organisation.name}",
            required=False,
            min_value=1,
            max_value=LAST_RANK,
            initial=one.rank or None,
            disabled=not one.may,
            help_text=str(one.may.message) if isinstance(one.may, Refused) else "",
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "style": "width:5rem"}),
        )

    def ranks(self) -> dict[RoundSeat, int]:
        """The seats that have an order number."""
        return {
            seat: self.cleaned_data[name]
            for name, seat in self.seats.items()
            if self.cleaned_data.get(name) is not None
        }


class ClassesForm(forms.Form):
    """The class of each of the people shown; empty: not acceptable."""

    def __init__(self, *given: Any, choices: Iterable[RoundChoice], **named: Any) -> None:
        super().__init__(*given, **named)
        self.names: dict[str, str] = {}
        for choice in choices:
            pseudonym = choice.entry.pseudonym
            self.names[f"class_{pseudonym}"] = pseudonym
            self.fields[f"class_{pseudonym}"] = forms.IntegerField(
                label=_("Class of %(name)s") % {"name": pseudonym},
                required=False,
                min_value=1,
                max_value=LAST_CLASS,
                initial=choice.priority,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "style": "width:5rem"}),
            )

    def classes(self) -> dict[str, int | None]:
        return {pseudonym: self.cleaned_data[name] for name, pseudonym in self.names.items()}


class TableForm(forms.Form):
    """Many classes at once."""

    table = forms.CharField(
        label=_("Table"),
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "placeholder": "pseudonym,class"}),
        help_text=_(
            "CSV whose first two columns are “pseudonym” and “class”. An empty class: not acceptable."
        ),
    )


class OverrideForm(forms.Form):
    """Another of the seats that a person ranked, or none, and why."""

    seat = forms.TypedChoiceField(label=_("Seat"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, help_text=_("The person reads it, and the auditor.")
    )

    def __init__(self, *given: Any, seats: Iterable[RoundSeat], **named: Any) -> None:
        super().__init__(*given, **named)
        self.seats = {seat.pk: seat for seat in seats}
        field: Any = self.fields["seat"]
        field.choices = [("", _("no seat")), *((key, seat.opening.title) for key, seat in self.seats.items())]

    def chosen(self) -> dict[str, Any]:
        """The seat and the reason."""
        key = self.cleaned_data["seat"]
        return {"seat": None if key is None else self.seats[key], "reason": self.cleaned_data["reason"]}
