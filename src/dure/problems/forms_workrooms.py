"""Forms of workrooms."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.people import api as people
from dure.problems.forms_needs import MessageForm, ReasonForm
from dure.problems.models import Defect, Problem, Team, Workroom

DAY: Final = {"type": "date"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


def _words(label: Any, longest: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=widget, help_text=help_text
    )


class OpenForm(forms.Form):
    """Who solves it: a team of the challenge, or people by their addresses."""

    team = forms.ModelChoiceField(
        label=_("Team of the challenge"), queryset=Team.objects.none(), required=False
    )
    solvers = forms.CharField(
        label=_("Or people, by e-mail"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One address in each line; each needs an account here."),
    )
    pays_after = forms.IntegerField(
        label=_("Ask whether it paid after (months)"), min_value=1, max_value=36, initial=6
    )

    def __init__(self, *args: Any, problem: Problem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        if hasattr(problem, "challenge"):
            teams = problem.challenge.teams.filter(
                is_baseline=False, disbanded_at=None, submissions__isnull=False
            )
            field.queryset = teams.distinct()
        else:
            del self.fields["team"]

    def clean_solvers(self) -> list[people.Person]:
        wanted = {word.strip().lower() for word in self.cleaned_data["solvers"].replace(",", "\n").split()}
        found = list(people.Person.objects.filter(email__in=wanted, is_active=True))
        unknown = sorted(wanted - {person.email or "" for person in found})
        if unknown:
            raise forms.ValidationError(
                _("Nobody here has the address %(address)s.") % {"address": unknown[0]}
            )
        return found


class SolverForm(forms.Form):
    """One more person."""

    email = forms.EmailField(label=_("E-mail"))

    def clean_email(self) -> people.Person:
        found = people.Person.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return found


class MilestoneForm(forms.Form):
    """A step of the plan."""

    title = forms.CharField(label=_("Milestone"), max_length=160)
    due_on = _day(_("Due on"))
    words = _words(_("When is it done?"), 2000, required=False)


class MoveForm(forms.Form):
    """Another day, with the reason."""

    due_on = _day(_("New day"))
    reason = _words(_("Reason"), 2000)


class WordsForm(forms.Form):
    """What somebody saw or did."""

    words = _words(_("In a few words"), 2000)


class PilotForm(forms.Form):
    """From when to when it is tried out in earnest."""

    pilot_from = _day(_("From"))
    pilot_until = _day(_("Until"))


class PaidForm(forms.Form):
    """Did it pay? A figure where there is one."""

    paid = forms.ChoiceField(label=_("Did it pay?"), choices=Workroom.Paid.choices, widget=forms.RadioSelect)
    payoff_amount = forms.DecimalField(
        label=_("Figure"),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("For example 12000000"),
    )
    payoff_unit = forms.CharField(
        label=_("Unit"),
        max_length=60,
        required=False,
        help_text=_("For example KRW a year, hours a week, % less waste"),
    )
    payoff_words = _words(_("How do you know?"), 4000)


class TrialForm(forms.Form):
    """What happened when the owner ran it."""

    ran = forms.TypedChoiceField(
        label=_("Did it run?"),
        choices=[("yes", _("Yes, it ran")), ("no", _("No, it did not run"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = _words(_("What did you see?"), 4000)


class VersionForm(forms.Form):
    """What stands in the manifest beside the files."""

    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    what = _words(_("What it is and does"), 4000, required=False)
    run = _words(
        _("How to run it"),
        4000,
        required=False,
        help_text=_("The commands one after another, so that somebody else can."),
    )
    environment = _words(
        _("What it needs"),
        4000,
        required=False,
        help_text=_("Machine, operating system, versions of programs and libraries."),
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=120, required=False, help_text=_("For example Apache-2.0")
    )


class DefectForm(forms.Form):
    """Something wrong."""

    title = forms.CharField(label=_("What is wrong?"), max_length=160)
    words = _words(_("How to see it"), 4000, required=False)
    severity = forms.ChoiceField(
        label=_("How bad is it?"),
        choices=Defect.Severity.choices,
        initial="blocking",
        widget=forms.RadioSelect,
    )


class DecisionForm(forms.Form):
    """What was decided."""

    title = forms.CharField(label=_("Decision"), max_length=300)
    words = _words(_("Why"), 4000, required=False)


ROOM: Final[Mapping[str, type[forms.Form]]] = {
    "change_plan": ReasonForm,
    "start_pilot": PilotForm,
    "skip_pilot": ReasonForm,
    "end_pilot": WordsForm,
    "work_on": ReasonForm,
    "answer_paid": PaidForm,
    "abandon": ReasonForm,
}
MILESTONE: Final[Mapping[str, type[forms.Form]]] = {
    "return": ReasonForm,
    "move": MoveForm,
    "drop": ReasonForm,
}
DELIVERABLE: Final[Mapping[str, type[forms.Form]]] = {"try": TrialForm}
DEFECT: Final[Mapping[str, type[forms.Form]]] = {"mend": WordsForm, "reopen": ReasonForm, "drop": ReasonForm}
DECISION: Final[Mapping[str, type[forms.Form]]] = {"turn_down": ReasonForm}
__all__ = ["DECISION", "DEFECT", "DELIVERABLE", "MILESTONE", "ROOM", "MessageForm"]
