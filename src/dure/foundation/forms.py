"""Forms of the ground floor."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.foundation import faults, outward

T = TypeVar("T")


def show_faults(form: forms.BaseForm, error: faults.Faulty) -> None:
    """Put each fault at its field, or above the form when it has none."""
    for fault in error.faults:
        form.add_error(fault.place if fault.place in form.fields else None, faults.sentence(fault))


def done_with(form: forms.BaseForm, do: Callable[[dict[str, Any]], T]) -> T | None:
    """What came of a form that was filled in rightly.

    None where it was not, or where what it says was refused: then the form shows the faults, and its page is shown again.
    """
    if not form.is_valid():
        return None
    try:
        return do(dict(form.cleaned_data))
    except faults.Faulty as faulty:
        show_faults(form, faulty)
        return None


class KoreaTimeField(forms.DateTimeField):
    """A date and time in the platform's zone, whatever zone the reader is in: a deadline is one moment for everybody."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.make_naive(value, timezone.get_default_timezone())
        return value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(timezone.get_default_timezone()):
            return super().to_python(value)


class ReasonForm(forms.Form):
    """Why something is decided about a person."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person concerned reads it, with your name."),
    )


class WebhookForm(forms.Form):
    """The address to which notices go; whether we go there is asked when it is saved."""

    url = forms.CharField(
        label=_("Address"),
        max_length=outward.LONGEST,
        help_text=_("It begins with https://. Your messenger shows it as “incoming webhook”."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
