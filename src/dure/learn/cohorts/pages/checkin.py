"""The code in the room: the page that shows it, and the page where learners enter it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation import clock
from dure.foundation.access import Denied, Refused
from dure.foundation.pages import render, signed_in
from dure.learn.cohorts import access, codes, holding, rules_attendance
from dure.learn.cohorts.calendars import site_of
from dure.learn.cohorts.checking_in import enter_code
from dure.learn.cohorts.forms_attendance import CodeForm
from dure.learn.cohorts.pages.frame import frame
from dure.learn.cohorts.pictures import qr_of
from dure.learn.models import ClassSession


@never_cache
@require_GET
def code_page(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    """For the screen in the room: the code of now, as digits and as a picture for phones. It asks for the next one by itself."""
    found = access.access_led_session(signed_in(request), uid, session)
    decision = rules_attendance.takes_codes(found)
    context: dict[str, Any] = {"session": found, "cohort": found.cohort, "decision": decision}
    if decision:
        now = clock.now()
        code = codes.code_at(bytes(found.cohort.code_key), found.uid, now)
        address = f"{site_of(request)}{reverse('learn:check_in', args=[found.cohort.uid, found.uid])}"
        context |= {
            "code": f"{code[:3]} {code[3:]}",
            "left": codes.seconds_left(now),
            "address": address,
            "picture": qr_of(f"{address}?code={code}"),
            "here": holding.rows().filter(session=found, minutes__gt=0).count(),
            "expected": holding.roster(found.cohort).count(),
        }
    return render(request, "learn/cohort/code.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    """Where a learner enters the code, to come and to go. A code in the address fills the field."""
    person = signed_in(request)
    found = access.access_session(person, uid, session)
    place = access.access_own_place(person, found.cohort)
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid():
            return _entered(request, found, form)
    else:
        form = CodeForm(initial={"code": request.GET.get("code", "")[:12]})
    return _form(request, found, form, place=place)


def _entered(request: HttpRequest, session: ClassSession, form: CodeForm) -> HttpResponse:
    person, leaving = signed_in(request), request.POST.get("do") == "leave"
    try:
        enter_code(by=person, session=session, code=form.cleaned_data["code"], leaving=leaving)
    except Denied as denied:
        place = access.access_own_place(person, session.cohort)
        return _form(request, session, form, place=place, refused=denied.refused)
    messages.success(request, _("You have left.") if leaving else _("You are here. Welcome!"))
    return redirect("learn:check_in", session.cohort.uid, session.uid)


def _form(
    request: HttpRequest, session: ClassSession, form: CodeForm, *, place: Any, refused: Refused | None = None
) -> HttpResponse:
    row = holding.row_of(session, place)
    context = frame(request, session.cohort, "check_in") | {
        "session": session,
        "form": form,
        "row": row,
        "refused": refused,
        "may_enter": bool(rules_attendance.may_enter(row)),
        "may_leave": bool(rules_attendance.may_leave(row)),
        "now_open": rules_attendance.takes_codes(session),
    }
    status = 403 if refused is not None else 422 if form.errors else 200
    return render(request, "learn/cohort/check_in.html", context, status=status)
