"""Forms of credentials."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.learn.credentials.verifying import MOST_BYTES

DONE: Final[Mapping[str, str | Promise]] = {
    "revoke": _("Revoked. Verifiers see it from now on, and the holder was told."),
    "reinstate": _("Valid again, under a new signature. The holder was told."),
}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The holder reads it."),
    )


class CheckForm(forms.Form):
    """What is to be verified: a text or a file."""

    credential = forms.CharField(
        label=_("The credential, or a link of this host"),
        required=False,
        max_length=MOST_BYTES,
        strip=True,
        widget=forms.Textarea(
            attrs={
                "rows": 6,
                "spellcheck": "false",
                "style": "max-height: 14rem",
                "placeholder": "eyJhbGciOiJSUzI1NiIs…",
            }
        ),
    )
    file = forms.FileField(
        label=_("Or its file"),
        required=False,
        allow_empty_file=True,
        help_text=_("A .jwt or .json file, or the picture (.svg). At most 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jwt,.jws,.json,.svg,.txt"}),
    )


FORMS: Final[Mapping[str, type[forms.Form]]] = {"revoke": ReasonForm, "reinstate": ReasonForm}


def handed_in(form: CheckForm) -> dict[str, Any]:
    """The valid form's text and file, as `verifying.check` takes them."""
    return {"text": form.cleaned_data["credential"], "file": form.cleaned_data["file"]}
