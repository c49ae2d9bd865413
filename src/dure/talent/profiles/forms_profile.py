"""Forms of what a person looks for and of consent. None has a field that hiring law forbids."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.people import api as people
from dure.talent.forms_languages import add_languages, languages_of
from dure.talent.models import ConsentGrant, Opening, Profile
from dure.talent.places import region_choices
from dure.talent.profiles import consent
from dure.talent.profiles.cards import FIELDS
from dure.talent.profiles.forms import ConfirmableForm
from dure.talent.profiles.profiling import FIELDS as OF_PROFILE

SLOTS: Final = 4
OFFERED_DAYS: Final = 180


class DayInput(forms.DateInput):
    """A calendar of the browser's own."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ProfileForm(ConfirmableForm):
    """What I look for; languages stand in pairs of a language and a level."""

    about_ko = forms.CharField(
        label=_("About, in Korean"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    about_en = forms.CharField(
        label=_("About, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What you can do and want to do. Leave out your name, links, and whatever is not about the work."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of openings"),
        required=False,
        choices=Opening.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    remote = forms.BooleanField(label=_("Remote work is fine"), required=False)
    available_from = forms.DateField(label=_("From"), required=False, widget=DayInput)
    available_until = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    weekly_hours = forms.IntegerField(label=_("Hours a week"), required=False, min_value=1, max_value=80)

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, initial={name: getattr(profile, name) for name in OF_PROFILE})
        regions: Any = self.fields["regions"]
        regions.choices = region_choices()
        add_languages(self, profile.languages, slots=max(SLOTS, len(profile.languages) + 1))
        self.order_fields([*(name for name in self.fields if name != "confirmed"), "confirmed"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        cleaned["languages"] = languages_of(self)
        return cleaned

    def values(self) -> dict[str, Any]:
        """As `profiling.save` wants them."""
        return {name: self.cleaned_data[name] for name in OF_PROFILE}


class ConsentForm(forms.Form):
    """To whom what is shown, and until when. Nothing is chosen beforehand."""

    purpose = forms.ChoiceField(
        label=_("What for"), choices=ConsentGrant.Purpose.choices, widget=forms.RadioSelect
    )
    organisation = forms.ModelChoiceField(
        label=_("Who sees it"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("All members of the alliance"),
    )
    fields_shown = forms.MultipleChoiceField(
        label=_("What is shown"),
        required=False,
        choices=list(FIELDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counting in figures shows nothing of it."),
    )
    expires_on = forms.DateField(label=_("Valid until"), widget=DayInput)

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = people.visible_organisations(person).filter(left_on=None)
        self.fields["expires_on"].initial = clock.today() + timedelta(days=OFFERED_DAYS)

    def values(self) -> dict[str, Any]:
        """As `consent.give` wants them."""
        given = self.cleaned_data
        names = ("purpose", "organisation", "expires_on")
        return {name: given[name] for name in names} | {"fields": given["fields_shown"]}

    def shown(self) -> list[str]:
        """What a preview shows."""
        return (
            list(self.cleaned_data["fields_shown"]) if self.cleaned_data["purpose"] in consent.SHOWS else []
        )
