"""Accounts and platform roles, for the secretariat and operators."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import pages
from dure.foundation.access import Role, demand
from dure.people import queries, rules
from dure.people.actions import roles
from dure.people.models import Person
from dure.people.signed_in import signed_in
from dure.people.visibility import access_person


@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    demand(rules.only_secretariat_or_operator(pages.person_of(request)))
    words = request.GET.get("q", "")[:80]
    rows = pages.page_of(request, queries.accounts(words))
    return pages.render(request, "people/accounts.html", {"rows": rows, "words": words})


@require_GET
def account_roles(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One account: its platform roles, who may change them, and the history."""
    reader = signed_in(request)
    demand(rules.only_secretariat_or_operator(reader))
    subject = access_person(reader, uid)
    context = {
        "subject": subject,
        "roles": [(role.value, role.label, role.value in subject.roles) for role in Role],
        "decision": rules.may_change_roles(reader, subject),
        "is_self": reader.pk == subject.pk,
        "history": pages.page_of(request, roles.role_history(subject)),
    }
    return pages.render(request, "people/account_roles.html", context)


@require_POST
def role_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Grant or revoke one role."""
    reader, subject = _parties(request, uid)
    change = roles.revoke_role if request.POST.get("do") == "revoke" else roles.grant_role
    change(subject, request.POST.get("role", ""), by=reader)
    messages.success(request, _("The roles are changed."))
    return redirect("people:account-roles", uid)


@require_POST
def account_active(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    reader, subject = _parties(request, uid)
    roles.set_active(subject, by=reader, active=request.POST.get("do") == "open")
    messages.success(request, _("The account is changed."))
    return redirect("people:account-roles", uid)


def _parties(request: HttpRequest, uid: UUID) -> tuple[Person, Person]:
    reader = signed_in(request)
    demand(rules.only_secretariat_or_operator(reader))
    return reader, access_person(reader, uid)
