"""Organisations: list, page, edit, people and invitations."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import pages
from dure.foundation.access import ALLOWED, Denied, demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.people import forms, queries, rules
from dure.people.actions import invitations, memberships, organisations
from dure.people.models import Organisation
from dure.people.panels import panels
from dure.people.signed_in import signed_in
from dure.people.visibility import access_membership, access_organisation

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    form = forms.OrganisationFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.organisations(
        request.person,  # type: ignore[attr-defined]  # set by RequestMiddleware
        words=asked.get("q", ""),
        kind=asked.get("kind", ""),
        country=asked.get("country", ""),
    )
    context = {"rows": pages.page_of(request, rows), "form": form, "may_create": _may_create(request)}
    return pages.render(request, "people/organisations.html", context)


def _may_create(request: HttpRequest) -> bool:
    return bool(rules.only_secretariat(pages.person_of(request)))


@require_GET
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, who belongs to it that the reader may see, and what higher floors add."""
    reader = pages.person_of(request)
    organisation = access_organisation(reader, slug)
    people = queries.people(reader, organisation=organisation)
    own = queries.memberships_in(organisation, reader)
    context = {
        "organisation": organisation,
        "rows": pages.page_of(request, people),
        "may_edit": rules.may_edit_organisation(reader, organisation, own) is ALLOWED,
        "panels": panels("organisation", reader, organisation),
        "own": own,
    }
    return pages.render(request, "people/organisation.html", context)


@require_http_methods(FORM_METHODS)
def organisation_create(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    demand(rules.only_secretariat(person))
    form = forms.RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = organisations.create_organisation(by=person, values=form.cleaned_data)
        except Faulty as error:
            show_faults(form, error)
        else:
            return redirect("people:organisation", made.slug)
    return pages.render(request, "people/organisation_form.html", {"form": form})


@require_http_methods(FORM_METHODS)
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    organisation = access_organisation(person, slug)
    demand(rules.may_edit_organisation(person, organisation))
    form = _edit_form(request, organisation)
    if request.method == "POST" and form.is_valid():
        try:
            saved = organisations.edit_organisation(organisation, by=person, values=form.cleaned_data)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:organisation", saved.slug)
    context = {"form": form, "organisation": organisation}
    return pages.render(request, "people/organisation_form.html", context)


def _edit_form(request: HttpRequest, organisation: Organisation) -> django_forms.Form:
    kind = forms.RegisterForm if _may_create(request) else forms.OrganisationForm
    initial = {name: getattr(organisation, name) for name in organisations.FIELDS}
    return kind(request.POST or None, initial=initial)


@require_http_methods(FORM_METHODS)
def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    """For those who look after it: everybody's roles and dates, open invitations, and the form that invites."""
    person = signed_in(request)
    organisation = access_organisation(person, slug)
    demand(rules.may_edit_organisation(person, organisation))
    form = forms.InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(request, organisation, form):
        return redirect("people:organisation-people", organisation.slug)
    context = {
        "organisation": organisation,
        "rows": pages.page_of(request, queries.roll(organisation)),
        "invitations": invitations.open_invitations(organisation),
        "form": form,
        "roles": organisation.memberships.model.Role.choices,
    }
    return pages.render(request, "people/organisation_people.html", context)


def _invite(request: HttpRequest, organisation: Organisation | None, form: Any) -> bool:
    """Send it, or show on the form why not."""
    data = form.cleaned_data
    try:
        invitations.invite(
            by=signed_in(request),
            organisation=organisation,
            base_url=request.build_absolute_uri("/"),
            **data,
        )
    except Denied as error:
        form.add_error(None, str(error.refused.message))
        return False
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]})
    return True


@require_POST
def membership_role(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    membership = access_membership(person, uid)
    fresh = memberships.set_role(membership, by=person, role=_asked_role(request))
    messages.success(request, _("The role is changed."))
    return redirect("people:organisation-people", fresh.organisation.slug)


def _asked_role(request: HttpRequest) -> str:
    form = forms.RoleForm(request.POST)
    if not form.is_valid():
        raise Denied(rules.NO_SUCH_ROLE)
    return str(form.cleaned_data["role"])


@require_POST
def membership_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leave, or let somebody go."""
    person = signed_in(request)
    membership = memberships.end_membership(access_membership(person, uid), by=person)
    messages.success(request, _("The membership has ended."))
    if membership.person_id == person.pk:
        return redirect("people:profile")
    return redirect("people:organisation-people", membership.organisation.slug)


@require_http_methods(FORM_METHODS)
def platform_invitations(request: HttpRequest) -> HttpResponse:
    """The secretariat invites people who belong to no organisation yet."""
    person = signed_in(request)
    demand(rules.only_secretariat(person))
    form = forms.PlatformInviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(request, None, form):
        return redirect("people:invitations")
    context = {"form": form, "invitations": invitations.open_invitations(None)}
    return pages.render(request, "people/invitations.html", context)
