"""Forms of scouting."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.imports.forms import LookFirstForm
from dure.alliance.ledger.forms import ImportForm
from dure.alliance.models import Field, ScoutedStartup
from dure.alliance.models.scouting import Reach
from dure.alliance.scouting import noting, visibility
from dure.foundation.access import Role, has_role
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "talk": _("It stands there that talks have begun."),
    "invite": _("It stands there that it is invited."),
    "drop": _("It is not pursued any more; the reason stands there."),
    "reopen": _("It is looked at again."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SideForm(forms.Form):
    """For which side something is written down; who has only one is not asked."""

    organisation = forms.ModelChoiceField(
        label=_("On whose behalf"), queryset=people.Organisation.objects.none(), required=False
    )

    def ask_side(self, person: Any) -> None:
        """Offer the sides that this person has."""
        field: Any = self.fields["organisation"]
        field.queryset = visibility.sides_of(person)
        is_desk = has_role(person, Role.SECRETARIAT)
        field.required = not is_desk
        field.empty_label = _("the alliance (secretariat)") if is_desk else None


class StartupForm(SideForm, forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A startup; one language is enough."""

    country = forms.ChoiceField(label=_("Country"), choices=people.country_choices)
    fields_of = forms.MultipleChoiceField(
        label=_("Fields"), choices=Field.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    founded = forms.IntegerField(
        label=_("Founded in"), required=False, min_value=noting.OLDEST, max_value=9999
    )
    field_order = (
        "organisation", "name_ko", "name_en", "country", "region", "fields_of", "stage", "founded", "site",
        "about_ko", "about_en", "reach",
    )  # fmt: skip

    class Meta:
        model = ScoutedStartup
        fields = (
            "name_ko", "name_en", "country", "region", "stage", "founded", "site", "about_ko", "about_en",
            "reach",
        )  # fmt: skip
        labels = {
            "name_ko": _("Name in Korean"),
            "name_en": _("Name in English"),
            "region": _("Region or city"),
            "stage": _("Stage"),
            "site": _("Web site"),
            "about_ko": _("What it does, in Korean"),
            "about_en": _("What it does, in English"),
            "reach": _("Who reads it"),
        }
        widgets = {"about_ko": _area(3), "about_en": _area(3)}

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["stage"].required = False
        if self.instance.pk:
            del self.fields["organisation"]
            self.initial["fields_of"] = self.instance.fields
        else:
            self.ask_side(person)

    def _post_clean(self) -> None:
        """What is wrong is found by `noting`, all at once."""

    @property
    def said(self) -> dict[str, Any]:
        """The form's values as `noting` takes them."""
        values = {name: self.cleaned_data[name] for name in noting.FIELDS if name in self.cleaned_data}
        return values | {"fields": self.cleaned_data["fields_of"]}

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the fields stands at the boxes."""
        super().add_error("fields_of" if field == "fields" else field, error)


class MeetingForm(SideForm):
    """Who met whom when, and what was said."""

    met_on = forms.DateField(
        label=_("Day of the meeting"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    addresses = forms.CharField(
        label=_("Who else of your side was there"),
        max_length=1000,
        required=False,
        help_text=_("Mail addresses of accounts, with commas between them. You are noted yourself."),
    )
    contacts = forms.CharField(
        label=_("Whom you met"),
        max_length=300,
        required=False,
        help_text=_(
            "Names only, and only where you need them: the people have no account here. Nobody but your side reads "
            "them, no list or file holds them, and they are erased two years after the meeting."
        ),
    )
    said = forms.CharField(label=_("What was said"), max_length=4000, widget=_area(4))
    reach = forms.ChoiceField(label=_("Who reads it"), choices=Reach.choices)
    field_order = ("organisation", "met_on", "addresses", "contacts", "said", "reach")

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.ask_side(person)


class StartupsFileForm(SideForm, ImportForm, LookFirstForm):
    """A file of startups."""

    field_order = ("organisation", "file", "dry")

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.ask_side(person)


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("Everybody who may read about this startup reads it."),
    )


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"drop": WhyForm}
