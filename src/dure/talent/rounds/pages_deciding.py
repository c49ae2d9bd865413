"""Pages of the lottery's secrets, and of who decides on places."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.engines import placement
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.models import PlacementRound, RoundEntry, RoundSeat, SecretCommitment
from dure.talent.rounds import access, committing, deciding, forms, preparing, queries, rules
from dure.talent.rounds.pages import frame

SHOWN = 25


@require_http_methods(["GET", "POST"])
def secrets_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who keeps a secret, what was committed and what was revealed; while in preparation keepers are named here."""
    found = access.access_round(person_of(request), uid)
    if request.method != "POST":
        return show_secrets(request, found)
    person = signed_in(request)
    form = forms.KeeperForm(request.POST, person=person)
    if form.is_valid():
        try:
            preparing.name_keeper(found, by=person, organisation=form.cleaned_data["organisation"])
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            return redirect("talent:placement_secrets", uid)
    return show_secrets(request, found, keeper=form)


def show_secrets(
    request: HttpRequest, found: PlacementRound, *, keeper: Any = None, kept: Any = None, form: Any = None
) -> HttpResponse:
    """`form` is the filled form of `kept` that needs attention, or shows a secret made for it."""
    person = person_of(request)
    rows = []
    for one in queries.kept(found):
        one.round = found
        used = (
            form
            if kept is not None and kept.pk == one.pk
            else forms.SecretForm(auto_id=f"secret-{one.pk}-%s")
        )
        rows.append((one, rules.may_commit(person, one), rules.may_reveal(person, one), used))
    names_keepers = bool(rules.may_manage(person, found)) and bool(rules.is_draft(found))
    context = frame(request, found, "secrets") | {
        "rows": rows,
        "keeper": keeper or (forms.KeeperForm(person=person) if names_keepers else None),
        "is_made": form is not None and not form.is_bound,
    }
    is_faulty = any(one is not None and one.errors for one in (keeper, form))
    response = render(request, "talent/rounds/secrets.html", context, status=422 if is_faulty else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def act_on_secret(request: HttpRequest, uid: UUID, kept: UUID) -> HttpResponse:
    """Make one, commit, reveal, or name the organisation no longer."""
    person = signed_in(request)
    found = access.access_round(person, uid)
    row = access.access_kept(found, kept)
    action = request.POST.get("action", "")
    if action == "drop":
        preparing.drop_keeper(row, by=person)
        return redirect("talent:placement_secrets", uid)
    if action == "make":
        made = {"secret": committing.fresh_secret()}
        return show_secrets(
            request, found, kept=row, form=forms.SecretForm(initial=made, auto_id=f"secret-{row.pk}-%s")
        )
    form = forms.SecretForm(request.POST, auto_id=f"secret-{row.pk}-%s")
    if form.is_valid() and _did(action, row, person, form):
        return redirect("talent:placement_secrets", uid)
    return show_secrets(request, found, kept=row, form=form)


def _did(action: str, row: SecretCommitment, person: Any, form: forms.SecretForm) -> bool:
    secret = form.cleaned_data["secret"]
    try:
        if action == "reveal":
            committing.reveal(row, by=person, secret=secret)
        else:
            committing.commit(row, by=person, commitment=_hash(secret))
    except Faulty as faulty:
        show_faults(form, faulty)
        return False
    return True


def _hash(secret: str) -> str:
    """The commitment for what was typed; what is no secret gives none, and is refused as such."""
    return placement.commitment_of(secret) if committing.SECRET.fullmatch(secret) else ""


@require_GET
def decisions_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody by pseudonym with the place that the result gives, and that people gave."""
    found = access.access_managed(signed_in(request), uid)
    return show_decisions(request, found)


def show_decisions(
    request: HttpRequest, found: PlacementRound, *, entry: Any = None, form: Any = None
) -> HttpResponse:
    page = page_of(request, queries.decisions(found), per_page=SHOWN)
    ranked = queries.ranked_by(page.object_list)
    is_open = found.state in ("solved", "by_hand")
    rows = []
    for one in page.object_list:
        used = form if entry is not None and entry.pk == one.pk else _form(one, ranked) if is_open else None
        rows.append((one, queries.told_of(one), getattr(one, "decision", None), used))
    context = frame(request, found, "decisions") | {"page": page, "rows": rows}
    return render(request, "talent/rounds/decisions.html", context, status=422 if form else 200)


def _form(entry: RoundEntry, ranked: Mapping[int, list[RoundSeat]], data: Any = None) -> forms.OverrideForm:
    return forms.OverrideForm(data, seats=ranked.get(entry.pk, []), auto_id=f"entry-{entry.pk}-%s")


@require_POST
def override(request: HttpRequest, uid: UUID, entry: UUID) -> HttpResponse:
    """Give one entry another place, or none, with a reason."""
    person = signed_in(request)
    found = access.access_managed(person, uid)
    row = access.access_entry(found, entry)
    form = _form(row, queries.ranked_by([row]), request.POST)
    if not form.is_valid():
        return show_decisions(request, found, entry=row, form=form)
    deciding.override(row, by=person, **form.chosen())
    messages.success(
        request, _("The place is changed. The person reads the reason once the round is decided.")
    )
    return redirect("talent:placement_decisions", uid)
