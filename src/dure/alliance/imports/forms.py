"""The form of a list's file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LookFirstForm(forms.Form):
    """Whether a file is only looked at."""

    dry = forms.BooleanField(
        label=_("Only look at it"),
        required=False,
        initial=True,
        help_text=_(
            "You see every fault and what would be new. Nothing is written down, and the file is not kept."
        ),
    )


class ListFileForm(LookFirstForm):
    """The file of a list."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV in any encoding, or XLSX; up to 500 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    field_order = ("file", "dry")
