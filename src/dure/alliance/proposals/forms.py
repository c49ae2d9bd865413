"""Forms of proposals."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.models.proposal import MOST_WON
from dure.alliance.projects import tracks
from dure.alliance.proposals import queries, writing
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "submit": _("Submitted. Its partners were told."),
    "revert": _("It is a draft again. Submit it before the deadline."),
    "screen_pass": _("It goes into review. Its partners were told."),
    "screen_fail": _("It is declined. Its partners read why."),
    "ask": _("Its lead was asked."),
    "resubmit": _("Answered. The secretariat was told."),
    "withdraw": _("Withdrawn."),
    "move_up": _("Accepted from the waiting list. Its partners were told."),
    "award": _("It has become a project. Its partners were told."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("Everybody who takes part in the proposal reads it, and the secretariat."),
    )


class MaybeWhyForm(forms.Form):
    """Why; a draft may go without a word."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        required=False,
        help_text=_("What is submitted needs a reason."),
    )


class AskForm(forms.Form):
    """A question to its lead."""

    question = forms.CharField(label=_("Question"), max_length=2000, widget=_area(3))
    until = forms.DateField(
        label=_("Answered by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "screen_fail": WhyForm,
    "ask": AskForm,
    "withdraw": MaybeWhyForm,
}


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Its words. One language is enough."""

    organisation = forms.ModelChoiceField(
        label=pgettext_lazy("proposal", "For"), queryset=people.Organisation.objects.none()
    )
    field_order = ("organisation",)

    class Meta:
        model = Proposal
        fields = writing.FIELDS
        labels = {
            "track": _("Track"),
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "summary_ko": _("Summary in Korean"),
            "summary_en": _("Summary in English"),
            "text_ko": _("What is to be researched, in Korean"),
            "text_en": _("What is to be researched, in English"),
        }
        widgets = {
            "summary_ko": _area(3),
            "summary_en": _area(3),
            "text_ko": _area(8),
            "text_en": _area(8),
        }

    def __init__(self, *given: Any, person: Any, call: ResearchCall, **named: Any) -> None:
        super().__init__(*given, **named)
        track: Any = self.fields["track"]
        track.choices = [(one.value, one.label) for one in tracks.Track if one.value in call.tracks]
        if self.instance.pk:
            del self.fields["organisation"]
            return
        field: Any = self.fields["organisation"]
        field.queryset, field.empty_label = queries.homes(person), None


class AmountsForm(forms.Form):
    """What a partner asks for and what it brings in itself."""

    budget = forms.IntegerField(label=_("Asks for, in won"), min_value=0, max_value=MOST_WON)
    brings = forms.IntegerField(
        label=_("Brings in itself, in won"), min_value=0, max_value=MOST_WON, initial=0
    )


class PartnerForm(AmountsForm):
    """An organisation to ask."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=people.Organisation.objects.none()
    )
    field_order = ("organisation", "budget", "brings")

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = queries.candidates(person)


class PersonForm(forms.Form):
    """Somebody who is to work on it."""

    address = forms.EmailField(
        label=_("Mail address"), help_text=_("Of somebody who belongs to a partner that has confirmed.")
    )
