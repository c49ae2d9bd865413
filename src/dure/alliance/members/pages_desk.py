"""Pages that the secretariat works with: the contact book and the levels of membership."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.alliance.members import access, contacts, forms, queries, rules, sheets, standing
from dure.alliance.members.pages import asked
from dure.alliance.models import MemberLevel
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in


@require_GET
def contact_book(request: HttpRequest) -> HttpResponse:
    """Who speaks for whom, found by name; `?all=1` shows those of the past too."""
    person = signed_in(request)
    demand(rules.may_look(person))
    words, everybody = asked(request, "q"), request.GET.get("all") == "1"
    rows = contacts.listed(words=words, everybody=everybody)
    if form := sheets.asked_for(request):
        return sheets.book(form, rows)
    context = {"page": page_of(request, rows), "q": words, "all": everybody}
    return render(request, "alliance/members/contacts.html", context)


@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest) -> HttpResponse:
    """The levels, and one more."""
    person = signed_in(request)
    demand(rules.may_look(person))
    form = forms.LevelForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _put(request, None, form):
        return redirect("alliance:member_levels")
    context = {
        "page": page_of(request, queries.levels()),
        "form": form,
        "may_edit": bool(rules.only_secretariat(person)),
    }
    return render(request, "alliance/members/levels.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def level(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a level."""
    found = access.access_level(signed_in(request), uid)
    form = forms.LevelForm(request.POST or None, instance=MemberLevel.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid() and _put(request, found, form):
        return redirect("alliance:member_levels")
    context = {"level": found, "form": form}
    return render(request, "alliance/members/level.html", context, status=422 if form.errors else 200)


def _put(request: HttpRequest, found: MemberLevel | None, form: forms.LevelForm) -> bool:
    """Keep it, or show on the form why not."""
    try:
        standing.put_level(found, by=signed_in(request), given=form.cleaned_data)
    except Faulty as faulty:
        show_faults(form, faulty)
        return False
    messages.success(request, _("The level is kept."))
    return True
