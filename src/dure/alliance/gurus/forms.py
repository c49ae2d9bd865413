"""Forms of gurus."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Field
from dure.foundation.forms import ReasonForm

DONE: Final[Mapping[str, str | Promise]] = {
    "accept": _("Thank you. You are a guru of the alliance for this term."),
    "decline": _("Declined. The secretariat was told."),
    "withdraw": _("The invitation is withdrawn. The person was told."),
    "step_down": _("You are no guru any more. The secretariat was told."),
    "dismiss": _("The term has ended. The person was told."),
}
MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "withdraw": ReasonForm,
    "step_down": ReasonForm,
    "dismiss": ReasonForm,
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class InviteForm(forms.Form):
    """Whom to invite, for which fields and how long."""

    email = forms.EmailField(label=_("Address of the account"))
    areas = forms.MultipleChoiceField(
        label=_("Fields"), choices=Field.choices, widget=forms.CheckboxSelectMultiple
    )
    known_for_ko = forms.CharField(label=_("Known for, in Korean"), max_length=300, required=False)
    known_for_en = forms.CharField(label=_("Known for, in English"), max_length=300, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=_day())
    ends_on = forms.DateField(label=_("Last day"), widget=_day())

    @property
    def said(self) -> dict[str, Any]:
        """The form's values as `appointing` takes them."""
        return self.cleaned_data | {"fields": self.cleaned_data["areas"]}
