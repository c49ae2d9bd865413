"""Pages of who applies: handing in, one's own applications, and one of them, which the organisation reads at the same address."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting
from dure.foundation.access import Hidden
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.applications import (
    access,
    appealing,
    applying,
    cards,
    deciding,
    forms,
    interviews,
    queries,
    rules,
    standing,
)
from dure.talent.applications import messages as writing
from dure.talent.applications.shown import shown
from dure.talent.models import Application
from dure.talent.openings.access import access_opening


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write it, look at exactly what the organisation will read, then hand it in."""
    person = person_of(request)
    opening = access_opening(person, uid)
    may = rules.may_apply(person, opening)
    form = forms.ApplyForm(request.POST or None, initial={"shared": list(cards.FIELDS)})
    previewed = request.method == "POST" and bool(may) and _is_clean(form)
    if previewed and request.POST.get("step") == "send":
        made = applying.apply(by=person, opening=opening, **form.cleaned_data)
        messages.success(request, _("Handed in. This page says what happens next, and by when."))
        return redirect("talent:application", made.uid)
    context: dict[str, Any] = {"opening": opening, "form": form, "may": may, "previewed": previewed}
    if previewed:
        given = form.cleaned_data
        applying.gather(person, given["shared"])
        context["card"] = cards.preview(person, opening, given["shared"])
        context["warned"] = standing.warnings_of(given["statement"])
        context["given"] = given
    return render(request, "talent/applications/apply.html", context, status=422 if form.errors else 200)


def _is_clean(form: forms.ApplyForm) -> bool:
    """Whether it can be handed in as it is; what is against it stands at its field."""
    if not form.is_valid():
        return False
    try:
        applying.check(form.cleaned_data["statement"], form.cleaned_data["shared"])
    except Faulty as faulty:
        show_faults(form, faulty)
    return form.is_valid()


@require_GET
def my_applications(request: HttpRequest) -> HttpResponse:
    """All that one handed in, the newest first."""
    person = signed_in(request)
    context = {"page": page_of(request, queries.mine(person))}
    return render(request, "talent/applications/mine.html", context)


@require_GET
def application_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Both sides read it here. That somebody of the organisation looked is written down for the applicant."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    if application.person_id != person.pk:
        cards.note_look(application, by=person)
    return show(request, application)


def show(
    request: HttpRequest, application: Application, *, taken: acting.Taken | None = None, **bound: Any
) -> HttpResponse:
    """The page; `bound` are forms that need attention, by their name in the template."""
    context = shown(request, application, taken) | bound
    status = 422 if taken or bound else 200
    return render(request, "talent/applications/application.html", context, status=status)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Any move of either side."""
    application = access.access_application(signed_in(request), uid)
    taken = acting.take(request, application, forms.APPLICATION_FORMS, perform=deciding.act)
    if taken.form is not None:
        return show(request, application, taken=taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:application", uid)


@require_POST
def message(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write to the other side."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    form = forms.MessageForm(request.POST)
    if not form.is_valid():
        return show(request, application, message_form=form)
    writing.write(application, by=person, body=form.cleaned_data["body"])
    messages.success(request, _("Sent."))
    return redirect("talent:application", uid)


@require_POST
def share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what the organisation reads."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    form = forms.SharedForm(request.POST)
    if not form.is_valid():
        return show(request, application, shared_form=form)
    applying.share(application, by=person, **form.cleaned_data)
    messages.success(request, _("The organisation reads this from now on."))
    return redirect("talent:application", uid)


@require_POST
def choose_slot(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a time for the interview."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    interviews.choose(application, access.access_slot(application.opening, _asked(request)), by=person)
    messages.success(request, _("The interview stands in your calendar."))
    return redirect("talent:application", uid)


def _asked(request: HttpRequest) -> UUID:
    """The time that was chosen. Raises Hidden for what is none."""
    try:
        return UUID(request.POST.get("slot", ""))
    except ValueError:
        raise Hidden from None


@require_POST
def appeal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for another look."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    form = forms.AppealForm(request.POST)
    if not form.is_valid():
        return show(request, application, appeal_form=form)
    appealing.appeal(application, by=person, words=form.cleaned_data["words"])
    messages.success(request, _("Filed. Somebody who did not decide looks at it within 14 days."))
    return redirect("talent:application", uid)


@require_POST
def act_on_appeal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look at it, uphold or dismiss it; the applicant withdraws it."""
    made = access.access_appeal(signed_in(request), uid)
    taken = acting.take(request, made, forms.APPEAL_FORMS, perform=appealing.act)
    if taken.form is not None:
        return show(request, made.application, taken=taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:application", made.application.uid)
