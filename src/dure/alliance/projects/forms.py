"""Forms of projects."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.models import (
    Agreement,
    MilestoneEvidence,
    ProjectChange,
    ProjectMember,
    ProjectMilestone,
    ProjectOutput,
    ProjectPartner,
    ProjectRisk,
    ResearchProject,
)
from dure.alliance.projects import editing
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "start": _("It has started. Its people were told."),
    "pause": _("It is paused. Its people were told."),
    "resume": _("It goes on. Its people were told."),
    "request_change": _("The secretariat was asked for the change."),
    "submit_renewal": _("Submitted. The secretariat decides on it."),
    "begin_review": _("You have taken up the review."),
    "return": _("Returned. The reason stands there."),
    "renew": _("Renewed for a year. Its people were told."),
    "renew_with_conditions": _("Renewed. The conditions are milestones now."),
    "not_renew": _("Not renewed. It is closing."),
    "close": _("It is closing. The final report is missing."),
    "wind_up": _("It is closing. The final report is missing."),
    "complete": _("It is completed. Its people were told."),
    "stop": _("It is stopped. Open milestones are waived."),
    "accept": _("Accepted."),
    "submit": _("Handed in."),
    "reschedule": _("It has another day."),
    "waive": _("Waived. The reason stands there."),
    "approve": _("Approved. Its lead was told."),
    "refuse": _("Refused. The reason stands there."),
    "withdraw": _("Taken back."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("Everybody who reads all of this project reads it."),
    )


class MaybeWhyForm(forms.Form):
    """Why, where it needs a reason: something late does."""

    reason = forms.CharField(
        label=_("Reason, where it is late"), max_length=2000, widget=_area(3), required=False
    )


class UntilForm(WhyForm):
    """Until when, and why."""

    until = forms.DateField(label=_("Until"), widget=_day())


class ConditionsForm(UntilForm):
    """What has to be done, until when, and why it is renewed all the same."""

    conditions = forms.CharField(
        label=_("Conditions"),
        max_length=4000,
        widget=_area(4),
        help_text=_("One in each line. Each becomes a milestone of the next year."),
    )
    field_order = ("conditions", "until", "reason")


class RenewalForm(forms.Form):
    """The report of the year and the plan of the next one."""

    report = forms.CharField(label=_("Report of the year"), max_length=20_000, widget=_area(8))
    outputs = forms.CharField(
        label=_("About its outputs"),
        max_length=4000,
        widget=_area(3),
        required=False,
        help_text=_("Where no output of this year stands on the page of outputs, say why."),
    )
    plan = forms.CharField(label=_("Plan of the next year"), max_length=20_000, widget=_area(8))


class ReportForm(forms.Form):
    """The final report."""

    report = forms.CharField(label=_("Final report"), max_length=20_000, widget=_area(8))


class ChangeForm(WhyForm):
    """A change that the lead asks for."""

    kind = forms.ChoiceField(label=_("What it concerns"), choices=ProjectChange.Kind.choices)
    what = forms.CharField(label=_("What is to change"), max_length=2000, widget=_area(3))
    field_order = ("kind", "what", "reason")


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "pause": UntilForm,
    "request_change": ChangeForm,
    "submit_renewal": RenewalForm,
    "return": WhyForm,
    "renew": WhyForm,
    "renew_with_conditions": ConditionsForm,
    "not_renew": WhyForm,
    "complete": ReportForm,
    "stop": WhyForm,
}
OF_RENEWAL: Final = (
    "submit_renewal",
    "begin_review",
    "return",
    "renew",
    "renew_with_conditions",
    "not_renew",
)
"""Moves that stand on the page of renewals, beside what they are about."""
MILESTONE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "submit": MaybeWhyForm,
    "return": WhyForm,
    "reschedule": UntilForm,
    "waive": WhyForm,
}
CHANGE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"refuse": WhyForm}


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What a project says of itself. A lead writes the parts that are theirs."""

    lead_address = forms.EmailField(
        label=_("Lead"), required=False, help_text=_("The mail address of the person's account.")
    )

    concerns = forms.MultipleChoiceField(
        label=_("What of it concerns people"),
        choices=ResearchProject.Concern.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With any of these it starts, and is renewed, only when the ethics board has approved."),
    )

    class Meta:
        model = ResearchProject
        fields = tuple(name for name in editing.FIELDS if name != "lead")
        labels = {
            "origin": _("Where it comes from"),
            "track": _("Track"),
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "summary_ko": _("Summary in Korean"),
            "summary_en": _("Summary in English"),
            "agreement": _("Agreement"),
            "audience": _("Who sees it"),
            "terms": _("What is agreed about data and results"),
            "kickoff_on": _("First meeting held on"),
            "starts_on": _("First day"),
        }
        widgets = {"kickoff_on": _day(), "starts_on": _day(), "terms": _area(4)}

    def __init__(self, *given: Any, person: Any, is_secretary: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        project: ResearchProject | None = self.instance if self.instance.pk else None
        agreements = Agreement.objects.visible_to(person).filter(amends=None, state__in=IN_FORCE)
        field: Any = self.fields["agreement"]
        field.required, field.queryset = False, agreements.order_by("-pk")
        self.fields["lead_address"].initial = project.lead.email if project and project.lead else ""
        shut = () if project is None or project.state == "setup" else ("track", "starts_on")
        theirs = self.fields if is_secretary else editing.LEADS_MAY
        for name in [one for one in self.fields if one not in theirs or one in shut]:
            del self.fields[name]

    def clean_lead_address(self) -> str:
        """An account that is in use; the secretariat may know of all."""
        address = str(self.cleaned_data["lead_address"]).strip()
        if address and self._found(address) is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return address

    def _found(self, address: str) -> "people.Person | None":
        return people.Person.objects.filter(is_active=True, email__iexact=address).first()

    @property
    def said(self) -> dict[str, Any]:
        """The form's values as `editing` takes them."""
        values = dict(self.cleaned_data)
        if "lead_address" in values:
            address = values.pop("lead_address")
            values["lead"] = self._found(address) if address else None
        return values


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """An organisation that takes part."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in DIGITS])

    class Meta:
        model = ProjectPartner
        fields = ("organisation", "role", "budget", "currency")
        labels = {
            "organisation": _("Organisation"),
            "role": _("Takes part as"),
            "budget": _("Brings in for a year"),
        }

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.visible_organisations(person).order_by("name_en", "pk")


class MemberForm(forms.Form):
    """Somebody who works on it."""

    address = forms.EmailField(
        label=_("Mail address"), help_text=_("Of somebody who belongs to one of its partners.")
    )
    role = forms.ChoiceField(label=_("Works on it as"), choices=ProjectMember.Role.choices)


class MilestoneForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What is to be there by a day."""

    class Meta:
        model = ProjectMilestone
        fields = ("title_ko", "title_en", "due_on")
        labels = {"title_ko": _("Title in Korean"), "title_en": _("Title in English"), "due_on": _("Due on")}
        widgets = {"due_on": _day()}


class EvidenceForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """A link that shows it."""

    class Meta:
        model = MilestoneEvidence
        fields = ("title", "link")
        labels = {"title": _("What it shows"), "link": _("Address")}
        help_texts = {"link": _("A problem or a case here (it begins with a slash), or an https:// address.")}


class OutputForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """Something that came of it."""

    class Meta:
        model = ProjectOutput
        fields = ("kind", "title", "link")
        labels = {"kind": _("Kind"), "title": _("Title"), "link": _("Address")}


class RiskForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What may go wrong."""

    class Meta:
        model = ProjectRisk
        fields = ("level", "what")
        labels = {"level": _("Level"), "what": _("What may go wrong")}
