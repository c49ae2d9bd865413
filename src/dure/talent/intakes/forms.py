"""Forms of intakes and stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Role, has_role
from dure.learn import api as learn
from dure.people import api as people
from dure.talent.intakes.making import FIELDS, FITTING
from dure.talent.models import Duty, Intake, IntakeHost, Opening, Stay

MOST_SEATS: Final = 5000
DONE: Final[Mapping[str, str | Promise]] = {
    "call": _("The call is open: everybody sees it."),
    "select": _("The call is closed."),
    "begin": _("It is under way."),
    "finish": _("Finished."),
    "cancel": _("Called off. Everybody with a place was told."),
    "leave": _("The stay has begun."),
    "come_back": _("The stay has ended. The return report is due."),
    "complete": _("Completed."),
    "break_off": _("Broken off. Those concerned were told."),
}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The people concerned read it, with your name."),
    )


INTAKE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"cancel": ReasonForm}
STAY_FORMS: Final[Mapping[str, type[forms.Form]]] = {"break_off": ReasonForm}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IntakeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What is said of an intake."""

    class Meta:
        model = Intake
        fields = FIELDS
        labels = {
            "programme": _("Programme"),
            "kind": _("Kind"),
            "term": _("Term"),
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "about_ko": _("What it is, in Korean"),
            "about_en": _("What it is, in English"),
            "eligibility_ko": _("Who may apply, in Korean"),
            "eligibility_en": _("Who may apply, in English"),
            "documents_ko": _("Documents to bring, in Korean"),
            "documents_en": _("Documents to bring, in English"),
            "is_abroad": _("It takes people abroad"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
        }
        help_texts = {
            "term": _("What people call this run, such as 2027-1."),
            "is_abroad": _("A visa and housing are then on everybody's list."),
        }
        widgets = {
            **{name: _day() for name in ("starts_on", "ends_on")},
            **{
                f"{name}_{code}": forms.Textarea(attrs={"rows": 4})
                for name in ("about", "eligibility", "documents")
                for code in ("ko", "en")
            },
        }

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        programme: Any = self.fields["programme"]
        programme.queryset = learn.visible_programmes(person)
        programme.label_from_instance = lambda one: one.name
        if self.instance.pk is None:
            self.fields["organisation"] = _organisation(person)
            self.order_fields(["organisation"])


def represented(person: Any) -> "QuerySet[people.Organisation]":
    """Organisations that this person represents."""
    return people.Organisation.objects.filter(pk__in=people.represented_organisations(person))


def _organisation(person: Any) -> Any:
    """For whom this person may run intakes; the action decides."""
    secretary = has_role(person, Role.SECRETARIAT)
    rows = people.visible_organisations(person) if secretary else represented(person)
    return forms.ModelChoiceField(queryset=rows, label=_("Organisation that runs it"), empty_label=None)


class HostForm(forms.Form):
    """An opening that becomes a host of the intake."""

    opening = forms.ModelChoiceField(label=_("Opening"), queryset=Opening.objects.none())
    group_ko = forms.CharField(label=_("Group, in Korean"), required=False, max_length=120)
    group_en = forms.CharField(label=_("Group, in English"), required=False, max_length=120)

    def __init__(self, *given: Any, person: Any, intake: Intake, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["opening"]
        fitting = Opening.objects.visible_to(person).filter(
            kind__in=FITTING[intake.kind], state__in=("draft", "open", "closed"), intake_host=None
        )
        field.queryset = fitting.select_related("organisation")
        field.label_from_instance = lambda one: f"{one.organisation.name}: {one.title}"


class SponsorForm(forms.Form):
    """Who pays for how many seats."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=people.Organisation.objects.none()
    )
    seats = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=MOST_SEATS)
    pays_ko = forms.CharField(label=_("What it pays for, in Korean"), required=False, max_length=300)
    pays_en = forms.CharField(label=_("What it pays for, in English"), required=False, max_length=300)

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.visible_organisations(person).filter(left_on=None)


def _of_host(host: IntakeHost) -> "QuerySet[people.Person]":
    """Everybody who belongs to the organisation that hosts."""
    inside = people.Membership.objects.current().filter(organisation=host.opening.organisation_id)
    return people.Person.objects.filter(is_active=True, pk__in=inside.values("person_id"))


class SupervisorForm(forms.Form):
    """Somebody of the host."""

    supervisor = forms.ModelChoiceField(label=_("Supervisor"), queryset=people.Person.objects.none())

    def __init__(self, *given: Any, stay: Stay, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["supervisor"]
        field.queryset = _of_host(stay.host).exclude(pk=stay.person_id)
        field.label_from_instance = lambda one: one.name


class HostSupervisorForm(forms.Form):
    """Who looks after those who come to a host; nobody is a choice too."""

    supervisor = forms.ModelChoiceField(
        label=_("Supervisor"),
        queryset=people.Person.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *given: Any, host: IntakeHost, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["supervisor"]
        field.queryset = _of_host(host)
        field.label_from_instance = lambda one: one.name


class DutyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Something more to do."""

    class Meta:
        model = Duty
        fields = ("kind", "what_ko", "what_en", "due_on", "is_needed")
        labels = {
            "kind": _("Kind"),
            "what_ko": _("What, in Korean"),
            "what_en": _("What, in English"),
            "due_on": _("Until"),
            "is_needed": _("The stay cannot begin without it"),
        }
        widgets = {"due_on": _day()}


class StipendForm(forms.Form):
    """A payment on the schedule."""

    due_on = forms.DateField(label=_("Day"), widget=_day())
    amount = forms.IntegerField(label=_("Amount"), min_value=1, max_value=10**12)
    currency = forms.RegexField(
        label=_("Currency"), regex=r"^[A-Z]{3}$", initial="KRW", help_text=_("Three letters, such as KRW.")
    )


class PaidForm(forms.Form):
    """When it was paid."""

    paid_on = forms.DateField(label=_("Paid on"), widget=_day())


class ReportForm(forms.Form):
    """One side's word of one month."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    did = forms.CharField(label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    next_steps = forms.CharField(
        label=_("What comes next"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    trouble = forms.CharField(
        label=_("What I need help with"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Whoever runs the intake is told at once; the other side does not read it. Leave it empty when all is well."
        ),
    )

    def __init__(self, *given: Any, months: list[date], **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["month"]
        field.choices = [(f"{month:%Y-%m-%d}", f"{month:%Y-%m}") for month in months]


class AnswerForm(forms.Form):
    """What was done about it."""

    answer = forms.CharField(
        label=_("What was done about it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CreditForm(forms.Form):
    """Credit of an institution."""

    institution = forms.ModelChoiceField(label=_("Institution"), queryset=people.Organisation.objects.none())
    course = forms.CharField(label=_("As which course"), max_length=200)
    points = forms.DecimalField(
        label=_("Credits"), min_value=0, max_value=999, max_digits=5, decimal_places=1
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        secretary = has_role(person, Role.SECRETARIAT)
        rows = people.visible_organisations(person) if secretary else represented(person)
        field: Any = self.fields["institution"]
        field.queryset = rows


class ReturnForm(forms.Form):
    """The word after the return."""

    text = forms.CharField(
        label=_("Return report"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you did and learned, what helped, what you would tell who goes next."),
    )


class LaterForm(forms.Form):
    """Where one is a year later."""

    later = forms.ChoiceField(
        label=_("Where are you now?"), choices=Stay.Later.choices, widget=forms.RadioSelect
    )
