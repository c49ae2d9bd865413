"""What a bulk action needs besides its things."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Roundtable
from dure.alliance.topics.rules import AHEAD, MOST_MINUTES


class PlainForm(forms.Form):
    """Nothing."""


class ReasonForm(forms.Form):
    """One reason for all of them."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands at each of them; the people concerned read it."),
    )


class AgendaForm(forms.Form):
    """On which agenda, for how long each."""

    roundtable = forms.ModelChoiceField(
        label=_("Roundtable"), queryset=Roundtable.objects.none(), to_field_name="uid"
    )
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=1, max_value=MOST_MINUTES, initial=30)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["roundtable"]
        field.queryset = Roundtable.objects.filter(state__in=AHEAD).order_by("starts_at", "pk")


FORMS: dict[str, type[forms.Form]] = {"": PlainForm, "reason": ReasonForm, "agenda": AgendaForm}


def said(form: forms.Form) -> dict[str, Any]:
    """What stands in a valid form as plain values."""
    given = dict(form.cleaned_data)
    if "roundtable" in given:
        given["roundtable"] = str(given["roundtable"].uid)
    return given
