"""Pages of gurus: the group, one of them, an invitation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.gurus import access, appointing, forms, queries
from dure.alliance.models import Field, GuruTerm
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def gurus_page(request: HttpRequest) -> HttpResponse:
    """Who is a guru now; `?field=` and `?group=` leave some."""
    person, field = signed_in(request), request.GET.get("field", "")
    group = request.GET.get("group", "running")
    context = {
        "page": page_of(request, queries.listed(person, field=field, group=group)),
        "fields": Field.choices,
        "field": field,
        "groups": [("running", _("Serving now")), ("open", _("Invited")), ("done", _("Earlier"))],
        "group": group,
        "may_invite": bool(only_secretariat(person)),
    }
    return render(request, "alliance/gurus/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    person = signed_in(request)
    demand(only_secretariat(person))
    form = forms.InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = appointing.invite(by=person, given=form.said)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Invited. The person is a guru as soon as they accept."))
            return redirect("alliance:guru", made.uid)
    return render(request, "alliance/gurus/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def guru_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_term(person_of(request), uid))


def show(request: HttpRequest, term: GuruTerm, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    offers = acting.offers_of(request, term, forms.MOVE_FORMS)
    person = person_of(request)
    context = {
        "term": term,
        "offers": offers if term.person_id == person.pk or only_secretariat(person) else [],
        "forms": acting.forms_for(term, offers, forms.MOVE_FORMS, taken),
    }
    return render(request, "alliance/gurus/guru.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept, decline, withdraw, step down, end early."""
    term = access.access_term(signed_in(request), uid)
    taken = acting.take(request, term, forms.MOVE_FORMS)
    if taken.form is not None:
        return show(request, term, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    if taken.action in ("decline", "withdraw"):
        return redirect("alliance:gurus")
    return redirect("alliance:guru", uid)
