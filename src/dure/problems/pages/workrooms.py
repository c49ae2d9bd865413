"""Pages of workrooms: the list, opening one, the room itself, and what is put into it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, clock, faults, files
from dure.foundation.access import SIGN_IN, Denied, demand
from dure.foundation.pages import page_of, person_of, render
from dure.problems import access, access_workrooms, forms_workrooms, rules, rules_workrooms
from dure.problems.actions import handover, workrooms
from dure.problems.models import Decision, Defect, Milestone, Workroom
from dure.problems.models.workroom import Due
from dure.problems.queries import workrooms as queries

TABLES: dict[type[Due], acting.FormTable] = {
    Workroom: forms_workrooms.ROOM,
    Milestone: forms_workrooms.MILESTONE,
    Defect: forms_workrooms.DEFECT,
    Decision: forms_workrooms.DECISION,
}
NAMES: dict[type[Due], str] = {Milestone: "milestone", Defect: "defect", Decision: "decision"}


def bar_of(
    request: HttpRequest, part: Due, table: acting.FormTable, taken: acting.Taken | None
) -> dict[str, Any]:
    """A part with its action bar: what may be done now, with the forms."""
    offers = acting.offers_of(request, part, table)
    can = [offer for offer in offers if offer.decision]
    return {"row": part, "offers": offers, "can": can, "forms": acting.forms_for(part, offers, table, taken)}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The rooms of this person."""
    person = person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    page = page_of(request, queries.rooms(person))
    return render(request, "problems/workroom/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def open_room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a room for a need: whom with, and when to ask whether it paid."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    demand(rules.curates(person, problem))
    form = forms_workrooms.OpenForm(request.POST or None, problem=problem)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        room = workrooms.open_room(by=person, problem=problem, **{"team": None, **given})
        return redirect("problems:workroom", uid=room.uid)
    status = 422 if form.errors else 200
    return render(request, "problems/workroom/open.html", {"problem": problem, "form": form}, status=status)


@require_POST
def open_for_winners(request: HttpRequest, slug: str) -> HttpResponse:
    """A room for the owner and each winning team; with one winner straight into it."""
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    rooms = handover.open_rooms(by=person, challenge=challenge)
    messages.success(request, _("The workroom is open; the winners have been told."))
    mine = queries.rooms(person).filter(pk__in=[room.pk for room in rooms])
    return _back(mine[0]) if len(mine) == 1 else redirect("problems:challenge", slug=slug)


@require_GET
def room(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access_workrooms.access_room(person_of(request), uid))


def show(
    request: HttpRequest,
    found: Workroom,
    taken: acting.Taken | None = None,
    form: Any = None,
    file_faults: Any = (),
) -> HttpResponse:
    """The room's page; `taken` or `form` holds what needs attention."""
    person = person_of(request)
    parts = queries.inside(found)
    side = rules_workrooms.side_of(person, found)
    reads = bool(rules_workrooms.may_read_files(person, found))
    running = bool(rules_workrooms.still_running(found))
    context = {
        "room": found,
        "problem": found.problem,
        "bar": bar_of(request, found, forms_workrooms.ROOM, taken),
        "milestones": [bar_of(request, row, forms_workrooms.MILESTONE, taken) for row in parts.milestones],
        "defects": [bar_of(request, row, forms_workrooms.DEFECT, taken) for row in parts.defects],
        "decisions": [bar_of(request, row, forms_workrooms.DECISION, taken) for row in parts.decisions],
        "parts": parts,
        "reads": reads,
        "side": side,
        "takes_part": bool(side) and reads and running,
        "solves": side == "solvers" and reads and running,
        "curates": bool(rules.curates(person, found.problem)),
        "may_talk": reads and bool(side or rules.curates(person, found.problem)),
        "running": running,
        "may_say_solved": found.state in queries.ACCEPTED and found.problem.state in ("open", "delivered"),
        "steps": queries.STEPS,
        "at": queries.place_of(found),
        "who_sees": queries.who_sees(found),
        "today": clock.today(),
        "file_faults": file_faults,
        **_forms(form),
    }
    bad = bool(taken or file_faults or (form is not None and form.errors))
    return render(request, "problems/workroom/room.html", context, status=422 if bad else 200)


def _forms(bound: Any) -> dict[str, Any]:
    """The forms that add something, each empty or as it was filled."""
    made = {
        "milestone_form": forms_workrooms.MilestoneForm(auto_id="milestone-new-%s"),
        "decision_form": forms_workrooms.DecisionForm(auto_id="decision-new-%s"),
        "solver_form": forms_workrooms.SolverForm(auto_id="solver-new-%s"),
    }
    return {name: bound if type(bound) is type(form) else form for name, form in made.items()}


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An action of the room's workflow."""
    found = access_workrooms.access_room(person_of(request), uid)
    taken = acting.take(request, found, forms_workrooms.ROOM)
    return show(request, found, taken) if taken.form is not None else _back(found)


def _back(found: Workroom, anchor: str = "") -> HttpResponse:
    url = reverse("problems:workroom", kwargs={"uid": found.uid})
    return redirect(f"{url}#{anchor}" if anchor else url)


def _act_on(request: HttpRequest, model: type[Any], uid: UUID) -> HttpResponse:
    part = access_workrooms.access_part(person_of(request), model, uid)
    taken = acting.take(request, part, TABLES[model])
    if taken.form is not None:
        return show(request, access_workrooms.access_room(person_of(request), part.workroom.uid), taken)
    return _back(part.workroom, f"{NAMES[model]}-{part.pk}")


@require_POST
def act_milestone(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act_on(request, Milestone, uid)


@require_POST
def act_defect(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act_on(request, Defect, uid)


@require_POST
def act_decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act_on(request, Decision, uid)


@require_POST
def add_milestone(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = access_workrooms.access_room(person_of(request), uid)
    form = forms_workrooms.MilestoneForm(request.POST, auto_id="milestone-new-%s")
    if not form.is_valid():
        return show(request, found, form=form)
    made = workrooms.add_milestone(by=person_of(request), room=found, **form.cleaned_data)
    return _back(found, f"milestone-{made.pk}")


@require_POST
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = access_workrooms.access_room(person_of(request), uid)
    form = forms_workrooms.DecisionForm(request.POST, auto_id="decision-new-%s")
    if not form.is_valid():
        return show(request, found, form=form)
    made = workrooms.propose_decision(by=person_of(request), room=found, **form.cleaned_data)
    return _back(found, f"decision-{made.pk}")


@require_POST
def say(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = access_workrooms.access_room(person_of(request), uid)
    workrooms.say(by=person_of(request), room=found, body=request.POST.get("message", ""))
    return _back(found, "talk")


@require_POST
def attach(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add files to the room; each right one is kept, every fault of the others is shown."""
    found = access_workrooms.access_room(person_of(request), uid)
    wrong = keep_files(request, found)
    return show(request, found, file_faults=wrong) if wrong else _back(found, "files")


def keep_files(request: HttpRequest, found: Workroom, version: Any = None) -> list[faults.Fault]:
    """Keep every uploaded file that can be; returns what is wrong with the others."""
    uploads, wrong = request.FILES.getlist("file")[:50], []
    for upload in uploads:
        try:
            workrooms.add_file(
                by=person_of(request), room=found, stream=upload, filename=upload.name or "", version=version
            )
        except faults.Faulty as error:
            wrong += error.faults
    return wrong if uploads else [faults.Fault("no_file", {})]


@require_POST
def remove(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    found = access_workrooms.access_room(person_of(request), uid)
    workrooms.remove_file(by=person_of(request), room=found, uid=file)
    back = request.POST.get("version", "")
    mine = found.deliverables.filter(number=back).first() if back.isdecimal() and len(back) < 9 else None
    return redirect("problems:version", uid=mine.uid) if mine else _back(found, "files")


@require_GET
def download(request: HttpRequest, uid: UUID) -> FileResponse:
    """A file of a room, as an attachment that no browser runs."""
    file = access_workrooms.access_file(person_of(request), uid)
    return files.download(file.blob_id, filename=file.filename)


@require_POST
def add_solver(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = access_workrooms.access_room(person_of(request), uid)
    form = forms_workrooms.SolverForm(request.POST, auto_id="solver-new-%s")
    demand(rules.curates(person_of(request), found.problem))
    if not form.is_valid():
        return show(request, found, form=form)
    workrooms.add_solver(by=person_of(request), room=found, person=form.cleaned_data["email"])
    return _back(found)


@require_POST
def remove_solver(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one solver out, or leave."""
    found = access_workrooms.access_room(person_of(request), uid)
    wanted = request.POST.get("solver", "")
    solver = next((one for one in queries.inside(found).solvers if str(one.pk) == wanted), None)
    if solver is not None:
        workrooms.remove_solver(by=person_of(request), room=found, person=solver.person)
        messages.success(request, _("%(name)s is no longer in this room.") % {"name": solver.person.name})
    if solver is not None and solver.person_id == person_of(request).pk:
        return redirect("problems:workrooms")
    return _back(found)
