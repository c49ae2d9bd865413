"""Pages of a round's seats for who runs it, and of their classes for who offers them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.engines.sheets import csv_bytes
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.models import Opening, PlacementRound, RoundSeat
from dure.talent.rounds import access, classing, forms, preparing, queries, rules
from dure.talent.rounds.pages import frame

HEADINGS = ("pseudonym", "class", "institution", "region", "words")
SHOWN = 50


@require_http_methods(["GET", "POST"])
def seats_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The seats of a round; while it is in preparation more are added here."""
    person = signed_in(request)
    found = access.access_managed(person, uid)
    form = forms.SeatForm(request.POST or None, openings=queries.openings_for(person, found))
    if _is_put(request, form, found):
        messages.success(request, _("The seats are in the round."))
        return redirect("talent:placement_seats", uid)
    context = frame(request, found, "seats") | {
        "page": page_of(request, queries.seats(found)),
        "opened": queries.opened_by(person, found),
        "form": form,
        "may_change": rules.is_draft(found),
        "may_limit": rules.may_change_limits(found),
    }
    return render(request, "talent/rounds/seats.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def seat_page(request: HttpRequest, uid: UUID, seat: UUID) -> HttpResponse:
    """Change seats, reserves and quotas, or take the opening out."""
    person = signed_in(request)
    found = access.access_seat(person, uid, seat)
    if request.method == "POST" and request.POST.get("action") == "drop":
        preparing.drop_seat(found, by=person)
        messages.success(request, _("It is out of the round."))
        return redirect("talent:placement_seats", uid)
    kept = {"seats": found.seats, "otherwise": found.otherwise}
    form = forms.SeatForm(request.POST or None, limits=found.limits, initial=kept)
    if _is_put(request, form, found.round, found.opening):
        messages.success(request, _("Changed."))
        return redirect("talent:placement_seats", uid)
    context = frame(request, found.round, "seats") | {
        "seat": found,
        "form": form,
        "may_change": rules.may_change_limits(found.round),
    }
    return render(request, "talent/rounds/seat.html", context, status=422 if form.errors else 200)


def _is_put(
    request: HttpRequest, form: forms.SeatForm, found: PlacementRound, opening: Opening | None = None
) -> bool:
    """Whether the form was sent and its seats are in the round now: those of this opening, or of the one that it chooses."""
    if request.method != "POST" or not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        preparing.put_seat(
            found,
            by=signed_in(request),
            opening=opening or given["opening"],
            seats=given["seats"],
            limits=form.limits(),
            otherwise=given["otherwise"],
        )
    except Faulty as faulty:
        show_faults(form, faulty)
        return False
    return True


@require_http_methods(["GET", "POST"])
def classes_page(request: HttpRequest, uid: UUID, seat: UUID) -> HttpResponse:
    """Who ranks a seat, by pseudonym, and the class of each."""
    person = signed_in(request)
    found = access.access_classed_seat(person, uid, seat)
    page = page_of(request, queries.choices_of(found), per_page=SHOWN)
    form = forms.ClassesForm(request.POST or None, choices=page.object_list)
    if request.method == "POST" and form.is_valid():
        changed = classing.give(found, by=person, classes=form.classes())
        messages.success(request, _("Classes that changed: %(count)s.") % {"count": changed})
        return redirect(f"{request.path}?page={page.number}")
    return _show_classes(request, found, page=page, form=form)


@require_POST
def classes_table(request: HttpRequest, uid: UUID, seat: UUID) -> HttpResponse:
    """A table of classes: looked at first, given when confirmed."""
    person = signed_in(request)
    found = access.access_classed_seat(person, uid, seat)
    table, planned = forms.TableForm(request.POST), None
    if table.is_valid():
        try:
            classes = classing.read(table.cleaned_data["table"])
            if request.POST.get("action") == "give":
                changed = classing.give(found, by=person, classes=classes)
                messages.success(request, _("Classes that changed: %(count)s.") % {"count": changed})
                return redirect("talent:placement_classes", uid, seat)
            planned = classing.plan(found, classes)
        except Faulty as faulty:
            show_faults(table, faulty)
    return _show_classes(request, found, table=table, planned=planned)


def _show_classes(
    request: HttpRequest,
    seat: RoundSeat,
    *,
    page: Any = None,
    form: Any = None,
    table: Any = None,
    planned: Any = None,
) -> HttpResponse:
    shown = page or page_of(request, queries.choices_of(seat), per_page=SHOWN)
    used = form or forms.ClassesForm(choices=shown.object_list)
    context = frame(request, seat.round, "classes") | {
        "seat": seat,
        "page": shown,
        "rows": [(choice, used[f"class_{choice.entry.pseudonym}"]) for choice in shown.object_list],
        "table": table or forms.TableForm(),
        "planned": planned,
        "may_change": rules.takes_rankings(seat.round),
    }
    is_faulty = any(one is not None and one.errors for one in (form, table))
    return render(request, "talent/rounds/classes.html", context, status=422 if is_faulty else 200)


@require_GET
def classes_csv(request: HttpRequest, uid: UUID, seat: UUID) -> HttpResponse:
    """The same as a table to fill in: pseudonyms, never persons or the ranks that they gave."""
    found = access.access_classed_seat(person_of(request), uid, seat)
    names = ("entry__pseudonym", "priority", "entry__institution", "entry__region", "entry__words")
    rows = queries.choices_of(found).values_list(*names)
    headers = {"Content-Disposition": 'attachment; filename="classes.csv"'}
    return HttpResponse(
        csv_bytes(HEADINGS, rows.iterator()), content_type="text/csv; charset=utf-8", headers=headers
    )
