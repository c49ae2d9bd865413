"""Pages of needs: the list, beginning one, writing it, and the need itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, faults, files, i18n
from dure.foundation.access import SIGN_IN, Denied, demand
from dure.foundation.pages import page_of, person_of, render
from dure.problems import access, access_needs, forms_needs, need_panels, routes, rules, rules_needs
from dure.problems.actions import bundles, needs
from dure.problems.models import Message, Problem
from dure.problems.queries import handover
from dure.problems.queries import needs as queries


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All needs and challenges the reader may see, with filters."""
    person = person_of(request)
    form = forms_needs.FilterForm(request.GET)
    form.is_valid()
    page = page_of(request, queries.pages_of_needs(person, form.cleaned_data))
    rows = [(problem, queries.url_of(problem)) for problem in page.object_list]
    filtered = any(form.cleaned_data.values())
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "filtered": filtered,
        "may_import": bool(bundles.may_import(person)),
    }
    return render(request, "problems/need/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What posting a need means, what each route takes, and the first question."""
    person = person_of(request)
    allowed = rules_needs.may_start(person)
    initial = {"original": "ko" if i18n.is_korean() else "en"}
    form = forms_needs.StartForm(request.POST or None, person=person, initial=initial) if allowed else None
    if request.method == "POST":
        demand(allowed)
        if form is not None and form.is_valid():
            problem = needs.start_need(by=person, **form.cleaned_data)
            return redirect("problems:need_edit", uid=problem.uid)
    status = 422 if form is not None and form.errors else 200
    context = {"form": form, "allowed": allowed, "routes": routes.ROUTES, "steps": queries.STEPS}
    return render(request, "problems/need/new.html", context, status=status)


@require_GET
def need(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_problem(person_of(request), uid))


def show(request: HttpRequest, problem: Problem, taken: acting.Taken | None = None) -> HttpResponse:
    """The need's page; `taken` holds a form that needs attention."""
    person = person_of(request)
    insider = rules_needs.is_insider(person, problem)
    offers = acting.offers_of(request, problem, forms_needs.FORMS)
    bar = [offer for offer in offers if offer.transition.action not in ("merge", "answer")]
    made = acting.forms_for(problem, offers, forms_needs.FORMS, taken)
    context = {
        "problem": problem,
        "insider": insider,
        "offers": bar if person.is_authenticated else [],
        "forms": made,
        "answering": made.get("answer"),
        "may_merge": any(offer.transition.action == "merge" and offer.decision for offer in offers),
        "may_edit": bool(rules_needs.may_edit(person, problem)),
        "may_talk": bool(rules_needs.may_talk(person, problem)),
        "owns": bool(rules.owns_problem(person, problem)),
        "curates": bool(rules.curates(person, problem)),
        "sets_terms": bool(rules_needs.sets_terms(person, problem)),
        "may_open_room": problem.state in ("accepted", "open", "delivered"),
        "lacks": forms_needs.lacking(problem) if problem.state == "draft" else "",
        "steps": queries.STEPS,
        "at": queries.place_of(problem),
        "who_sees": queries.who_sees(problem),
        "challenge_url": _challenge_url(problem),
        "challenge": getattr(problem, "challenge", None),
        "handover": _handover(person, problem),
        "panels": need_panels.panels(person, problem),
        **_inside(person, problem, insider=insider),
    }
    status = 422 if taken is not None else 200
    return render(request, "problems/need/need.html", context, status=status)


def _challenge_url(problem: Problem) -> str:
    url = queries.url_of(problem)
    return url if url.startswith("/challenges/") else ""


def _handover(person: Any, problem: Problem) -> handover.Handover | None:
    challenge = getattr(problem, "challenge", None)
    return handover.handover_of(person, challenge) if challenge is not None else None


def _inside(person: Any, problem: Problem, *, insider: bool) -> dict[str, Any]:
    """What only some readers get: files, the conversation, the terms, rooms."""
    reads = rules_needs.may_read_files(person, problem)
    target = problem.merged_into
    sees_target = target and Problem.objects.visible_to(person).filter(pk=target.pk).exists()
    return {
        "files": list(problem.attachments.filter(message=None).select_related("blob")) if reads else [],
        "thread": _thread(problem) if insider else [],
        "terms": list(problem.terms.filter(retired_at=None).order_by("kind")),
        "rooms": list(problem.workrooms.visible_to(person)) if person.is_authenticated else [],
        "merged_into": target if sees_target else None,
    }


def _thread(problem: Problem) -> list[Message]:
    rows = problem.messages.filter(channel=Message.Channel.TRIAGE, hidden_at=None)
    return list(rows.select_related("author")[:200])


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An action of the workflow by its name, with what its form asks."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    if request.POST.get("action") == "merge":
        return _merge(request, problem)
    taken = acting.take(request, problem, forms_needs.FORMS)
    if taken.form is not None:
        return show(request, problem, taken)
    messages.success(request, str(forms_needs.DONE[taken.action]))
    return redirect("problems:need", uid=uid)


def _merge(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The need that goes on is looked up as the reader sees it."""
    person = person_of(request)
    form = forms_needs.MergeForm(request.POST)
    into = access.access_problem(person, form.cleaned_data["into"]) if form.is_valid() else None
    acting.take(request, problem, {}, extra={"into": into})
    messages.success(request, _("The need is merged."))
    return redirect("problems:need", uid=problem.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The guided form. It saves as one goes (htmx) and by its buttons; what is right is kept even where something else is not."""
    person = person_of(request)
    problem = access_needs.access_insider(person, uid)
    demand(rules_needs.may_edit(person, problem))
    if request.method != "POST":
        return _edit_page(
            request, problem, forms_needs.NeedForm(initial=_initial(problem), language=problem.original)
        )
    form = forms_needs.NeedForm(request.POST, language=problem.original)
    form.is_valid()
    problem = needs.save_need(by=person, problem=problem, values=form.kept())
    if request.headers.get("HX-Request"):
        return render(request, "problems/need/saved.html", {"problem": problem, "form": form})
    if form.errors:
        return _edit_page(request, problem, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("problems:need" if request.POST.get("go") == "preview" else "problems:need_edit", uid=uid)


def _initial(problem: Problem) -> dict[str, str]:
    return {name: getattr(problem, name) for name in needs.FIELDS}


def _edit_page(
    request: HttpRequest,
    problem: Problem,
    form: forms_needs.NeedForm,
    *,
    status: int = 200,
    file_faults: Any = (),
) -> HttpResponse:
    context = {
        "problem": problem,
        "form": form,
        "steps": form.steps(),
        "routes": routes.ROUTES,
        "files": list(problem.attachments.filter(message=None).select_related("blob")),
        "file_faults": file_faults,
        "most_files": needs.MOST_FILES,
        "largest_file": needs.LARGEST_FILE // 1024**2,
        "lacks": forms_needs.lacking(problem),
        "language": get_language(),
    }
    return render(request, "problems/need/edit.html", context, status=status)


@require_POST
def attach(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add files; each one that is right is kept, and every fault of the others is shown."""
    person = person_of(request)
    problem = access_needs.access_insider(person, uid)
    demand(rules_needs.may_edit(person, problem))
    found, kept = [], 0
    for upload in request.FILES.getlist("file")[: needs.MOST_FILES + 1]:
        try:
            needs.attach(by=person, problem=problem, stream=upload, filename=upload.name or "")
            kept += 1
        except faults.Faulty as error:
            found += error.faults
    if not found and not kept:
        found = [faults.Fault("no_file", {})]
    if found:
        form = forms_needs.NeedForm(initial=_initial(problem), language=problem.original)
        return _edit_page(request, problem, form, status=422, file_faults=found)
    return redirect("problems:need_edit", uid=uid)


@require_POST
def detach(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    needs.detach(
        by=person_of(request), attachment=access_needs.access_attachment(person_of(request), uid, file)
    )
    return redirect("problems:need_edit", uid=uid)


@require_GET
def download(request: HttpRequest, uid: UUID, file: UUID) -> FileResponse:
    """A file of the need, as an attachment that no browser runs."""
    attachment = access_needs.access_attachment(person_of(request), uid, file)
    return files.download(attachment.blob_id, filename=attachment.filename)


@require_POST
def say(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    problem = access_needs.access_insider(person, uid)
    needs.say(by=person, problem=problem, body=request.POST.get("message", ""))
    return redirect("problems:need", uid=uid)
