"""The form of one skill that an opening asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.people import api as people


class RequirementForm(forms.Form):
    """A skill, its level, and whether the work needs it or it is welcome."""

    skill = forms.ChoiceField(label=_("Skill"))
    level = forms.TypedChoiceField(label=_("Level"), choices=list(people.LEVEL_NAMES.items()), coerce=int)
    is_must = forms.TypedChoiceField(
        label=_("How much it is needed"),
        choices=[("1", _("The work needs it")), ("0", _("It is welcome"))],
        coerce=lambda value: value == "1",
    )
    weight = forms.TypedChoiceField(
        label=_("How much a welcome skill counts"),
        choices=[("1.0", _("much")), ("0.5", _("some")), ("0.25", _("a little"))],
        coerce=float,
        initial="1.0",
        required=False,
        help_text=_("Read only for welcome skills: the work needs all others alike."),
    )

    def clean_weight(self) -> float:
        """A suggestion that is confirmed as needed names no weight."""
        return float(self.cleaned_data["weight"] or 1)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["skill"]
        field.choices = [(one.slug, one.name) for one in people.skills_to_choose()]
