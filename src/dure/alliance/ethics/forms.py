"""Forms of ethics."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics.answering import ANSWERS
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsOpinion

DONE: Final[Mapping[str, str | Promise]] = {
    "submit": _("It is with the board. Its members were told."),
    "return": _("It is being written again. Who answers for it reads what you ask."),
    "approve": _("Approved. Who answers for it was told."),
    "refuse": _("Refused. Who answers for it reads the reason."),
    "revisit": _("The approval holds no more until it is looked at again."),
    "revise": _("You can write it anew."),
    "withdraw": _("Withdrawn."),
    "examine": _("It is being examined. Reporter and representatives were told."),
    "close": _("Closed. Reporter and representatives read what came of it."),
    "reopen": _("It is being examined again."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WhyForm(forms.Form):
    """Why, for those concerned."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=_area(3))


class ApproveForm(forms.Form):
    """What holds with the approval."""

    conditions = forms.CharField(
        label=_("Conditions"),
        max_length=4000,
        required=False,
        widget=_area(3),
        help_text=_("What must hold as long as the approval does. Empty: none."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        required=False,
        widget=_area(2),
        help_text=_("Needed where a member refuses."),
    )
    revisit_on = forms.DateField(
        label=_("Look at it again on"), required=False, widget=_day(), help_text=_("Empty: in a year.")
    )


class OutcomeForm(forms.Form):
    """What came of an incident."""

    outcome = forms.CharField(label=_("What came of it and what was done"), max_length=4000, widget=_area(4))


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "return": WhyForm,
    "approve": ApproveForm,
    "refuse": WhyForm,
    "revisit": WhyForm,
    "close": OutcomeForm,
    "reopen": WhyForm,
}


class AnswersForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The questions of an assessment; all may stay empty until it is handed in."""

    class Meta:
        model = EthicsAssessment
        fields = ANSWERS
        labels = {
            "risk": _("How much can go wrong"),
            "affected": _("Who is affected, and how"),
            "basis": _("On which basis data about people is used"),
            "protection": _("How data is protected"),
            "fairness": _("What shows that it is fair"),
            "oversight": _("Who watches over it, and who can stop it"),
            "is_human": _("It uses clinical or other data taken from humans"),
            "review_number": _("Number of the institution's review (IRB)"),
            "handlers": _("Who may touch these data"),
        }
        help_texts = {
            "affected": _("People in the data, and people on whom the result is used."),
            "protection": _("What is removed or replaced, who has access, when it is deleted."),
            "fairness": _("Groups that were compared and the figures, or why there are none yet."),
            "oversight": _("Name a role, not only a person."),
            "review_number": _(
                "With the institution, such as KAIST IRB-2026-012. Needed for data taken from humans."
            ),
            "handlers": _("Needed for data taken from humans."),
        }
        widgets = {name: _area(3) for name in ("affected", "protection", "fairness", "oversight", "handlers")}


class OpinionForm(forms.Form):
    """What a member says."""

    vote = forms.ChoiceField(label=_("Opinion"), choices=EthicsOpinion.Vote.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=_area(4),
        help_text=_("The board reads it now; who answers for it after the decision, without your name."),
    )


class IncidentForm(forms.Form):
    """What happened."""

    severity = forms.ChoiceField(label=_("How bad"), choices=EthicsIncident.Severity.choices)
    happened_on = forms.DateField(label=_("When it happened"), widget=_day())
    what = forms.CharField(label=_("What happened"), max_length=4000, widget=_area(4))


class SeatForm(forms.Form):
    """A seat on the board."""

    person = forms.EmailField(
        label=_("Mail address of the person"), help_text=_("Of somebody with an account here.")
    )
    is_chair = forms.BooleanField(label=_("In the chair"), required=False)
    is_outside = forms.BooleanField(
        label=_("From outside"),
        required=False,
        help_text=_("Belongs to no organisation of the alliance. A decision needs one opinion from outside."),
    )
    until = forms.DateField(label=_("Until"), required=False, widget=_day())
