"""Forms of commitments."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.forms import ReasonForm
from dure.alliance.models import Agreement, Commitment
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "confirm": _("Confirmed. Those who get it were told."),
    "cancel": _("Cancelled. Those who would have got it were told."),
    "carry_over": _("It goes on in the next period."),
    "settle": _("Settled. The reason stands there."),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CarryForm(forms.Form):
    """The next period."""

    ends_on = forms.DateField(label=_("New last day"), widget=_day())
    is_agreed = forms.BooleanField(label=_("Both sides have agreed to it."))
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "cancel": ReasonForm,
    "carry_over": CarryForm,
    "settle": ReasonForm,
}


class CommitmentForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What is promised."""

    class Meta:
        model = Commitment
        fields = (
            "donor",
            "beneficiary",
            "kind",
            "quantity",
            "unit",
            "accelerator",
            "starts_on",
            "ends_on",
            "what_ko",
            "what_en",
        )
        labels = {
            "donor": _("Who gives"),
            "beneficiary": _("Who gets it"),
            "kind": _("Kind"),
            "quantity": _("How much"),
            "unit": _("Unit"),
            "accelerator": _("Type of accelerator"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "what_ko": _("What, in Korean"),
            "what_en": _("What, in English"),
        }
        help_texts = {
            "beneficiary": _("Empty: all parties."),
            "accelerator": _("For accelerator hours, such as gpu:h200 or npu:atom."),
        }
        widgets = {name: _day() for name in ("starts_on", "ends_on")}

    def __init__(self, *given: Any, agreement: Agreement, **named: Any) -> None:
        super().__init__(*given, **named)
        inside = [party.organisation_id for party in agreement.standing]
        for name in ("donor", "beneficiary"):
            field: Any = self.fields[name]
            field.queryset = people.Organisation.objects.filter(pk__in=inside)


class DeliveryForm(forms.Form):
    """What was delivered, and how one knows."""

    quantity = forms.DecimalField(label=_("How much"), max_digits=20, decimal_places=4)
    delivered_on = forms.DateField(label=_("Delivered on"), widget=_day())
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        help_text=_("A document, a receipt, a report: whatever somebody can look up."),
    )
