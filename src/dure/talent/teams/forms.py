"""Forms of teams."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.engines import teams as engine
from dure.foundation import clock
from dure.people import api as people
from dure.talent.teams.choosing import ANSWER_DAYS
from dure.talent.teams.needing import TARGETS

DONE: Final[Mapping[str, str | Promise]] = {
    "withdraw": _("Withdrawn. Everybody who was asked is told."),
    "accept": _("You said yes."),
    "decline": _(
        "You said no. Whoever looks for the team is told that a place is free, and not who you are."
    ),
}


class SkillForm(forms.Form):
    """A skill and the level that somebody of the team should have."""

    skill = forms.ChoiceField(label=_("Skill"))
    level = forms.TypedChoiceField(label=_("Level"), choices=list(people.LEVEL_NAMES.items()), coerce=int)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["skill"]
        field.choices = [(one.slug, one.name) for one in people.skills_to_choose()]


class SizeForm(forms.Form):
    """How large the team may be, and how sure the whole should be."""

    least = forms.IntegerField(label=_("At least so many people"), min_value=1, max_value=engine.LARGEST)
    most = forms.IntegerField(label=_("At most so many people"), min_value=1, max_value=engine.LARGEST)
    target = forms.TypedChoiceField(
        label=_("How sure it should be that the team has all the skills"),
        choices=[(one, _("%(tenths)s in 10") % {"tenths": one // 10}) for one in TARGETS],
        coerce=int,
        help_text=_("From there on a smaller team is better than a surer one."),
    )


class UntilForm(forms.Form):
    """Until when people answer."""

    until = forms.DateField(
        label=_("Answer until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["until"].initial = clock.today() + timedelta(days=ANSWER_DAYS)


class EnterForm(forms.Form):
    """How the team is called in the challenge."""

    name = forms.CharField(
        label=_("Name of the team"),
        max_length=60,
        required=False,
        help_text=_("It stands on the public board. Empty: your own name."),
    )


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays with the proposal. Those who were asked read only that nothing comes of it."),
    )


class DeclineForm(forms.Form):
    """Why, if one likes."""

    reason = forms.CharField(
        label=_("Reason, if you like"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever looks for the team reads it without your name."),
    )


PROPOSAL_FORMS: Final[Mapping[str, type[forms.Form]]] = {"withdraw": WithdrawForm}
SEAT_FORMS: Final[Mapping[str, type[forms.Form]]] = {"decline": DeclineForm}
