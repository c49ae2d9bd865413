"""Forms of learn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.engines import courses
from dure.people import api as people


class NewCourseForm(forms.Form):
    """Whose course it is, and what a notebook does not say of itself; the file comes beside it."""

    organisation = forms.ModelChoiceField(
        queryset=people.Organisation.objects.none(), label=_("Organisation that gives it"), empty_label=None
    )

    licence = forms.ChoiceField(
        label=_("Licence"),
        required=False,
        choices=[("", "—"), *((name, name) for name in courses.LICENCES)],
        help_text=_("Only for a notebook: under which others may use it. A folder names its own."),
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.own_organisations(person)
