"""The form of a spreadsheet of openings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.people import api as people
from dure.talent.openings import queries


class ImportForm(forms.Form):
    """A file, and in whose name its openings are offered."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation that offers them"),
        queryset=people.Organisation.objects.none(),
        empty_label=None,
    )
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV in any encoding, or XLSX; up to 200 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = queries.may_offer_for(person)
