"""How allauth meets Dure: who may sign up, and what an invited account gets."""

import re
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_signed_up
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.foundation import audit
from dure.people.actions.invitations import accept_invitation, find_invitation, has_address, why_closed
from dure.people.index import index_person
from dure.people.models import Invitation, Person

SESSION_KEY = "invitation"
HANGUL = re.compile("[가-힣]")


def remembered_invitation(request: HttpRequest) -> Invitation | None:
    """The open invitation this browser came in with, if any."""
    token = request.session.get(SESSION_KEY, "")
    invitation = find_invitation(token) if token else None
    return invitation if invitation and why_closed(invitation) is None else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up is open unless the operator made it invitation-only; then only the invited address may use its invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not settings.INVITATION_ONLY or remembered_invitation(request) is not None

    def clean_email(self, email: str) -> str:
        """Invitation-only: the sign-up form takes the invited address alone."""
        request = self.request
        if settings.INVITATION_ONLY and not request.user.is_authenticated and _signs_up(request):
            invitation = remembered_invitation(request)
            if invitation is None or invitation.email != email.strip().lower():
                raise ValidationError(_("Use the e-mail address that was invited."))
        return str(email)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # same
    """Refusals of passkeys and codes. allauth says “Incorrect code” also to a person who has used no code but a key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This passkey or code was not accepted. Try again, or sign in another way."
        ),
    }


def _signs_up(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name and "signup" in match.url_name)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # same
    """The same rule for accounts that come from a sign-in provider: the provider must vouch for the invited address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        if not settings.INVITATION_ONLY:
            return True
        invitation = remembered_invitation(request)
        vouched = {address.email.lower() for address in sociallogin.email_addresses if address.verified}
        return invitation is not None and invitation.email in vouched

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Take the name the provider gives, in the language it is written in."""
        person: Person = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name"), data.get("last_name")]
        name = str(data.get("name") or " ".join(part for part in parts if part))[:80]
        setattr(person, "name_ko" if HANGUL.search(name) else "name_en", name)
        person.email = (person.email or "").lower() or None
        return person


@receiver(user_signed_up)
def _welcome(request: HttpRequest, user: Person, **_signal: Any) -> None:
    """Note the new account, make it findable, and take it into the organisation that invited it."""
    audit.write(by=user, action="person.signed_up", obj=user)
    index_person(user)
    invitation = remembered_invitation(request)
    if invitation and has_address(user, invitation.email):
        accept_invitation(invitation, by=user)
        request.session.pop(SESSION_KEY, None)
