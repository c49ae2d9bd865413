"""The secretariat's page on which organisations are verified."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.access import demand
from dure.foundation.pages import page_of, render, signed_in
from dure.people import api as people
from dure.talent.openings import queries, rules, verifying
from dure.talent.openings.forms_verifying import PapersForm, TakeBackForm


@require_GET
def organisations_page(request: HttpRequest) -> HttpResponse:
    """Every organisation, those that wait to be verified first."""
    demand(rules.may_verify(signed_in(request)))
    context = {"page": page_of(request, queries.to_verify())}
    return render(request, "talent/openings/organisations.html", context)


@require_http_methods(["GET", "POST"])
def organisation_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Verify it with the papers named, or take that back with a reason."""
    person = signed_in(request)
    demand(rules.may_verify(person))
    organisation = people.access_organisation(person, uid)
    verified = queries.verification(organisation)
    posted = request.POST if request.method == "POST" else None
    taking_back = posted is not None and "reason" in posted
    papers = PapersForm(None if taking_back else posted)
    reason = TakeBackForm(posted if taking_back else None)
    if papers.is_valid():
        verifying.verify(organisation, by=person, **papers.cleaned_data)
        messages.success(request, _("Verified. Its people were told."))
        return redirect("talent:verified")
    if reason.is_valid():
        closed = verifying.take_back(organisation, by=person, **reason.cleaned_data)
        messages.success(request, _taken_back(closed))
        return redirect("talent:verified")
    context = {"organisation": organisation, "verified": verified, "papers": papers, "reason": reason}
    status = 422 if papers.errors or reason.errors else 200
    return render(request, "talent/openings/organisation.html", context, status=status)


def _taken_back(closed: int) -> str:
    said = ngettext("Taken back; %(n)s opening closed.", "Taken back; %(n)s openings closed.", closed)
    return said % {"n": closed}
