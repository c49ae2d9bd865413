"""Forms of the entrance test."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.learn.cohorts.entrance import MOST_EXTRA
from dure.learn.cohorts.forms_plan import PlaceField
from dure.learn.cohorts.queries_entrance import applicants
from dure.learn.models import Cohort, EntranceTest, Place
from dure.learn.paths.bank import bank
from dure.people import api as people


class TestForm(forms.Form):
    """What is asked, for how long, and what is enough. What is out of its bounds is said by the action."""

    __test__ = False

    skills = forms.MultipleChoiceField(label=_("Skills"), widget=forms.CheckboxSelectMultiple)
    questions = forms.IntegerField(label=_("Number of questions"), initial=10)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=30,
        help_text=_("You can give more to a person for whom reading or writing takes longer."),
    )
    pass_percent = forms.IntegerField(
        label=_("Passed from, in percent"),
        initial=60,
        help_text=_("Below it, a coach decides; nobody is declined by the test alone."),
    )

    def __init__(self, given: Any = None, *, test: EntranceTest | None = None) -> None:
        names = ("skills", "questions", "minutes", "pass_percent")
        initial = {name: getattr(test, name) for name in names} if test else None
        super().__init__(given, initial=initial, auto_id="test-%s")
        field: Any = self.fields["skills"]
        named = people.skills_named(bank().skills)
        field.choices = [(slug, skill.name) for slug, skill in named.items()]


class MinutesForm(forms.Form):
    """Who has how many minutes more."""

    place = PlaceField(queryset=Place.objects.none(), to_field_name="uid", label=_("Person"))
    minutes = forms.IntegerField(label=_("Minutes more"), min_value=0, max_value=MOST_EXTRA)

    def __init__(self, given: Any = None, *, cohort: Cohort) -> None:
        super().__init__(given, auto_id="minutes-%s")
        field: Any = self.fields["place"]
        field.queryset = applicants(cohort)
