"""Pages of endorsements: those asked for, those that wait for an answer, and one of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.pages import page_of, render, signed_in
from dure.people import api as people
from dure.talent.models import Endorsement
from dure.talent.profiles import access, endorsing, forms, moving, queries


@require_GET
def endorsements_page(request: HttpRequest) -> HttpResponse:
    """What I asked for; `?of=me` shows what others ask me for."""
    person = signed_in(request)
    is_verifier = request.GET.get("of") == "me"
    rows = queries.asked_of(person) if is_verifier else queries.asked_by(person)
    page = page_of(request, rows)
    context = {
        "page": page,
        "skills": people.skills_named({row.skill for row in page.object_list}),
        "is_verifier": is_verifier,
        "tab": "endorsements",
    }
    return render(request, "talent/profiles/endorsements.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a named person."""
    person = signed_in(request)
    form = forms.AskForm(request.POST or None, initial={"skill": request.GET.get("skill", "")})
    if request.method == "POST" and form.is_valid():
        made = _asked(person, form)
        if made is not None:
            messages.success(request, _("Asked. You are told when they answer."))
            return redirect("talent:endorsement", made.uid)
    context = {"form": form, "tab": "endorsements"}
    return render(request, "talent/profiles/ask.html", context, status=422 if form.errors else 200)


def _asked(person: people.Person, form: forms.AskForm) -> Endorsement | None:
    given = dict(form.cleaned_data)
    try:
        verifier = endorsing.verifier_named(person, given.pop("verifier"))
        return endorsing.ask(by=person, verifier=verifier, **given)
    except Denied as denied:
        form.add_error("verifier", str(denied.refused.message))
    except Faulty as faulty:
        form.warn(faulty)
    return None


@require_GET
def endorsement_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_endorsement(signed_in(request), uid))


def show(request: HttpRequest, row: Endorsement, taken: acting.Taken | None = None) -> HttpResponse:
    """For either of the two; `taken` holds a form that needs attention."""
    person = signed_in(request)
    is_verifier = person.pk == row.verifier_id
    theirs = ("give", "decline", "take_back") if is_verifier else ("withdraw",)
    offers = [
        one
        for one in acting.offers_of(request, row, forms.ENDORSEMENT_FORMS)
        if one.transition.action in theirs
    ]
    context = {
        "row": row,
        "is_verifier": is_verifier,
        "skill": people.skills_named([row.skill]).get(row.skill),
        "colleagues": endorsing.are_colleagues(row.person, row.verifier),
        "offers": offers,
        "forms": acting.forms_for(row, offers, forms.ENDORSEMENT_FORMS, taken),
        "tab": "endorsements",
    }
    return render(request, "talent/profiles/endorsement.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give, decline, withdraw, take back."""
    row = access.access_endorsement(signed_in(request), uid)
    taken = acting.take(request, row, forms.ENDORSEMENT_FORMS, perform=moving.act_on_endorsement)
    if taken.form is not None:
        return show(request, row, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:endorsement", uid)
