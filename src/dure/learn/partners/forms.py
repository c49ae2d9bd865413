"""Forms of partners' courses and foreign certificates."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Role, has_role
from dure.foundation.forms import ReasonForm
from dure.learn.models import PartnerCourse
from dure.learn.partners.courses import FIELDS, MOST_SEATS, MOST_SKILLS
from dure.learn.partners.recognising import MOST_SIGNED
from dure.people import api as people

SLOTS: Final = 4
DONE: Final[Mapping[str, str | Promise]] = {
    "list": _("It is listed: everybody sees it."),
    "close": _("It takes no one more. Certificates can still be handed in."),
    "give": _("The seat is given, and the person was told."),
    "decline": _("Declined. The person reads the reason."),
    "withdraw": _("Withdrawn."),
    "ask_again": _("You asked again."),
    "accept": _("Recognised. The person was told."),
    "take_back": _("Taken back. The person reads the reason."),
}


PLACE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"decline": ReasonForm}
RECOGNITION_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "accept": ReasonForm,
    "decline": ReasonForm,
    "take_back": ReasonForm,
}


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What is said of a course, with its skills in pairs of a skill and a level."""

    url = forms.URLField(label=_("Its own page"), max_length=500, assume_scheme="https")

    class Meta:
        model = PartnerCourse
        fields = tuple(name for name in FIELDS if name != "skills")
        labels = {
            "run_by": _("Who runs it"),
            "kind": _("Kind"),
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "summary_ko": _("What it is, in Korean"),
            "summary_en": _("What it is, in English"),
            "terms_ko": _("Terms, in Korean"),
            "terms_en": _("Terms, in English"),
            "language": _("Language it is taught in"),
            "hours": _("Hours"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "apply_until": _("Ask for a seat until"),
            "achievement": _("Address of the achievement that its certificates name"),
        }
        help_texts = {
            "run_by": _("Leave it empty where your organisation runs it."),
            "terms_ko": _("What it costs, what is expected, what one gets."),
            "achievement": _(
                "With it and a trusted issuer, signed certificates are recognised by themselves."
            ),
        }
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on", "apply_until")
        } | {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("summary_ko", "summary_en", "terms_ko", "terms_en")
        }

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        chosen = list(self.instance.skills.items())
        catalogue = [("", "–"), *((one.slug, one.name) for one in people.skills_to_choose())]
        levels = [("", "–"), *people.LEVEL_NAMES.items()]
        for at in range(min(MOST_SKILLS, max(SLOTS, len(chosen) + 1))):
            slug, level = chosen[at] if at < len(chosen) else ("", "")
            number = {"n": at + 1}
            self.fields[f"skill_{at}"] = forms.ChoiceField(
                label=_("Skill %(n)s") % number, choices=catalogue, required=False, initial=slug
            )
            self.fields[f"level_{at}"] = forms.TypedChoiceField(
                label=_("Level reached in skill %(n)s") % number,
                choices=levels,
                required=False,
                coerce=int,
                empty_value=None,
                initial=level,
            )
        if self.instance.pk is None:
            self.fields["organisation"] = _organisation(person)
            self.order_fields(["organisation"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        skills = {}
        for at in range(MOST_SKILLS):
            slug, level = cleaned.get(f"skill_{at}"), cleaned.get(f"level_{at}")
            if slug and not level:
                self.add_error(f"level_{at}", _("Choose a level for this skill."))
            elif slug:
                skills[slug] = level
        cleaned["skills"] = skills
        return cleaned


def _organisation(person: Any) -> Any:
    """For whom this person may list courses; the action decides."""
    rows = people.own_organisations(person)
    if has_role(person, Role.SECRETARIAT):
        rows = people.visible_organisations(person)
    return forms.ModelChoiceField(queryset=rows, label=_("Organisation that lists it"), empty_label=None)


class SeatsForm(forms.Form):
    """Seats for the people of one organisation, or for anybody."""

    seats = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=MOST_SEATS)
    reserved_for = forms.ModelChoiceField(
        label=_("Reserved for"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("Anybody"),
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["reserved_for"]
        field.queryset = people.visible_organisations(person).filter(left_on=None)


class ReturnForm(forms.Form):
    """How many seats are taken back."""

    seats = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=MOST_SEATS)


class IssuerForm(forms.Form):
    """Whose signatures count."""

    name = forms.CharField(label=_("Name of the issuer"), max_length=160)
    issuer = forms.CharField(
        label=_("Address by which its credentials name it"),
        max_length=500,
        help_text=_("The “id” of “issuer” in a credential, letter for letter."),
    )
    keys_url = forms.CharField(
        label=_("Address of its keys"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("A JWK Set, read now and once a day. We read nothing that a certificate names."),
    )


class AskForm(forms.Form):
    """For which organisation, and why."""

    organisation = forms.ModelChoiceField(
        label=_("On a seat of"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("Anybody"),
    )
    motive = forms.CharField(
        label=_("Why you"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.own_organisations(person)


class HandInForm(forms.Form):
    """One of three: a signed credential as text, a file, or a link."""

    credential = forms.CharField(
        label=_("Signed credential (Open Badges 3.0)"),
        required=False,
        max_length=MOST_SIGNED,
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "placeholder": "eyJhbGciOiJSUzI1NiIs…"}
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("A signed credential (.jwt, .json, .svg; at most 1 MB) or a PDF (at most 10 MB)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jwt,.json,.svg,.txt,.pdf"}),
    )
    link = forms.CharField(
        label=_("Or a link to it"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("We open no links: whoever decides does."),
    )
    note = forms.CharField(
        label=_("What whoever decides should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
