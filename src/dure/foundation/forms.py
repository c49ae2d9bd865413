"""Forms of the ground floor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.foundation import faults, outward


def show_faults(form: forms.BaseForm, error: faults.Faulty) -> None:
    """Put each fault at its field, or above the form when it has none."""
    for fault in error.faults:
        form.add_error(fault.place if fault.place in form.fields else None, faults.sentence(fault))


class WebhookForm(forms.Form):
    """The address to which notices go; whether we go there is asked when it is saved."""

    url = forms.CharField(
        label=_("Address"),
        max_length=outward.LONGEST,
        help_text=_("It begins with https://. Your messenger shows it as “incoming webhook”."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
