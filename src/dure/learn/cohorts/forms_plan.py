"""Forms of the plan: a date for each unit, and days for a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.foundation.forms import KoreaTimeField
from dure.learn.cohorts.dates import MOST_DAYS
from dure.learn.cohorts.queries_plan import with_place
from dure.learn.models import Cohort, Place


class DatesForm(forms.Form):
    """One field for each unit, under the unit's id."""

    def __init__(
        self, given: Any = None, *, cohort: Cohort, dates: Mapping[str, datetime], language: str
    ) -> None:
        super().__init__(given, initial=dict(dates), auto_id="due-%s")
        for unit in cohort.version.taught.units:
            self.fields[unit.id] = KoreaTimeField(label=unit.title.within(language), required=False)


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none when it runs
    """A person of the cohort, by their place."""

    def label_from_instance(self, obj: Place) -> str:
        return obj.person.name


class ExtensionForm(forms.Form):
    """Who has how many days more."""

    place = PlaceField(queryset=Place.objects.none(), to_field_name="uid", label=_("Person"))
    days = forms.IntegerField(
        min_value=0,
        max_value=MOST_DAYS,
        label=_("Days more"),
        help_text=_("For all dates of this person. 0 takes them back."),
    )

    def __init__(self, given: Any = None, *, cohort: Cohort) -> None:
        super().__init__(given, auto_id="more-%s")
        field: Any = self.fields["place"]
        field.queryset = with_place(cohort)
