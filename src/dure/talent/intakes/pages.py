"""Pages of intakes: the list, one of them, making it, its hosts, sponsors and participants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, workflow
from dure.foundation.access import ALLOWED
from dure.foundation.faults import Faulty, sentence
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.intakes import access, forms, making, queries, rules
from dure.talent.models import Intake


@require_GET
def intakes_page(request: HttpRequest) -> HttpResponse:
    """All that this person sees, the newest first; `?kind=` leaves one kind."""
    person, kind = person_of(request), request.GET.get("kind", "")
    chosen = kind if kind in Intake.Kind.values else ""
    context = {
        "page": page_of(request, queries.listed(person, kind=chosen)),
        "kinds": Intake.Kind.choices,
        "kind": chosen,
        "may_run": bool(rules.may_run_any(person)),
    }
    return render(request, "talent/intakes/list.html", context)


def frame(request: HttpRequest, intake: Intake, tab: str) -> dict[str, Any]:
    """What every page of an intake needs."""
    person = person_of(request)
    manages = bool(rules.may_manage(person, intake))
    return {"intake": intake, "tab": tab, "may_manage": manages}


@require_GET
def intake_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_intake(person_of(request), uid))


def show(request: HttpRequest, intake: Intake, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    at, context = queries.hosts(intake), frame(request, intake, "overview")
    offers = _offers(intake) if context["may_manage"] else []
    context |= {
        "hosts": at,
        "sponsors": list(queries.sponsors(intake)),
        "figures": queries.figures(intake, at),
        "offers": offers,
        "forms": acting.forms_for(intake, offers, forms.INTAKE_FORMS, taken),
    }
    return render(request, "talent/intakes/intake.html", context, status=422 if taken else 200)


def _offers(intake: Intake) -> list[workflow.Offer]:
    """What who runs it may do, and why not the rest: they were let in already, so that only guards are asked."""
    steps = [step for step in intake.workflow.transitions if intake.state in step.sources]
    return [
        workflow.Offer(step, step.guard(intake, {}) if step.guard and not step.hurts else ALLOWED)
        for step in steps
    ]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An intake in preparation."""
    person = signed_in(request)
    form = forms.IntakeForm(request.POST or None, person=person)
    if made := done_with(
        form, lambda given: making.create(by=person, organisation=given.pop("organisation"), given=given)
    ):
        messages.success(request, _("It is in preparation: name hosts and sponsors, then open the call."))
        return redirect("talent:intake_hosts", made.uid)
    context = {"form": form, "may": rules.may_run_any(person)}
    return render(request, "talent/intakes/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is said of it."""
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    form = forms.IntakeForm(request.POST or None, instance=intake, person=person)
    if done_with(form, lambda given: making.edit(intake, by=person, given=given)):
        messages.success(request, _("Changed."))
        return redirect("talent:intake", uid)
    context = {"form": form, "intake": intake, "may": True}
    return render(request, "talent/intakes/edit.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open the call, close it, begin, finish, call off."""
    intake = access.access_managed(signed_in(request), uid)
    taken = acting.take(request, intake, forms.INTAKE_FORMS)
    if taken.form is not None:
        return show(request, intake, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:intake", uid)


@require_http_methods(["GET", "POST"])
def hosts_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hosts and sponsors; a host is added here."""
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    form = forms.HostForm(request.POST or None, person=person, intake=intake)
    if done_with(form, lambda given: making.add_host(intake, by=person, **given)):
        messages.success(request, _("The host is added."))
        return redirect("talent:intake_hosts", uid)
    return show_hosts(request, intake, form=form)


def show_hosts(request: HttpRequest, intake: Intake, *, form: Any, sponsor: Any = None) -> HttpResponse:
    person = person_of(request)
    context = frame(request, intake, "hosts") | {
        "hosts": queries.hosts(intake),
        "sponsors": list(queries.sponsors(intake)),
        "form": form,
        "sponsor_form": sponsor or forms.SponsorForm(person=person),
    }
    failed = form.errors or (sponsor is not None and sponsor.errors)
    return render(request, "talent/intakes/hosts.html", context, status=422 if failed else 200)


@require_POST
def remove_host(request: HttpRequest, uid: UUID, host: UUID) -> HttpResponse:
    """Take a host out that nobody goes to."""
    person = signed_in(request)
    found = access.access_host(access.access_managed(person, uid), host)
    try:
        making.remove_host(found, by=person)
    except Faulty as faulty:
        messages.error(request, sentence(faulty.faults[0]))
    else:
        messages.success(request, _("The host is taken out."))
    return redirect("talent:intake_hosts", uid)


@require_http_methods(["GET", "POST"])
def host_supervisor(request: HttpRequest, uid: UUID, host: UUID) -> HttpResponse:
    """Say who looks after those who come to a host."""
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    found = access.access_host(intake, host)
    form = forms.HostSupervisorForm(
        request.POST or None, host=found, initial={"supervisor": found.supervisor_id}
    )
    if done_with(form, lambda given: making.name_supervisor(found, by=person, **given)):
        messages.success(request, _("Kept. Whoever comes to this host from now on has this supervisor."))
        return redirect("talent:intake_hosts", uid)
    context = frame(request, intake, "hosts") | {"host": found, "form": form}
    return render(request, "talent/intakes/supervisor.html", context, status=422 if form.errors else 200)


@require_POST
def add_sponsor(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who pays for how many seats."""
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    form = forms.SponsorForm(request.POST, person=person)
    if done_with(form, lambda given: making.add_sponsor(intake, by=person, **given)):
        messages.success(request, _("The sponsor is written down."))
        return redirect("talent:intake_hosts", uid)
    return show_hosts(request, intake, form=forms.HostForm(person=person, intake=intake), sponsor=form)


@require_GET
def participants_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is in it, as far as one has to do with them."""
    person = signed_in(request)
    intake = access.access_intake(person, uid)
    page = page_of(request, queries.stays(person, intake), per_page=50)
    return render(
        request, "talent/intakes/participants.html", frame(request, intake, "participants") | {"page": page}
    )
