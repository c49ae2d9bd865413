"""How allauth meets Dure: who may sign up, and what a new account gets."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up is open unless the operator made it invitation-only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not settings.INVITATION_ONLY or "invitation" in request.session


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # same
    """The same rule for accounts that come from a sign-in provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - the signature is allauth's
        return not settings.INVITATION_ONLY or "invitation" in request.session
