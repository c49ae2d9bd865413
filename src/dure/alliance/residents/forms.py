"""Forms of joint labs. What is right is decided by the actions; a form shows their faults at the fields."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models import JointLab, LabSpace, ResearchProject
from dure.alliance.residents import keeping, queries
from dure.foundation.forms import KoreaTimeField
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "arrive": _("The person works here now and was told."),
    "cancel": _("Noted; the desk is free."),
    "leave": _("The desk is free, later bookings are given back. Now take back what was given."),
    "finish": _("All is taken back."),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LabForm(forms.Form):
    """A joint lab, in Korean, in English or in both."""

    name_ko = forms.CharField(label=_("Name in Korean"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    address_ko = forms.CharField(label=_("Address in Korean"), max_length=300, required=False)
    address_en = forms.CharField(label=_("Address in English"), max_length=300, required=False)
    host = forms.ModelChoiceField(
        label=_("Whose building it is"), queryset=people.Organisation.objects.none(), required=False
    )
    keepers = forms.CharField(
        label=_("Who looks after it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mail addresses of accounts, one in each line. They read who works there."),
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        host: Any = self.fields["host"]
        host.queryset = people.visible_organisations(person).order_by("name_ko", "pk")


def said_of(lab: JointLab) -> dict[str, Any]:
    """What the form of a lab shows first."""
    return {name: getattr(lab, name) for name in keeping.OF_LAB} | {"keepers": keeping.addresses(lab)}


class SpaceForm(forms.Form):
    """A room or a desk."""

    kind = forms.ChoiceField(label=_("Room or desk"), choices=LabSpace.Kind.choices)
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As it stands on the door: 301, A-12.")
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("in a room", "Places"), min_value=1, max_value=keeping.MOST_PLACES, initial=1
    )


class StayForm(forms.Form):
    """The project, the desk and the last day of somebody's stay."""

    project = forms.ModelChoiceField(
        label=_("Under which project"), queryset=ResearchProject.objects.none(), required=False
    )
    desk = forms.ModelChoiceField(
        label=pgettext_lazy("furniture", "Desk"), queryset=LabSpace.objects.none(), required=False
    )
    until = forms.DateField(label=_("Last day"), widget=_day(), required=False)

    def __init__(self, *given: Any, person: Any, lab: JointLab, own: Any = None, **named: Any) -> None:
        super().__init__(*given, **named)
        project: Any = self.fields["project"]
        project.queryset = projects_for(person).order_by("-pk")
        desk: Any = self.fields["desk"]
        free = lab.spaces.filter(kind=LabSpace.Kind.DESK, closed_at=None)
        desk.queryset = (free.filter(residents=None) | free.filter(pk=own)).order_by("name", "pk")


def projects_for(person: Any) -> Any:
    """Projects that a stay can be under: those that this person may know of and that are not over."""
    return ResearchProject.objects.visible_to(person).exclude(
        state__in=ResearchProject.workflow.tagged("done")
    )


class ResidentForm(StayForm):
    """Somebody who comes to work here."""

    employer = forms.ModelChoiceField(label=_("Employer"), queryset=people.Organisation.objects.none())
    address = forms.EmailField(label=_("Mail address of the account"))
    since = forms.DateField(label=_("First day"), widget=_day())
    field_order = ("employer", "address", "since", "until", "project", "desk")

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, person=person, **named)
        employer: Any = self.fields["employer"]
        employer.queryset = people.visible_organisations(person).order_by("name_ko", "pk")


class BookingForm(forms.Form):
    """A room or a desk from a time until another, in Korean time."""

    space = forms.ModelChoiceField(label=_("Room or desk"), queryset=LabSpace.objects.none())
    starts_at = KoreaTimeField(label=_("Begins (KST)"))
    ends_at = KoreaTimeField(label=_("Ends (KST)"))
    people_count = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=keeping.MOST_PLACES, initial=1
    )
    what = forms.CharField(
        label=_("What for"),
        max_length=200,
        required=False,
        help_text=_("You and who looks after the lab read it; others see only that it is taken."),
    )

    def __init__(self, *given: Any, lab: JointLab, **named: Any) -> None:
        super().__init__(*given, **named)
        space: Any = self.fields["space"]
        space.queryset = queries.bookable(lab)


class SheetForm(forms.Form):
    """Residents from a spreadsheet."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        help_text=_(
            "Columns: address, employer (short name), since, and if you like until, desk. At most 3,000 lines."
        ),
    )
    is_real = forms.BooleanField(
        label=_("Enter them; without this the file is only looked at"), required=False
    )


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {}
