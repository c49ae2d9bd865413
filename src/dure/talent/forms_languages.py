"""The part of a form in which languages stand in pairs of a language and a level."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.talent.places import LANGUAGE_LEVELS, language_choices


def add_languages(form: forms.BaseForm, spoken: Mapping[str, int], *, slots: int) -> None:
    """So many pairs of fields; the first ones show what is chosen already."""
    chosen: list[tuple[Any, Any]] = list(spoken.items())
    for at in range(slots):
        _add_language(form, at, *(chosen[at] if at < len(chosen) else ("", "")))


def _add_language(form: forms.BaseForm, at: int, code: str, level: int | str) -> None:
    number = {"n": at + 1}
    form.fields[f"language_{at}"] = forms.ChoiceField(
        label=_("Language %(n)s") % number,
        choices=[("", "–"), *language_choices()],
        required=False,
        initial=code,
    )
    form.fields[f"language_level_{at}"] = forms.TypedChoiceField(
        label=_("Level in language %(n)s") % number,
        choices=[("", "–"), *LANGUAGE_LEVELS.items()],
        required=False,
        coerce=int,
        empty_value=None,
        initial=level,
    )


def languages_of(form: forms.BaseForm) -> dict[str, int]:
    """What was chosen, of a form that is being cleaned; a language without a level is an error at its level."""
    spoken: dict[str, int] = {}
    for at in range(sum(name.startswith("language_level_") for name in form.fields)):
        code, level = form.cleaned_data.get(f"language_{at}"), form.cleaned_data.get(f"language_level_{at}")
        if code and not level:
            form.add_error(f"language_level_{at}", _("Choose a level for this language."))
        elif code and level:
            spoken[code] = level
    return spoken
