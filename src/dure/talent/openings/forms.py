"""The form of an opening, and the small ones of its actions."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.forms import KoreaTimeField
from dure.talent.forms_languages import add_languages, languages_of
from dure.talent.models import Opening
from dure.talent.openings import queries
from dure.talent.openings.making import FIELDS
from dure.talent.openings.words import PER
from dure.talent.places import region_choices

LANGUAGE_SLOTS: Final = 3
BUILT: Final = frozenset({"regions", "languages", "steps", "deadline", "problem", "pay_per"})
DONE: Final[Mapping[str, str | Promise]] = {
    "open": _("It is open: everybody sees it, and people can apply."),
    "close": _("It takes no more applications."),
    "reopen": _("It takes applications again."),
    "fill": _("It is filled."),
    "withdraw": _("It is withdrawn. Your people were told."),
}


class WithdrawForm(forms.Form):
    """Why it is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your organisation, the secretariat and the auditor read it."),
    )


FORMS: Final[Mapping[str, type[forms.Form]]] = {"withdraw": WithdrawForm}


class OpeningForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What is said of an opening; languages stand in pairs of a language and a level, steps one a line."""

    regions = forms.MultipleChoiceField(
        label=_("Where"),
        required=False,
        choices=region_choices,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_(
            "Hold Ctrl (on a Mac, Command) to choose several. Leave it empty where the work is remote."
        ),
    )
    deadline = KoreaTimeField(
        label=_("Applications until"), help_text=_("Korean time. It closes by itself then.")
    )
    steps_ko = forms.CharField(
        label=_("Steps of the selection, in Korean"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, in the same order in both languages."),
    )
    steps_en = forms.CharField(
        label=_("Steps of the selection, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    pay_per = forms.ChoiceField(label=_("Paid for"), required=False, choices=[("", "–"), *PER.items()])

    class Meta:
        model = Opening
        fields = tuple(name for name in FIELDS if name not in BUILT)
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "text_ko": _("What it is, in Korean"),
            "text_en": _("What it is, in English"),
            "seats": _("Seats"),
            "remote": _("From where"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "weekly_hours": _("Hours a week"),
            "accessibility_ko": _("Accessibility of the place and the selection, in Korean"),
            "accessibility_en": _("Accessibility of the place and the selection, in English"),
            "pay_from": _("Pay from"),
            "pay_to": _("Pay up to"),
            "pay_currency": _("Currency"),
        }
        help_texts = {
            "text_ko": _("Markdown. Skills that it names are suggested afterwards; you confirm each."),
            "accessibility_ko": _("Lifts, screen readers, interpreters, flexible hours: what you can offer."),
            "pay_currency": _("Three letters, such as KRW."),
        }
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        } | {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in {
                "text_ko": 12,
                "text_en": 12,
                "accessibility_ko": 3,
                "accessibility_en": 3,
            }.items()
        }

    def __init__(
        self,
        data: Any = None,
        *,
        person: Any,
        initial: Mapping[str, Any] | None = None,
        instance: Opening | None = None,
    ) -> None:
        shown = _shown(instance) | _lines(dict(initial or {}))
        super().__init__(data, initial=shown, instance=instance)
        for name in ("title_ko", "title_en", "text_ko", "text_en"):
            self.fields[name].required = False
        add_languages(self, instance.languages if instance else {}, slots=LANGUAGE_SLOTS)
        if instance is None:
            self.fields["organisation"] = forms.ModelChoiceField(
                queryset=queries.may_offer_for(person),
                label=_("Organisation that offers it"),
                empty_label=None,
            )
            self.order_fields(["organisation"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        cleaned["steps"] = _steps(cleaned.get("steps_ko", ""), cleaned.get("steps_en", ""))
        cleaned["languages"] = languages_of(self)
        cleaned["problem"] = self.instance.problem if self.instance.pk else None
        return cleaned


def _shown(opening: Opening | None) -> dict[str, Any]:
    """What the form has beside the fields of the model, of an opening that is there."""
    if opening is None:
        return {}
    plain = {name: getattr(opening, name) for name in ("regions", "deadline", "pay_per")}
    return plain | _lines({"steps": opening.steps})


def _lines(given: dict[str, Any]) -> dict[str, Any]:
    """The same with steps as lines of text."""
    steps = given.pop("steps", None)
    if steps is None:
        return given
    return given | {f"steps_{code}": "\n".join(step.get(code, "") for step in steps) for code in ("ko", "en")}


def _steps(ko: str, en: str) -> list[dict[str, str]]:
    lines = ([line.strip() for line in text.strip().splitlines()] for text in (ko, en))
    pairs = [{"ko": one, "en": other} for one, other in zip_longest(*lines, fillvalue="")]
    return [pair for pair in pairs if pair["ko"] or pair["en"]]
