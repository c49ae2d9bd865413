"""Forms of the ground floor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.foundation import outward


class WebhookForm(forms.Form):
    """The address to which notices go; whether we go there is asked when it is saved."""

    url = forms.CharField(
        label=_("Address"),
        max_length=outward.LONGEST,
        help_text=_("It begins with https://. Your messenger shows it as “incoming webhook”."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
