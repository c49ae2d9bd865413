"""Pages of placement rounds: the list, one of them, making it, its moves, certificate and file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, files
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.models import PlacementRound
from dure.talent.rounds import access, forms, panels, places, preparing, queries, rules, words

STATES = ("open", "closed", "solved", "by_hand", "decided", "cancelled")


@require_GET
def rounds_page(request: HttpRequest) -> HttpResponse:
    """Rounds, the newest first; `?state=` leaves one state."""
    person, state = person_of(request), request.GET.get("state", "")
    chosen = state if state in STATES else ""
    context = {
        "page": page_of(request, queries.listed(person, state=chosen)),
        "states": [(name, PlacementRound.workflow.by_name[name].label) for name in STATES],
        "state": chosen,
        "may_run": bool(rules.may_run_any(person)),
    }
    return render(request, "talent/rounds/list.html", context)


def frame(request: HttpRequest, found: PlacementRound, tab: str) -> dict[str, Any]:
    """What every page of a round needs."""
    person = person_of(request)
    return {
        "round": found,
        "tab": tab,
        "tabs": places.tabs(person, found),
        "may_manage": bool(rules.may_manage(person, found)),
    }


@require_GET
def round_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_round(person_of(request), uid))


def show(request: HttpRequest, found: PlacementRound, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page, with the form that needs attention."""
    person = person_of(request)
    context = frame(request, found, "round") | {
        "counts": queries.counts(found),
        "page": page_of(request, queries.seats(found)),
        "may_rank": rules.may_rank(person, found),
        "entry": queries.entry_of(person, found),
        "classed": queries.classed_by(person, found)[:20],
        "panels": panels.panels(person, found),
    }
    if context["may_manage"]:
        context["stuck"] = [words.stuck(code, seat) for code, seat in queries.stuck(found)]
    if context["may_manage"]:
        offers = acting.offers_of(request, found, forms.ACTIONS)
        context |= {"offers": offers, "forms": acting.forms_for(found, offers, forms.ACTIONS, taken)}
    return render(request, "talent/rounds/round.html", context, status=422 if taken else 200)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A round in preparation."""
    person = signed_in(request)
    form = forms.RoundForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        made = preparing.create(by=person, organisation=given.pop("organisation"), given=given)
        messages.success(
            request, _("It is in preparation: add seats, name who keeps the secrets, then open it.")
        )
        return redirect("talent:placement_seats", made.uid)
    context = {"form": form, "may": rules.may_run_any(person)}
    return render(request, "talent/rounds/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is said of it."""
    person = signed_in(request)
    found = access.access_managed(person, uid)
    form = forms.RoundForm(request.POST or None, instance=found, person=person)
    if request.method == "POST" and form.is_valid():
        preparing.edit(found, by=person, given=form.cleaned_data)
        messages.success(request, _("Changed."))
        return redirect("talent:placement_round", uid)
    context = {"form": form, "round": found, "may": rules.is_draft(found)}
    return render(request, "talent/rounds/edit.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open, move the deadline, decide, decide by hand, cancel, end."""
    found = access.access_managed(signed_in(request), uid)
    taken = acting.take(request, found, forms.ACTIONS)
    if taken.form is not None:
        return show(request, found, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:placement_round", uid)


@require_GET
def certificate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hashes and counts, for everybody, and how to verify them; `?of=` shows that of another run, the first being 1."""
    person = person_of(request)
    found = access.access_round(person, uid)
    results, of = queries.results(found), _of(request)
    result = access.access_result(found, of=of) if of or results else None
    context = frame(request, found, "certificate") | {
        "result": result,
        "of": of or len(results),
        "runs": len(results),
        "all_runs": results,
        "said": queries.certificate(result) if result else None,
        "by_hand": queries.places_by_hand(found),
        "may_read_file": rules.may_read_file(person),
    }
    return render(request, "talent/rounds/certificate.html", context)


def _of(request: HttpRequest) -> int:
    given = request.GET.get("of", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


@require_GET
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What auditors run again: pseudonyms, rankings, classes, secrets and places."""
    person = signed_in(request)
    result = access.access_file(person, access.access_round(person, uid), of=_of(request))
    return files.download(result.file_id, filename=f"placement-{uid}.json", size=result.file.size)  # type: ignore[return-value]  # a FileResponse is one
