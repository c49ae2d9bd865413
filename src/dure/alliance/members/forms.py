"""Forms of membership."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final, cast

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.members import queries
from dure.alliance.models import Agreement, Joining, MemberLevel
from dure.foundation import clock
from dure.foundation.acting import FormTable
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "ask": _("Asked. Its representatives were told."),
    "answer": _("Answered. The secretariat was told."),
    "accept": _("Accepted. Its representatives were told."),
    "refuse": _("Refused. Its representatives read the reason."),
    "withdraw": _("Withdrawn. The secretariat was told."),
    "change_level": _("The level is changed. Its representatives were told."),
    "suspend": _("The membership rests. Its representatives were told."),
    "resume": _("The membership goes on. Its representatives were told."),
    "leave": _("The organisation has left the alliance. Its agreements stay: leave each of them there."),
    "end": _("The membership is ended. Its representatives were told."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class QuestionForm(forms.Form):
    """What the secretariat wants to know."""

    reason = forms.CharField(label=_("Question"), max_length=2000, widget=_area(3))


class AnswerForm(forms.Form):
    """What the organisation answers."""

    reason = forms.CharField(label=_("Answer"), max_length=2000, widget=_area(5))


class DecisionForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_(
            "Representatives of the organisation, the secretariat and auditors read it, with your name."
        ),
    )


class AcceptForm(DecisionForm):
    """At which level, from which day on, on the ground of which agreement."""

    level = forms.ModelChoiceField(label=_("Level of membership"), queryset=MemberLevel.objects.all())
    since = forms.DateField(label=_("Member from"), widget=_day(), initial=clock.today)
    agreement = forms.ModelChoiceField(
        label=_("Agreement"),
        queryset=Agreement.objects.none(),
        required=False,
        help_text=_("Of those of which the organisation is a party. Some levels ask for one in force."),
    )

    field_order = ("level", "since", "agreement", "reason")

    def __init__(self, *given: Any, joining: Joining, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["agreement"]
        field.queryset = queries.agreements_to_name(joining.organisation)
        self.initial = {"level": joining.level_id, "agreement": joining.agreement_id, **self.initial}


class LevelChoiceForm(forms.Form):
    """A level."""

    level = forms.ModelChoiceField(label=_("Level of membership"), queryset=MemberLevel.objects.all())


class ChangeLevelForm(LevelChoiceForm, DecisionForm):
    """Another level, and why."""

    field_order = ("level", "reason")


def joining_forms(joining: Joining) -> FormTable:
    """The forms of an application's moves."""
    accept = cast("type[forms.Form]", partial(AcceptForm, joining=joining))
    return {"ask": QuestionForm, "answer": AnswerForm, "accept": accept, "refuse": DecisionForm}


MEMBER_FORMS: Final[FormTable] = {
    "change_level": ChangeLevelForm,
    "suspend": DecisionForm,
    "leave": DecisionForm,
    "end": DecisionForm,
}


class JoiningForm(forms.Form):
    """An application for membership."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=people.Organisation.objects.none(), to_field_name="slug"
    )
    level = forms.ModelChoiceField(
        label=_("Level of membership"),
        queryset=MemberLevel.objects.all(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    cooperation = forms.MultipleChoiceField(
        label=_("Fields of cooperation"),
        choices=Agreement.Cooperation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(label=_("Why the organisation wants to join"), max_length=4000, widget=_area(5))
    brings = forms.CharField(
        label=_("What it brings"),
        max_length=4000,
        widget=_area(5),
        help_text=_("People, data, accelerators, problems, money: whatever others can count on."),
    )
    contact = forms.ModelChoiceField(
        label=_("Contact person"),
        queryset=people.Person.objects.none(),
        to_field_name="uid",
        help_text=_("Somebody of the organisation whom the secretariat may ask."),
    )
    agreement = forms.ModelChoiceField(
        label=_("Agreement"),
        queryset=Agreement.objects.none(),
        to_field_name="uid",
        required=False,
        help_text=_(
            "Where one is signed or being made with the organisation. Some levels ask for one in force."
        ),
    )

    def __init__(self, *given: Any, person: people.Person, **named: Any) -> None:
        super().__init__(*given, **named)
        candidates = _candidates(person)
        inside = people.Membership.objects.current().filter(organisation__in=candidates).values("person_id")
        choices = {
            "organisation": candidates,
            "contact": people.Person.objects.filter(is_active=True, pk__in=inside),
            "agreement": Agreement.objects.visible_to(person).filter(
                parties__organisation__in=candidates, parties__left_at=None, amends=None
            ),
        }
        for name, queryset in choices.items():
            field: Any = self.fields[name]
            field.queryset = queryset
        cast("Any", self.fields["level"]).label_from_instance = said_level
        cast("Any", self.fields["contact"]).label_from_instance = lambda one: one.name
        self.has_candidates = candidates.exists()

    def given(self) -> dict[str, Any]:
        """What `applying.apply` takes beside the organisation."""
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}


def _candidates(person: people.Person) -> Any:
    """Organisations that are no members today and in whose name this person may ask."""
    today = clock.today()
    joined = Q(joined_on__lte=today) & (Q(left_on=None) | Q(left_on__gt=today))
    rows = people.Organisation.objects.exclude(joined)
    if people.is_secretary(person):
        return rows
    return rows.filter(pk__in=people.represented_organisations(person))


def said_level(level: MemberLevel) -> str:
    """Its name, and what it is for."""
    return f"{level.name}: {level.about}" if level.about else level.name


class DeputyForm(forms.Form):
    """Who speaks for the organisation for a time."""

    deputy = forms.ModelChoiceField(
        label=_("Deputy"), queryset=people.Person.objects.none(), to_field_name="uid"
    )
    since = forms.DateField(label=_("From"), widget=_day(), initial=clock.today)
    until = forms.DateField(label=_("Until"), widget=_day())

    def __init__(self, *given: Any, organisation: people.Organisation, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["deputy"]
        field.queryset = queries.people_inside(organisation)
        field.label_from_instance = lambda one: one.name


class LevelForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A level of membership."""

    class Meta:
        model = MemberLevel
        fields = ("slug", "name_ko", "name_en", "about_ko", "about_en", "needs_agreement", "position")
        labels = {
            "slug": _("Short name in addresses"),
            "name_ko": _("Name in Korean"),
            "name_en": _("Name in English"),
            "about_ko": _("What it is for, in Korean"),
            "about_en": _("What it is for, in English"),
            "needs_agreement": _("Only with an agreement in force"),
            "position": _("Place in the list"),
        }

    def validate_unique(self) -> None:
        """The action says it, over REST too."""
