"""Forms of what members give and ask for. What is right is decided by the actions; a form shows their faults at the fields."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.farm.fault_sentences_sharing import SENTENCES
from dure.farm.models import Accelerator, Allocation
from dure.farm.queries import sharing
from dure.farm.rules_sharing import MOST_HOURS
from dure.foundation import clock
from dure.people import api as people

DATE: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ContributionForm(forms.Form):
    """A machine, what it has, how much of it the member keeps, and from when to when."""

    node_name = forms.CharField(
        label=_("Name of the machine"),
        max_length=80,
        help_text=_("As its runner or the cluster calls it. It may join later."),
    )
    accelerators = forms.CharField(
        label=_("Accelerators"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "gpu:h100 8"}),
        help_text=_("One type of the catalogue and its count in each line."),
    )
    cores = forms.IntegerField(label=_("Processor cores"), min_value=0, initial=0)
    memory_gb = forms.IntegerField(label=_("Memory in GB"), min_value=0, initial=0)
    kept_percent = forms.IntegerField(
        label=_("Share you keep for yourselves, in percent"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("It is yours at once whenever you need it, and lent while it is idle."),
    )
    starts_on = forms.DateField(label=_("From"), widget=DATE)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DATE, required=False, help_text=_("Empty: until you take it out.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_accelerators(self) -> dict[str, int]:
        """Lines of a type and a count; the same type twice is added up."""
        counts: dict[str, int] = {}
        for line in filter(str.strip, self.cleaned_data["accelerators"].splitlines()):
            key, _blank, count = line.strip().rpartition(" ")
            if not key or not count.isdecimal() or len(count) > 6:
                raise forms.ValidationError(str(SENTENCES["share_accelerators_unreadable"]))
            counts[key.strip()] = counts.get(key.strip(), 0) + int(count)
        return counts


class NewContributionForm(ContributionForm):
    """The same, for one of the organisations one represents."""

    field_order = ("organisation", "node_name")
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=people.Organisation.objects.none()
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_one(self.fields["organisation"], sharing.gives_for(person))
        self.fields["starts_on"].initial = clock.today()


class AllocationForm(forms.Form):
    """Hours of what, for what, and from when to when."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=people.Organisation.objects.none()
    )
    kind = forms.ChoiceField(label=_("For"), choices=Allocation.Kind.choices, widget=forms.RadioSelect)
    project = forms.CharField(
        label=_("Its word"),
        required=False,
        max_length=80,
        help_text=_("The word that jobs are charged to. Empty: the whole organisation."),
    )
    accelerator = forms.ModelChoiceField(
        label=_("Hours of"),
        queryset=Accelerator.objects.none(),
        required=False,
        empty_label=_("processor cores"),
    )
    hours = forms.IntegerField(
        label=_("Hours"), min_value=1, help_text=_("One hour of one device, or of one core.")
    )
    starts_on = forms.DateField(label=_("From"), widget=DATE)
    ends_on = forms.DateField(label=_("Last day"), widget=DATE)
    purpose = forms.CharField(
        label=_("What are they for?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The secretariat decides by this."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_one(self.fields["organisation"], people.own_organisations(person))
        choices: Any = self.fields["accelerator"]
        choices.queryset = Accelerator.objects.all()
        self.fields["kind"].initial = Allocation.Kind.PROJECT
        self.fields["starts_on"].initial = clock.today()
        self.fields["ends_on"].initial = clock.today() + timedelta(days=90)


def _choose_one(field: Any, rows: Any) -> None:
    """Of a single organisation nobody needs to be asked twice."""
    field.queryset = rows
    found = list(rows[:2])
    if len(found) == 1:
        field.initial = found[0].pk


class ChangeForm(forms.Form):
    """Other hours, another last day, and why."""

    hours = forms.IntegerField(label=_("Hours in all"), min_value=1)
    ends_on = forms.DateField(label=_("Last day"), widget=DATE)
    purpose = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AcceleratorForm(forms.Form):
    """A type of the catalogue."""

    vendor = forms.CharField(label=_("Vendor"), max_length=60)
    model = forms.CharField(label=_("Model"), max_length=80)
    memory_gb = forms.IntegerField(
        label=_("Memory in GB"),
        required=False,
        min_value=1,
        help_text=_("Of one device, as the vendor states it."),
    )
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=1,
        help_text=_("A second of it weighs as many seconds of a processor core. An H100 is 100."),
    )


class NewAcceleratorForm(AcceleratorForm):
    """The same with the key that jobs ask for, which never changes."""

    field_order = ("key",)
    key = forms.CharField(
        label=_("Type"), max_length=40, help_text=_("For example gpu:h100 or npu:atom: what jobs ask for.")
    )


class ReasonForm(forms.Form):
    """A reason that the people concerned will read."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(forms.Form):
    """How many hours are granted."""

    hours = forms.IntegerField(
        label=_("Hours granted"),
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        help_text=_("Empty: as many as were asked for."),
    )


FORMS_OF_CONTRIBUTION: Final[Mapping[str, type[forms.Form]]] = {"return": ReasonForm, "end": ReasonForm}
FORMS_OF_ALLOCATION: Final[Mapping[str, type[forms.Form]]] = {
    "approve": ApproveForm,
    "refuse": ReasonForm,
    "revoke": ReasonForm,
}
FORMS_OF_CHANGE: Final[Mapping[str, type[forms.Form]]] = {"refuse": ReasonForm}
DONE: Final[Mapping[str, str | Promise]] = {
    "offer": _("Offered. The secretariat answers."),
    "accept": _("It is part of the farm from its first day on."),
    "return": _("Sent back with your reason."),
    "end": _("Taken out of the farm."),
    "approve": _("Approved. The member is told."),
    "refuse": _("Refused with your reason."),
    "revoke": _("The hours are taken back."),
    "withdraw": _("Withdrawn."),
}
"""What is said when an action is taken."""
