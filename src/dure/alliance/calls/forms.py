"""Forms of calls."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.calls import editing
from dure.alliance.calls.forms_board import WaiveForm
from dure.alliance.models import Agreement, CallCriterion, ResearchCall
from dure.alliance.projects import tracks
from dure.foundation.forms import KoreaTimeField

DONE: Final[Mapping[str, str | Promise]] = {
    "publish": _("Published. Representatives of all members were told."),
    "extend": _("The deadline has moved. Leads of proposals were told."),
    "cancel": _("Cancelled. Leads of proposals were told."),
    "archive": _("Archived."),
    "start_decision": _("Proposals are under discussion now. Give each its verdict."),
    "announce": _("Announced. Everybody who takes part was told."),
}
KINDS: Final[Mapping[str, str | Promise]] = {
    "organisation": _("The same organisation now"),
    "former_organisation": _("An organisation left within these years"),
    "project": _("A joint project within these years"),
}
"""Kinds of conflicts that a call may let the secretariat waive."""


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("Everybody who sees the call reads it."),
    )


class UntilForm(forms.Form):
    """A later deadline."""

    until = KoreaTimeField(label=_("New deadline (Korean time)"))


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "extend": UntilForm,
    "cancel": ReasonForm,
    "start_decision": WaiveForm,
}


class CallForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What a call says, and its rules."""

    tracks = forms.MultipleChoiceField(
        label=_("Tracks"),
        choices=tracks.Track.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    closes_at = KoreaTimeField(label=_("Deadline (Korean time)"), required=False)
    waivable = forms.MultipleChoiceField(
        label=_("Conflicts of interest that may be waived"),
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "With a reason that is recorded. Taking part, declared ties, advisors and students are never waived."
        ),
    )

    class Meta:
        model = ResearchCall
        fields = editing.FIELDS
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "text_ko": _("Text in Korean"),
            "text_en": _("Text in English"),
            "reach": _("Who sees it"),
            "agreement": _("Agreement"),
            "ceiling": _("Money for all proposals, in won"),
            "least_partners": _("Partner organisations at least"),
            "reviews_each": _("Reviews per proposal"),
            "review_days": _("Days for a review"),
            "conflict_years": _("Years that count for conflicts of interest"),
            "least_score": _("Lowest mean that is funded (0 to 100)"),
            "when_full": _("When the next one does not fit under the ceiling"),
        }
        widgets = {"text_ko": _area(6), "text_en": _area(6)}
        help_texts = {
            "agreement": _("Under it partners pledge what they bring in. It may be empty."),
        }

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["agreement"]
        agreements = Agreement.objects.visible_to(person).filter(amends=None, state__in=IN_FORCE)
        field.required, field.queryset = False, agreements.order_by("-pk")


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """An item of the rubric."""

    class Meta:
        model = CallCriterion
        fields = ("name_ko", "name_en", "weight", "scale")
        labels = {
            "name_ko": _("Item in Korean"),
            "name_en": _("Item in English"),
            "weight": _("Weight"),
            "scale": _("Highest mark"),
        }
