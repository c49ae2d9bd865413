"""Forms of people's pages."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dure.people.models import PersonalAccessToken


class SignupFields(forms.Form):
    """What sign-up asks besides e-mail and password."""

    name_ko = forms.CharField(label=_("Name in Korean"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("name_ko") or data.get("name_en")):
            self.add_error("name_ko", _("Write your name in at least one language."))
        return data

    def signup(self, _request: HttpRequest, user: Any) -> None:
        user.name_ko, user.name_en = self.cleaned_data["name_ko"], self.cleaned_data["name_en"]
        user.save(update_fields=["name_ko", "name_en"])


class TokenForm(forms.Form):
    """A new access token."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example the machine it is for."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=PersonalAccessToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[PersonalAccessToken.Scope.READ],
    )
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=365, initial=90)
