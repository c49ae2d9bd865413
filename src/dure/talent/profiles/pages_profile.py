"""Pages of what one looks for, of consent with its preview, and of who looked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.pages import page_of, render, signed_in
from dure.people import api as people
from dure.talent.profiles import access, consent, profiling, queries, words
from dure.talent.profiles.cards import FIELDS, cards_of
from dure.talent.profiles.forms_profile import ConsentForm, ProfileForm


@require_http_methods(["GET", "POST"])
def profile_page(request: HttpRequest) -> HttpResponse:
    """What I look for."""
    person = signed_in(request)
    form = ProfileForm(request.POST or None, profile=queries.profile_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            profiling.save(by=person, values=form.values(), confirmed=form.cleaned_data["confirmed"])
        except Faulty as faulty:
            form.warn(faulty)
        else:
            messages.success(request, _("Saved. Nobody sees it without your consent."))
            return redirect("talent:profile")
    context = {"form": form, "tab": "profile"}
    return render(request, "talent/profiles/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def consent_page(request: HttpRequest) -> HttpResponse:
    """To whom what is shown, with what they see; `preview` shows it before anything is said."""
    person = signed_in(request)
    form = ConsentForm(request.POST or None, person=person)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            queries.begun(person)
            preview = _card(person, form.shown())
        elif _given(person, form):
            messages.success(request, _("You said yes. Take it back whenever you like: it counts at once."))
            return redirect("talent:consent")
    page = page_of(request, queries.grants(person))
    context = {
        "form": form,
        "preview": preview,
        "page": page,
        "rows": _rows(person, page.object_list),
        "tab": "consent",
    }
    return render(request, "talent/profiles/consent.html", context, status=422 if form.errors else 200)


def _given(person: people.Person, form: ConsentForm) -> bool:
    try:
        consent.give(by=person, **form.values())
    except Denied as denied:
        form.add_error(None, str(denied.refused.message))
        return False
    return True


def _rows(person: people.Person, grants: Iterable[Any]) -> list[dict[str, Any]]:
    """Each grant with what it shows: parts of one card, which is made once."""
    whole = _card(person, list(FIELDS))
    return [
        {
            "grant": grant,
            "fields": [FIELDS[name] for name in grant.fields if name in FIELDS],
            "card": whole.only(grant.fields),
            "in_force": consent.is_in_force(grant),
        }
        for grant in grants
    ]


def _card(person: people.Person, fields: list[str]) -> Any:
    """What others would see; a look of one's own is not written down."""
    return cards_of({person: fields}, reader="preview")[person.pk]


@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    consent.take_back(access.access_grant(person, uid), by=person)
    messages.success(request, _("Taken back. From now on it counts nowhere."))
    return redirect("talent:consent")


@require_GET
def looks_page(request: HttpRequest) -> HttpResponse:
    """Who looked at what of mine, and what for."""
    page = page_of(request, queries.looks(signed_in(request)))
    rows = [(entry, words.purpose(entry.purpose), words.looked_at(entry)) for entry in page.object_list]
    return render(request, "talent/profiles/looks.html", {"page": page, "rows": rows, "tab": "looks"})
