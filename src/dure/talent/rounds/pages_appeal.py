"""Pages of appeals against a round: filing one, answering it, correcting what was frozen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting
from dure.foundation.access import Refused
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.models import RoundAppeal, RoundEntry
from dure.talent.rounds import (
    access,
    appealing,
    correcting,
    forms,
    forms_appeal,
    queries,
    queries_appeal,
    rules_appeal,
    words,
)
from dure.talent.rounds.pages import frame

SHOWN = 50


@require_http_methods(["GET", "POST"])
def appeals_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Appeals of a round that one sees, and the form for one's own."""
    person = signed_in(request)
    found = access.access_round(person, uid)
    sides = queries_appeal.sides(person, found)
    form = forms_appeal.AppealForm(request.POST or None, sides=sides)
    if request.method == "POST" and form.is_valid():
        made = appealing.appeal(found, by=person, **form.chosen())
        messages.success(request, _("Filed. Somebody who is not concerned answers it within 14 days."))
        return redirect("talent:placement_appeal", made.uid)
    context = frame(request, found, "appeals") | {
        "page": page_of(request, queries_appeal.listed(person, found)),
        "form": form if form.able else None,
        "refused": [side.may for side in sides if isinstance(side.may, Refused)],
        "sees_all": rules_appeal.sees_all(person, found),
    }
    return render(request, "talent/rounds/appeals.html", context, status=422 if form.errors else 200)


@require_GET
def appeal_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_appeal(signed_in(request), uid))


def show(request: HttpRequest, appeal: RoundAppeal, *, taken: Any = None, place: Any = None) -> HttpResponse:
    """Its page, with the form that needs attention. What was corrected is for who runs the round and overseers."""
    person = person_of(request)
    offers = acting.offers_of(request, appeal, forms_appeal.FORMS)
    sees_all = rules_appeal.sees_all(person, appeal.round)
    may_give = bool(rules_appeal.may_give(person, appeal))
    context = frame(request, appeal.round, "appeals") | {
        "appeal": appeal,
        "offers": offers,
        "forms": acting.forms_for(appeal, offers, forms_appeal.FORMS, taken),
        "may_correct": rules_appeal.may_correct(person, appeal),
        "place": place or (_place_form(appeal) if may_give else None),
        "corrections": _corrections(appeal) if sees_all else [],
        "sees_all": sees_all,
    }
    is_faulty = taken is not None or (place is not None and place.errors)
    return render(request, "talent/rounds/appeal.html", context, status=422 if is_faulty else 200)


def _corrections(appeal: RoundAppeal) -> list[tuple[Any, list[words.Corrected], str]]:
    """Each with its rows in words, and why it could not be run; two queries."""
    made = list(queries_appeal.corrections(appeal))
    titles = queries_appeal.titles_in(appeal.round, made)
    return [
        (one, [words.corrected(row, titles) for row in one.rows[:SHOWN]], words.fault(one.fault))
        for one in made
    ]


def _place_form(appeal: RoundAppeal, data: Any = None) -> forms.OverrideForm:
    assert appeal.entry is not None  # noqa: S101 - may_give has just said so
    ranked = queries.ranked_by([appeal.entry]).get(appeal.entry.pk, [])
    return forms.OverrideForm(data, seats=ranked, auto_id="place-%s")


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look at it, dismiss it; whoever appealed withdraws it."""
    appeal = access.access_appeal(signed_in(request), uid)
    taken = acting.take(request, appeal, forms_appeal.FORMS, perform=appealing.act)
    if taken.form is not None:
        return show(request, appeal, taken=taken)
    messages.success(request, str(forms_appeal.DONE[taken.action]))
    return redirect("talent:placement_appeal", uid)


@require_POST
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another place where people had decided by hand."""
    person = signed_in(request)
    appeal = access.access_reviewed(person, uid)
    if appeal.entry is None:
        return show(request, appeal)
    form = _place_form(appeal, request.POST)
    if not form.is_valid():
        return show(request, appeal, place=form)
    appealing.give(appeal, by=person, **form.chosen())
    messages.success(request, _("The place is given. Whoever appealed was told."))
    return redirect("talent:placement_appeal", uid)


@require_http_methods(["GET", "POST"])
def correction_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rows of one entry and its seats as they were frozen: what is changed here is run again. `?name=` is another entry's."""
    person = signed_in(request)
    appeal = access.access_reviewed(person, uid)
    entry = _entry(request, appeal)
    form = _correction_form(appeal, entry, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"edits": form.edits(), "reason": form.cleaned_data["reason"]}
        try:
            correcting.correct(appeal, by=person, **given)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Written down. The round is being run again with the same lottery."))
            return redirect("talent:placement_appeal", uid)
    context = frame(request, appeal.round, "appeals") | {
        "appeal": appeal,
        "entry": entry,
        "form": form,
        "named": forms_appeal.NamedForm(initial={"name": entry.pseudonym if entry else ""}),
        "may_correct": rules_appeal.may_correct(person, appeal),
    }
    return render(request, "talent/rounds/correction.html", context, status=422 if form.errors else 200)


def _entry(request: HttpRequest, appeal: RoundAppeal) -> RoundEntry | None:
    name = request.GET.get("name", "")
    return access.access_named_entry(appeal.round, name) if name else appeal.entry


def _correction_form(appeal: RoundAppeal, entry: RoundEntry | None, data: Any) -> forms_appeal.CorrectionForm:
    choices = queries_appeal.choices_of(entry) if entry else {}
    seats = queries_appeal.seats_about(appeal, entry)
    return forms_appeal.CorrectionForm(data, entry=entry, choices=choices, seats=seats)
