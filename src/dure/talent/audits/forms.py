"""Forms of audits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.talent.audits import attributes


class AnswersForm(forms.Form):
    """One choice per attribute; the empty one keeps nothing. Nothing is kept without the consent."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for attribute, label in attributes.ATTRIBUTES.items():
            choices = [("", _("I would rather not say")), *attributes.values_of(attribute).items()]
            self.fields[attribute] = forms.ChoiceField(choices=choices, label=str(label), required=False)
        self.fields["agrees"] = forms.BooleanField(
            label=_("I agree that these answers are kept for audits alone, disability among them."),
            help_text=_("You can take them back at any time with one click."),
        )

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by attribute."""
        return {attribute: self.cleaned_data[attribute] for attribute in attributes.ATTRIBUTES}
