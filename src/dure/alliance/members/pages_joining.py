"""Pages of applications for membership: applying, the list, one of them and its moves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.members import access, applying, forms, queries, rules, words
from dure.alliance.models import Joining
from dure.foundation import acting
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def joinings_page(request: HttpRequest) -> HttpResponse:
    """The secretariat sees all, representatives those of their organisations; `?group=` leaves the open or the decided ones."""
    person, group = signed_in(request), request.GET.get("group", "")
    context = {
        "page": page_of(request, queries.joinings(person, group=group)),
        "group": group,
        "may_apply": bool(rules.may_apply_at_all(person)),
    }
    return render(request, "alliance/members/joinings.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Apply for an organisation."""
    person = signed_in(request)
    form = forms.JoiningForm(request.POST or None, person=person, initial={"contact": person.uid})
    if request.method == "POST" and form.is_valid():
        try:
            made = applying.apply(
                by=person, organisation=form.cleaned_data["organisation"], given=form.given()
            )
        except Faulty as faulty:
            show_faults(form, faulty)
        except Denied as denied:
            form.add_error("organisation", str(denied.refused.message))
        else:
            messages.success(request, _("The application is with the secretariat. It was told."))
            return redirect("alliance:joining", made.uid)
    context = {"form": form, "may": rules.may_apply_at_all(person)}
    return render(request, "alliance/members/apply.html", context, status=422 if form.errors else 200)


@require_GET
def joining_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_joining(person_of(request), uid))


def show(request: HttpRequest, joining: Joining, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    table = forms.joining_forms(joining)
    offers = [one for one in acting.offers_of(request, joining, table) if one.decision]
    context = {
        "joining": joining,
        "next": words.NEXT[joining.state],
        "page": page_of(request, joining.notes.select_related("by")),
        "offers": offers,
        "forms": acting.forms_for(joining, offers, table, taken),
        "who_sees": words.who_sees_joining(joining),
    }
    return render(request, "alliance/members/joining.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask back, answer, accept, refuse, withdraw."""
    joining = access.access_joining(signed_in(request), uid)
    taken = acting.take(request, joining, forms.joining_forms(joining), perform=applying.act)
    if taken.form is not None:
        return show(request, joining, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:joining", uid)
