"""The form that makes a passkey. It stands alone, because allauth loads `people.forms` before its own forms are there."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A key that opens the account alone, unless the person wants it as a second step only."""

    name = forms.CharField(
        label=_("Name of the key"),
        required=False,
        max_length=80,
        help_text=_("So that you know it again: “my telephone”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_(
            "The device asks for a fingerprint, your face or a PIN. Unticked, the key is only a second step."
        ),
    )
