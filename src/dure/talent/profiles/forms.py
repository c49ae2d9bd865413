"""Forms of evidence and endorsements."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Faulty
from dure.foundation.forms import ReasonForm, show_faults
from dure.people import api as people
from dure.talent.profiles.checking import may_be_confirmed

DONE: Final[Mapping[str, str | Promise]] = {
    "hide": _("Hidden. It counts for nothing and nobody sees that it is there."),
    "show": _("It counts again."),
    "contest": _("The secretariat was told. Until it decides, this counts for nothing."),
    "give_in": _("It counts again."),
    "keep": _("Kept. The person reads the reason."),
    "strike": _("Struck. The person reads the reason."),
    "give": _("Given. It counts as evidence from now on."),
    "decline": _("Not given. The person was told."),
    "withdraw": _("Withdrawn."),
    "take_back": _("Taken back. The person reads the reason."),
}


class ContestForm(forms.Form):
    """What is wrong."""

    reason = forms.CharField(
        label=_("What is wrong with it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The secretariat reads it, together with this one fact."),
    )


class SeenForm(forms.Form):
    """What a verifier has seen."""

    reason = forms.CharField(
        label=_("What you have seen"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it, with your name. Nobody else does."),
    )


EVIDENCE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "contest": ContestForm,
    "keep": ReasonForm,
    "strike": ReasonForm,
}
ENDORSEMENT_FORMS: Final[Mapping[str, type[forms.Form]]] = {"give": SeenForm, "take_back": ReasonForm}


class SkillForm(forms.Form):
    """A skill of the catalogue and a level."""

    skill = forms.ChoiceField(label=_("Skill"))
    level = forms.TypedChoiceField(label=_("Level"), coerce=int)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        catalogue: Any = self.fields["skill"]
        catalogue.choices = [(one.slug, one.name) for one in people.skills_to_choose()]
        levels: Any = self.fields["level"]
        levels.choices = list(people.LEVEL_NAMES.items())


class ConfirmableForm(forms.Form):
    """A form with free text: where something may not stand there, its writer can say that it means something else."""

    confirmed = forms.BooleanField(
        label=_("I have read the warnings: my words mean something else"),
        required=False,
        widget=forms.HiddenInput,
    )

    def warn(self, error: Faulty) -> None:
        """Show every warning at its field, and ask for the confirmation where it is enough."""
        show_faults(self, error)
        if all(may_be_confirmed(fault) for fault in error.faults):
            self.fields["confirmed"].widget = forms.CheckboxInput()


class AskForm(SkillForm, ConfirmableForm):
    """Whom one asks for which skill, and what they have seen."""

    verifier = forms.CharField(
        label=_("Whom you ask"),
        max_length=300,
        help_text=_(
            "Their mail address, or the address of their page here. Anybody with an account, but not yourself."
        ),
    )
    what = forms.CharField(
        label=_("What they have seen you do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ("verifier", "skill", "level", "what", "confirmed")
