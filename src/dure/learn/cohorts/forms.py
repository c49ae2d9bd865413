"""Forms of cohorts. What is right is decided by the actions; a form shows their faults at the fields."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.learn.cohorts import making, programmes, seats
from dure.learn.models import Cohort, Course
from dure.people import api as people

DATE: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CohortForm(forms.Form):
    """All that is set of a cohort by those who lead it."""

    name_ko = forms.CharField(label=_("Name in Korean"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    term = forms.CharField(
        label=_("Term"), max_length=20, required=False, help_text=_("Such as 2026-1. It may stay empty.")
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    version = forms.TypedChoiceField(
        label=_("Version of the course"),
        coerce=int,
        help_text=_("This is the syllabus that you announce. If it changes later, everybody is told."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Cohort.Language.choices)
    starts_on = forms.DateField(label=_("First day"), widget=DATE)
    ends_on = forms.DateField(label=_("Last day"), widget=DATE)
    apply_until = forms.DateField(label=_("One can apply until"), widget=DATE)
    admission = forms.ChoiceField(
        label=_("Who gets a place"), choices=Cohort.Admission.choices, widget=forms.RadioSelect
    )
    attendance_asked = forms.IntegerField(
        label=_("Attendance asked for, in percent"),
        help_text=_("0 means: nobody has to be there."),
    )
    coaches = forms.CharField(
        label=_("Coaches"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One e-mail address in each line; they must have an account here."),
    )

    def __init__(
        self, *given: Any, course: Course, by: Any, cohort: Cohort | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.course, self.by, self.cohort = course, by, cohort
        fields: Any = self.fields
        fields["version"].choices = [(number, str(number)) for number in making.versions_of(course)]
        mine = [(one.slug, one.name) for one in programmes.of_maker(by)]
        stays = cohort.programme if cohort else None
        kept = [(stays.slug, stays.name)] if stays and stays.slug not in dict(mine) else []
        fields["programme"].choices = [("", _("none")), *kept, *mine]

    def clean_coaches(self) -> list[str]:
        """Addresses apart by line, comma or blank."""
        return [word for word in re.split(r"[\s,;]+", self.cleaned_data["coaches"]) if word]

    def clean(self) -> dict[str, Any]:
        """What the action would refuse stands at the fields with everything else that is wrong."""
        values = super().clean() or {}
        found = making.faults(values, self.course, by=self.by, cohort=self.cohort)
        if found:
            show_faults(self, Faulty([one for one in found if one.place not in self.errors]))
        return values


class NewCohortForm(CohortForm):
    """The same with the first seats."""

    seats = forms.IntegerField(
        label=_("Seats"),
        initial=20,
        help_text=_("The first of them; others can be added later. 0 means: none yet."),
    )
    sponsor = forms.ModelChoiceField(
        label=_("Who gives these seats"), queryset=people.Organisation.objects.none(), empty_label=None
    )
    reserved_for = forms.ModelChoiceField(
        label=_("For whose people"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("anybody"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _offer_organisations(self)
        self.fields["sponsor"].initial = self.course.organisation_id


class SeatsForm(forms.Form):
    """Seats that an organisation gives."""

    sponsor = forms.ModelChoiceField(
        label=_("Who gives these seats"), queryset=people.Organisation.objects.none(), empty_label=None
    )
    seats = forms.IntegerField(label=_("How many"), min_value=1, max_value=seats.MOST)
    reserved_for = forms.ModelChoiceField(
        label=_("For whose people"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("anybody"),
    )

    def __init__(self, *given: Any, by: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.by = by
        _offer_organisations(self)


class ReturnForm(forms.Form):
    """How many seats come back."""

    count = forms.IntegerField(label=_("How many"), min_value=1)


class ApplyForm(forms.Form):
    """For which organisation one comes, and where a coach decides, why."""

    organisation = forms.ChoiceField(
        label=_("You come for"),
        required=False,
        help_text=_(
            "Some seats are for the people of one organisation. It reads how far you are, and none of your answers."
        ),
    )
    motive = forms.CharField(
        label=_("Why you want to take part"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only those who decide read this."),
    )

    def __init__(
        self, *given: Any, mine: Sequence[people.Organisation], asks_why: bool, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.mine = {one.slug: one for one in mine}
        field: Any = self.fields["organisation"]
        field.choices = [("", _("myself")), *((one.slug, one.name) for one in mine)]
        if not asks_why:
            del self.fields["motive"]

    def clean_organisation(self) -> people.Organisation | None:
        return self.mine.get(self.cleaned_data["organisation"])


class NewsForm(forms.Form):
    """What is told to everybody in the cohort."""

    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(
        label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}), help_text="Markdown"
    )


class ReasonForm(forms.Form):
    """Why; the people concerned read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The people concerned will read it."),
    )


class ProgrammeForm(forms.Form):
    """What a programme is called, what it is, and how many hours it has."""

    name_ko = forms.CharField(label=_("Name in Korean"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    summary_ko = forms.CharField(
        label=_("In a few sentences, in Korean"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    summary_en = forms.CharField(
        label=_("In a few sentences, in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.IntegerField(label=_("Hours in all"), initial=0)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        found = programmes.faults_of(values)
        if found:
            show_faults(self, Faulty([one for one in found if one.place not in self.errors]))
        return values


class NewProgrammeForm(ProgrammeForm):
    """The same with whose it is and its address."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation that gives it"),
        queryset=people.Organisation.objects.none(),
        empty_label=None,
    )
    slug = forms.CharField(
        label=_("Address of the programme"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as ai-bootcamp. It stays for good."),
    )

    def __init__(self, *given: Any, by: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = programmes.homes(by)
        self.order_fields(["organisation", "slug"])


COHORT: Final[Mapping[str, type[forms.Form]]] = {"call_off": ReasonForm}
PLACE: Final[Mapping[str, type[forms.Form]]] = {"decline": ReasonForm, "remove": ReasonForm}
DONE: Final[Mapping[str, str | Promise]] = {
    "open": _("The cohort takes applications now."),
    "begin": _("The cohort is under way."),
    "end": _("The cohort is over. Whoever had a place took part to the end."),
    "call_off": _("The cohort is called off; everybody in it was told."),
}


def _offer_organisations(form: Any) -> None:
    for name in ("sponsor", "reserved_for"):
        form.fields[name].queryset = people.visible_organisations(form.by)
