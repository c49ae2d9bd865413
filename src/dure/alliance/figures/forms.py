"""Forms of figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models import OrganisationFacts
from dure.engines.openings import REGIONS
from dure.foundation import i18n


class PublishForm(forms.Form):
    """What a correction changes, and that one has looked at the figures."""

    note = forms.CharField(
        label=_("What this publication changes"),
        help_text=_("Needed where figures of this year were published before; everybody reads it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_read = forms.BooleanField(
        label=_("I have read the figures. What is published is never changed, only followed by a correction.")
    )


class FactsForm(forms.Form):
    """A size, a region or both, for the organisations that were ticked."""

    size = forms.ChoiceField(label=pgettext_lazy("of an organisation", "Size"), required=False)
    region = forms.ChoiceField(label=_("Region of its seat"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        keep = ("", _("leave as it is"))
        sizes: Any = self.fields["size"]
        sizes.choices = [keep, *OrganisationFacts.Size.choices]
        regions: Any = self.fields["region"]
        regions.choices = [keep, *((code, i18n.either(one.ko, one.en)) for code, one in REGIONS.items())]
