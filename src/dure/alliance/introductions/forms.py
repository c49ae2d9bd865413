"""Forms of what comes of a startup."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.models import StartupOutcome, StartupRound
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "accept": _("It stands there that they want to meet."),
    "meet": _("It stands there that they have met."),
    "try": _("A proof of concept has begun. Its people were told."),
    "sign": _("A contract is signed. Its people were told."),
    "nothing": _("It stands there that nothing came of it, and why."),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IntroductionForm(forms.Form):
    """To whom, and what about."""

    organisation = forms.ModelChoiceField(
        label=_("To a member"), queryset=people.Organisation.objects.none(), required=False
    )
    partner = forms.CharField(label=_("Or to a partner elsewhere"), max_length=160, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=people.country_choices)
    what = forms.CharField(label=_("What it is about"), max_length=500, required=False)

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.visible_organisations(person).order_by("name_en", "pk")


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A round of investment, as far as it is disclosed."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in DIGITS])
    field_order = ("kind", "closed_on", "investors", "amount", "currency")

    class Meta:
        model = StartupRound
        fields = ("kind", "closed_on", "investors", "amount", "currency")
        labels = {
            "kind": _("Kind"),
            "closed_on": _("Day"),
            "investors": _("Who invests, as far as disclosed"),
            "amount": _("How much, as far as disclosed"),
        }
        help_texts = {"amount": _("Leave it empty where it is not disclosed: then no sum holds it.")}
        widgets = {"closed_on": _day()}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["amount"].required = False


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What became of it."""

    class Meta:
        model = StartupOutcome
        fields = ("kind", "on", "words")
        labels = {"kind": _("What became of it"), "on": _("Day"), "words": _("In your words")}
        widgets = {"on": _day()}


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"nothing": WhyForm}
