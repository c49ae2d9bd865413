"""What an invited person sees."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import pages
from dure.foundation.access import Refused
from dure.people.accounts import SESSION_KEY
from dure.people.actions import invitations
from dure.people.models import Invitation, Person
from dure.people.signed_in import signed_in
from dure.people.visibility import access_invitation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET explains; POST accepts, or leads to the account that can."""
    found = invitations.find_invitation(token)
    closed = invitations.why_closed(found)
    if found is None or closed is not None:
        return _closed(request, invitations.UNKNOWN if closed is None else closed)
    person = pages.person_of(request)
    if isinstance(person, Person):
        return _for_person(request, found, person)
    return _for_stranger(request, found, token)


def _closed(request: HttpRequest, refused: Refused) -> HttpResponse:
    status = 404 if refused is invitations.UNKNOWN else 410
    return pages.render(request, "people/enter_refused.html", {"refused": refused}, status=status)


def _for_person(request: HttpRequest, found: Invitation, person: Person) -> HttpResponse:
    if request.method == "POST":
        accepted = invitations.accept_invitation(found, by=person)
        return _joined(request, accepted)
    decision = invitations.may_accept(person, found)
    return pages.render(request, "people/invitation.html", {"invitation": found, "decision": decision})


def _joined(request: HttpRequest, accepted: Invitation) -> HttpResponse:
    messages.success(request, _("Welcome. You have accepted the invitation."))
    if accepted.organisation:
        return redirect("people:organisation", accepted.organisation.slug)
    return redirect("people:profile")


def _for_stranger(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """The link came by mail, so the address counts as verified for the sign-up that follows."""
    if request.method == "POST":
        request.session[SESSION_KEY] = token
        get_adapter().stash_verified_email(request, found.email)
        return redirect("account_signup")
    has_account = Person.objects.filter(email=found.email, is_active=True).exists()
    context = {"invitation": found, "has_account": has_account, "path": request.path}
    return pages.render(request, "people/invitation.html", context)


@require_GET
def my_invitations(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    return pages.render(request, "people/my_invitations.html", {"rows": invitations.invitations_for(person)})


@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept one of those addressed to one's own addresses, without the mail at hand."""
    person = signed_in(request)
    found = invitations.access_mine(person, uid)
    return _joined(request, invitations.accept_invitation(found, by=person))


@require_POST
def revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    found = access_invitation(person, uid)
    invitations.revoke_invitation(found, by=person)
    messages.success(request, _("The invitation is taken back."))
    if found.organisation:
        return redirect("people:organisation-people", found.organisation.slug)
    return redirect("people:invitations")
