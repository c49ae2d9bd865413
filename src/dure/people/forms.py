"""Forms of people's pages. What is right is decided by the actions; a form shows their faults at the fields."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Audience
from dure.foundation.middleware import client_address
from dure.people.actions.consents import give_consent, latest_texts
from dure.people.actions.tokens import MAX_DAYS
from dure.people.countries import country_choices
from dure.people.levels import skill_areas
from dure.people.models import ConsentText, Membership, Organisation, Person, PersonalAccessToken

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SignupFields(forms.Form):
    """What sign-up asks besides e-mail and password: a name, and, last, a yes to the texts in force."""

    field_order = ("email", "name_ko", "name_en", "password1", "password2")
    name_ko = forms.CharField(label=_("Name in Korean"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent_texts = list(latest_texts())
        for text in self.consent_texts:
            self.fields[_consent_field(text)] = forms.BooleanField(
                label=_("I have read “%(title)s” and agree.") % {"title": text.title},
                help_text=_text_link(text),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("name_ko") or data.get("name_en")):
            self.add_error("name_ko", _("Write your name in at least one language."))
        return data

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth once the account is made."""
        user.name_ko, user.name_en = self.cleaned_data["name_ko"], self.cleaned_data["name_en"]
        user.save(update_fields=["name_ko", "name_en"])
        agreed = [text for text in self.consent_texts if self.cleaned_data[_consent_field(text)]]
        give_consent(user, agreed, origin=client_address(request))


def _consent_field(text: ConsentText) -> str:
    return f"agree_{text.key}_{text.version}"


def _text_link(text: ConsentText) -> str:
    url = reverse("people:consent-text", args=[text.key, text.version])
    return format_html('<a href="{}" target="_blank">{}</a>', url, _("Read it"))


class TokenForm(forms.Form):
    """A new access token."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example the machine it is for."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=PersonalAccessToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[PersonalAccessToken.Scope.READ],
    )
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=MAX_DAYS, initial=90)


class OrganisationForm(forms.Form):
    """What its representatives may change."""

    name_ko = forms.CharField(label=_("Name in Korean"), required=False, max_length=120)
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=120)
    ror_id = forms.CharField(
        label=_("ROR id"),
        required=False,
        max_length=60,
        help_text=_("Research organisations have one, for example https://ror.org/05apxxy63."),
    )
    website = forms.CharField(label=_("Website"), required=False, max_length=200)
    about_ko = forms.CharField(
        label=_("About, in Korean"), required=False, max_length=4000, widget=forms.Textarea
    )
    about_en = forms.CharField(
        label=_("About, in English"), required=False, max_length=4000, widget=forms.Textarea
    )


class RegisterForm(OrganisationForm):
    """What the secretariat enters: the register's fields too."""

    kind = forms.ChoiceField(label=_("Type"), choices=Organisation.Kind.choices)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, initial="KR")
    business_number = forms.CharField(
        label=_("Business registration number"),
        required=False,
        max_length=20,
        help_text=_("Ten digits; hyphens may stay."),
    )
    slug = forms.CharField(
        label=_("Name in the address"),
        required=False,
        max_length=60,
        help_text=_("Left empty, it is made from the English name."),
    )
    joined_on = forms.DateField(label=_("Member since"), required=False, widget=DATE)
    left_on = forms.DateField(label=_("Member until"), required=False, widget=DATE)
    field_order = ("name_ko", "name_en", "kind", "country", "business_number", "ror_id", "slug")


def _any_country() -> list[tuple[str, Any]]:
    return [("", _("All countries")), *country_choices()]


class OrganisationFilter(forms.Form):
    """Search and filters of the list."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("Type"), required=False, choices=[("", _("All types")), *Organisation.Kind.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=_any_country)


def _any_area() -> list[tuple[str, Any]]:
    return [("", _("All areas")), *skill_areas().items()]


class SkillFilter(forms.Form):
    """Search and filter of the catalogue."""

    q = forms.CharField(label=_("Search words"), required=False, max_length=80)
    area = forms.ChoiceField(label=_("Area"), required=False, choices=_any_area)


class InviteForm(forms.Form):
    """An invitation into an organisation."""

    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER)


class PlatformInviteForm(forms.Form):
    """An invitation into the platform alone."""

    email = forms.EmailField(label=_("E-mail"))


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone) for zone in sorted(available_timezones())]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """One's own profile."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)
    audience = forms.ChoiceField(
        label=_("Who sees your profile"), choices=Audience.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Person
        fields = [
            "name_ko",
            "name_en",
            "headline_ko",
            "headline_en",
            "about_ko",
            "about_en",
            "language",
            "time_zone",
            "audience",
        ]

    def _post_clean(self) -> None:
        """The action writes and checks the row, not the form."""


class ImportForm(forms.Form):
    """The secretariat's spreadsheet."""

    file = forms.FileField(label=_("Spreadsheet (CSV or XLSX)"))


class TextForm(forms.Form):
    """A new version of a consent text."""

    title_ko = forms.CharField(label=_("Title in Korean"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160)
    body_ko = forms.CharField(label=_("Text in Korean"), widget=forms.Textarea, max_length=60_000)
    body_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea, max_length=60_000)


class RoleForm(forms.Form):
    """A role in an organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)
