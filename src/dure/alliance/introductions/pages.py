"""Pages of what comes of a startup: introductions, money and what became of it; and what a batch came to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.incubation.access import access_batch, access_inside
from dure.alliance.incubation.pages_startup import frame
from dure.alliance.introductions import forms, noting, queries, rules
from dure.alliance.models import StartupCase, StartupIntroduction
from dure.foundation import acting
from dure.foundation.access import Hidden, demand
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in


@require_http_methods(["GET", "POST"])
def introductions_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """To whom it was introduced, and what came of that; mentors and the secretariat add to it."""
    person = signed_in(request)
    case = access_inside(person, uid)
    form = forms.IntroductionForm(request.POST or None, person=person)
    if request.method == "POST":
        demand(rules.tends(person, case))
        made = done_with(form, lambda given: noting.introduce(case, by=person, given=given))
        if made is not None:
            return _back(request, "alliance:startup_introductions", uid)
    return _show(request, case, form)


def _show(
    request: HttpRequest, case: StartupCase, form: Any, taken: acting.Taken | None = None
) -> HttpResponse:
    page: Any = page_of(request, queries.introductions(case))
    context = frame(request, case, "introductions") | {
        "page": page,
        "rows": [_row(request, case, one, taken) for one in page.object_list],
        "tends": bool(rules.tends(signed_in(request), case)),
        "form": form,
    }
    failed = taken is not None or bool(form.errors)
    return render(request, "alliance/introductions/list.html", context, status=422 if failed else 200)


def _row(
    request: HttpRequest, case: StartupCase, one: StartupIntroduction, taken: acting.Taken | None
) -> dict[str, Any]:
    """With its startup, so that its mentors are asked for once."""
    one.case = case
    offers = [offer for offer in acting.offers_of(request, one, forms.MOVE_FORMS) if offer.decision]
    return {"one": one, "offers": offers, "forms": acting.forms_for(one, offers, forms.MOVE_FORMS, taken)}


@require_POST
def act(request: HttpRequest, uid: UUID, introduction: UUID) -> HttpResponse:
    """What came of an introduction."""
    person = signed_in(request)
    case = access_inside(person, uid)
    one = access_introduction(case, introduction)
    taken = acting.take(request, one, forms.MOVE_FORMS)
    if taken.form is not None:
        return _show(request, case, forms.IntroductionForm(person=person), taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:startup_introductions", uid)


def access_introduction(case: StartupCase, uid: UUID) -> StartupIntroduction:
    """One of a startup's introductions. Raises Hidden."""
    found = queries.introductions(case).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


@require_http_methods(["GET", "POST"])
def money_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Rounds as far as they are disclosed, and what became of it; its founder and the secretariat write them down."""
    person = signed_in(request)
    case = access_inside(person, uid)
    what = request.POST.get("what")
    invested = forms.RoundForm(request.POST if what == "round" else None, prefix="r")
    became = forms.OutcomeForm(request.POST if what == "outcome" else None, prefix="o")
    if request.method == "POST":
        demand(rules.tells(person, case))
        form, do = (invested, noting.invest) if what == "round" else (became, noting.became)
        if done_with(form, lambda given: do(case, by=person, given=given)) is not None:
            return _back(request, "alliance:startup_money", uid)
    rounds: Any = case.rounds.order_by("-closed_on", "-pk")
    context = frame(request, case, "money") | {
        "page": page_of(request, rounds),
        "raised": queries.raised(rounds[:500]),
        "outcomes": list(case.outcomes.order_by("-on", "-pk")[:50]),
        "tells": bool(rules.tells(person, case)),
        "round_form": invested,
        "outcome_form": became,
    }
    failed = request.method == "POST"
    return render(request, "alliance/introductions/money.html", context, status=422 if failed else 200)


def _back(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(name, uid)


@require_GET
def summary_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a batch came to."""
    person = signed_in(request)
    batch = access_batch(person, uid)
    demand(rules.reads_summary(person))
    context = {"batch": batch, "found": queries.summary(batch)}
    return render(request, "alliance/introductions/summary.html", context)
