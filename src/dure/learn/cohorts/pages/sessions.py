"""Pages of a cohort's sessions: when and where it meets, and for who leads it: planning, changing, calling off."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import faults
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn.cohorts import access, rules_sessions, sessions
from dure.learn.cohorts import queries_sessions as queries
from dure.learn.cohorts.forms_sessions import CallOffForm, NewSessionsForm, SessionForm, initial_of
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import ClassSession


@require_GET
def sessions_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is ahead, or with `?when=past` what was; links and addresses for those inside."""
    cohort = access.access_cohort(person_of(request), uid)
    past = request.GET.get("when") == "past"
    page = page_of(request, queries.sessions_of(cohort, past=past))
    context = frame(request, cohort, "sessions") | {
        "page": page,
        "rows": queries.rows_of(cohort, page.object_list),
        "past": past,
        "may_plan": bool(rules_sessions.may_plan(person_of(request), cohort)),
    }
    return render(request, "learn/cohort/sessions.html", context)


@require_GET
def session_page(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    return _show(request, access.access_session(person_of(request), uid, session))


def _show(request: HttpRequest, session: ClassSession, form: CallOffForm | None = None) -> HttpResponse:
    """A session; `form` holds a calling off that needs attention."""
    cohort = session.cohort
    context = frame(request, cohort, "session")
    may_plan = bool(rules_sessions.may_plan(person_of(request), cohort) and rules_sessions.is_on(session))
    context |= {
        "row": queries.rows_of(cohort, [session])[0],
        "session": session,
        "may_plan": may_plan,
        "form": form or CallOffForm(),
        "may_call_off": may_plan and bool(rules_sessions.may_call_off(session, "asked")),
    }
    return render(request, "learn/cohort/session.html", context, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One session, or one for each day of a weekly repetition."""
    person = signed_in(request)
    cohort = access.access_led(person, uid)
    demand(rules_sessions.may_plan(person, cohort))
    form = NewSessionsForm(request.POST or None, cohort=cohort, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            made, odd = sessions.add(by=person, cohort=cohort, planned=form.planned())
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            said = ngettext("%(n)s session is planned.", "%(n)s sessions are planned.", len(made))
            messages.success(request, said % {"n": len(made)})
            _warn(request, odd)
            return redirect("learn:sessions", uid)
    context = frame(request, cohort, "new_session") | {"form": form}
    return render(request, "learn/cohort/session_form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    """Change a session; everybody inside is told."""
    person = signed_in(request)
    found = access.access_led_session(person, uid, session)
    demand(rules_sessions.may_plan(person, found.cohort))
    demand(rules_sessions.is_on(found))
    given: dict[str, Any] = {"cohort": found.cohort, "person": person, "session": found}
    form = SessionForm(request.POST or None, initial=initial_of(found), **given)
    if request.method == "POST" and form.is_valid():
        try:
            odd = sessions.change(by=person, session=found, planned=form.planned()[0])
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Saved. Everybody inside the cohort is told of a change."))
            _warn(request, odd)
            return redirect("learn:session", uid, session)
    context = frame(request, found.cohort, "edit_session") | {"form": form, "session": found}
    return render(request, "learn/cohort/session_form.html", context, status=_status(form))


@require_POST
def call_off(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    """It does not take place."""
    person = signed_in(request)
    found = access.access_led_session(person, uid, session)
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    sessions.call_off(by=person, session=found, reason=form.cleaned_data["reason"])
    messages.success(request, _("Called off. Everybody inside the cohort is told."))
    return redirect("learn:sessions", uid)


def _status(form: SessionForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _warn(request: HttpRequest, odd: Sequence[Fault]) -> None:
    for fault in odd:
        messages.warning(request, faults.sentence(fault))
