"""The forms with which the secretariat verifies an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PapersForm(forms.Form):
    """Which papers were looked at."""

    papers = forms.CharField(
        label=_("Papers that you looked at"),
        max_length=300,
        help_text=_("For example: business registration certificate of 2026-11-02, seen in the original."),
    )


class TakeBackForm(forms.Form):
    """Why an organisation is verified no longer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its people read it. Its open openings close at once."),
    )
