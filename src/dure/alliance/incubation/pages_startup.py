"""Pages of a startup in a batch: its file, the pitch before the jury, the checkpoints."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.incubation import (
    access,
    applying,
    forms,
    judging,
    queries,
    rules,
    visibility,
    walking,
    words,
)
from dure.alliance.models import StartupCase
from dure.foundation import acting
from dure.foundation.access import Hidden, Role, has_role
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in


def frame(request: HttpRequest, case: StartupCase, tab: str) -> dict[str, Any]:
    """What every page of a startup needs; three queries at most."""
    person = signed_in(request)
    is_inside = queries.is_inside(person, case)
    is_judging = queries.is_judging(person, case)
    return {
        "case": case,
        "tab": tab,
        "is_inside": is_inside,
        "is_judging": is_judging,
        "reads_pitch": is_inside or is_judging,
        "reads_points": is_inside and has_role(person, Role.SECRETARIAT, Role.AUDITOR),
        "who_sees": words.who_sees(case),
    }


@require_GET
def startup_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_case(signed_in(request), uid))


def show(
    request: HttpRequest,
    case: StartupCase,
    taken: acting.Taken | None = None,
    mentor: forms.AddressForm | None = None,
    provision: forms.ProvisionForm | None = None,
) -> HttpResponse:
    """Its page; a form that is given needs attention."""
    person = signed_in(request)
    context = frame(request, case, "overview")
    is_inside = context["is_inside"]
    offers = acting.offers_of(request, case, forms.CASE_FORMS) if is_inside else []
    context |= {
        "next": words.NEXT[case.state],
        "offers": [one for one in offers if one.decision or one.transition.actor is rules.decides],
        "forms": acting.forms_for(case, offers, forms.CASE_FORMS, taken),
        "edits": is_inside
        and case.state in ("selected", *rules.INSIDE)
        and bool(rules.decides(person, case)),
        "mentors": list(case.mentors.select_related("person").filter(until=None)) if is_inside else [],
        "provisions": _provisions(person, case) if is_inside else [],
        "mentor_form": mentor or forms.AddressForm(prefix="m"),
        "provision_form": provision or forms.ProvisionForm(person=person, prefix="p"),
    }
    failed = taken or mentor or provision
    return render(request, "alliance/incubation/startup.html", context, status=422 if failed else 200)


def _provisions(person: Any, case: StartupCase) -> list[Any]:
    """What it gets; a commitment is named to who may read it."""
    from dure.alliance.models import Commitment  # noqa: PLC0415

    found = list(case.provisions.select_related("commitment__donor")[:50])
    ids = [one.commitment_id for one in found if one.commitment_id]
    seen = (
        set(Commitment.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True))
        if ids
        else set()
    )
    return [(one, one.commitment if one.commitment_id in seen else None) for one in found]


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Any move of a startup by hand."""
    case = access.access_case(signed_in(request), uid)
    taken = acting.take(request, case, forms.CASE_FORMS)
    if taken.form is not None:
        return show(request, case, taken)
    messages.success(request, str(forms.DONE.get(taken.action, _("Saved."))))
    return redirect("alliance:startup", uid)


@require_POST
def mentor(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name a mentor; with `part` the one whose uid it is mentors no more."""
    person = signed_in(request)
    case = access.access_inside(person, uid)
    if "part" in request.POST:
        applying.end_mentor(case, _mentor(case, request.POST["part"]), by=person)
        return _back(request, uid)
    form = forms.AddressForm(request.POST, prefix="m")
    made = done_with(form, lambda given: applying.name_mentor(case, by=person, address=given["address"]))
    return _back(request, uid) if made is not None else show(request, case, mentor=form)


def _mentor(case: StartupCase, name: str) -> Any:
    try:
        found = case.mentors.select_related("person").filter(uid=UUID(name)).first()
    except ValueError:
        raise Hidden from None
    if found is None:
        raise Hidden
    return found


@require_POST
def provide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what it gets."""
    person = signed_in(request)
    case = access.access_inside(person, uid)
    form = forms.ProvisionForm(request.POST, person=person, prefix="p")
    made = done_with(form, lambda given: applying.provide(case, by=person, given=given))
    return _back(request, uid) if made is not None else show(request, case, provision=form)


def _back(request: HttpRequest, uid: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("alliance:startup", uid)


@require_http_methods(["GET", "POST"])
def pitch_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The pitch: a juror gives points; the secretariat and auditors read what all gave. `near=1` declares to be too near."""
    person = signed_in(request)
    case = access.access_case(person, uid)
    context = frame(request, case, "pitch")
    if not context["is_judging"] and not context["reads_points"]:
        raise Hidden(uid)
    if request.POST.get("near") == "1":
        judging.declare(case, by=person)
        messages.success(request, _("Noted. You do not see this startup until it is decided on."))
        return redirect("alliance:batch", case.batch.uid)
    own = judging.own_of(case, person) if context["is_judging"] else None
    form = forms.PitchForm(request.POST or None, lines=case.batch.lines, initial=_given(own))
    if request.method == "POST" and form.is_valid():
        judging.score(case, by=person, points=form.points, words=form.cleaned_data["words"])
        messages.success(request, _("Your points are noted. You can change them until it is decided."))
        return redirect("alliance:startup_pitch", uid)
    context |= {
        "form": form,
        "own": own,
        "judges": context["is_judging"] and bool(rules.judges(person, case)),
        "judged": judging.of_case(case) if context["reads_points"] else None,
        "hides": case.state in visibility.JUDGED,
    }
    return render(request, "alliance/incubation/pitch.html", context, status=422 if form.errors else 200)


def _given(own: Any) -> dict[str, Any]:
    if own is None:
        return {}
    return {f"line{number}": points for number, points in enumerate(own.points)} | {"words": own.words}


@require_GET
def checkpoints_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every month: when it was due, what the mentor saw, the figures."""
    case = access.access_inside(signed_in(request), uid)
    context = frame(request, case, "checkpoints") | {"page": page_of(request, queries.checkpoints(case))}
    return render(request, "alliance/incubation/checkpoints.html", context)


@require_http_methods(["GET", "POST"])
def checkpoint_page(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One month: the mentor writes, the founder gives figures."""
    person = signed_in(request)
    case = access.access_inside(person, uid)
    one = access.access_checkpoint(case, number)
    if request.method == "POST" and "action" in request.POST:
        taken = acting.take(request, one, forms.MONTH_FORMS)
        if taken.form is None:
            messages.success(request, str(forms.DONE[taken.action]))
            return redirect("alliance:startup_checkpoints", uid)
        return _show_month(request, one, taken)
    form = forms.FiguresForm(request.POST or None, instance=one)
    if request.method == "POST":
        done = done_with(form, lambda given: walking.report(one, by=person, given=given) or True)
        if done:
            messages.success(request, _("Saved."))
            return redirect("alliance:startup_checkpoints", uid)
    return _show_month(request, one, None, form)


def _show_month(
    request: HttpRequest, one: Any, taken: acting.Taken | None, form: forms.FiguresForm | None = None
) -> HttpResponse:
    person = signed_in(request)
    offers = acting.offers_of(request, one, forms.MONTH_FORMS)
    context = frame(request, one.case, "checkpoints") | {
        "one": one,
        "offers": offers,
        "forms": acting.forms_for(one, offers, forms.MONTH_FORMS, taken),
        "reports": bool(rules.reports(person, one)),
        "form": form or forms.FiguresForm(instance=one),
    }
    failed = taken is not None or (form is not None and bool(form.errors))
    return render(request, "alliance/incubation/checkpoint.html", context, status=422 if failed else 200)
