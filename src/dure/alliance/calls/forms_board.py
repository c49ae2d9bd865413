"""Forms of the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models import Proposal


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class TakeOverForm(forms.Form):
    """What applicants read, by what becomes of their proposal."""

    accept = forms.CharField(label=_("To those that are accepted"), max_length=4000, widget=_area())
    reserve = forms.CharField(label=_("To those on the waiting list"), max_length=4000, widget=_area())
    decline = forms.CharField(label=_("To those that are declined"), max_length=4000, widget=_area())


class RankForm(forms.Form):
    """The order of equal ones."""

    order = forms.CharField(
        label=_("Order of equal proposals"),
        max_length=2000,
        help_text=_("Their codes, the first one first: P3, P1"),
    )

    def clean_order(self) -> list[str]:
        said = str(self.cleaned_data["order"]).replace(",", " ").upper()
        return said.split()


class VerdictForm(forms.Form):
    """What is to be announced of one proposal; `was` is the verdict that stood there when the page was opened."""

    verdict = forms.ChoiceField(label=pgettext_lazy("proposal", "Verdict"), choices=Proposal.Verdict.choices)
    message = forms.CharField(
        label=_("Message to the applicants"),
        max_length=4000,
        widget=_area(),
        help_text=_("They read it once all decisions are announced."),
    )
    was = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    """Why fewer reviews are enough, where they are fewer."""

    waive = forms.CharField(
        label=_("Why fewer reviews are enough"),
        max_length=2000,
        widget=_area(),
        required=False,
        help_text=_("Only where a proposal has fewer than the call promises. It stays in the record."),
    )


def verdict_form(proposal: Proposal, data: Any = None) -> VerdictForm:
    initial = {"verdict": proposal.verdict, "message": proposal.message, "was": proposal.verdict}
    return VerdictForm(data, initial=initial)
