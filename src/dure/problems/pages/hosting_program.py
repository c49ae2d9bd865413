"""A host's page for a scoring program of their own: the program, what runs submitted code, and the reference data."""

from typing import IO, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of
from dure.problems import forms_hosting
from dure.problems.actions import programs
from dure.problems.models import Challenge, CodeRun, ProgramRun
from dure.problems.pages.hosting_shell import GOOD, attempt, hosted, show
from dure.problems.programs import PROGRAM

LOGS_SHOWN = 10


@require_http_methods(["GET", "POST"])
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """Program and reference data while it is prepared; after that the logs of runs that gave no score."""
    challenge = hosted(request, slug)
    outcome = attempt(lambda: _change(request, challenge)) if request.method == "POST" else GOOD
    if request.method == "POST" and outcome.is_good:
        messages.success(request, _("Saved."))
        return redirect("problems:manage_program", slug=slug)
    now = hosted(request, slug)
    mine = now.metric_parameters if now.metric == PROGRAM else {}
    more = {
        "program": mine,
        "form": forms_hosting.ProgramForm(initial=mine or {"key": "score"}),
        "reference": forms_hosting.ReferenceForm(initial={"public": "own"}, auto_id="ref-%s"),
        "failed": _failed(now),
    }
    return show(request, slug, "program", more, outcome=outcome)


def _failed(challenge: Challenge) -> list[ProgramRun]:
    runs = ProgramRun.objects.filter(
        evaluation__submission__challenge=challenge, state=CodeRun.State.FAILED_USER
    )
    return list(runs.select_related("evaluation__submission__team").order_by("-pk")[:LOGS_SHOWN])


def _change(request: HttpRequest, challenge: Challenge) -> None:
    person, action = person_of(request), request.POST.get("action")
    if action == "ingestion":
        programs.set_ingestion(by=person, challenge=challenge, stream=_upload(request, "file"))
    elif action == "reference":
        choice = request.POST.get("public")
        programs.put_reference(
            by=person,
            challenge=challenge,
            stream=_upload(request, "file"),
            public=_upload(request, "public_file") if choice == "own" else None,
            is_shared=choice == "shared",
        )
    else:
        programs.set_program(
            by=person,
            challenge=challenge,
            stream=_upload(request, "file"),
            key=request.POST.get("key", ""),
            direction="lower" if request.POST.get("direction") == "lower" else "higher",
        )


def _upload(request: HttpRequest, name: str) -> IO[bytes]:
    found: Any = request.FILES.get(name)
    if found is None:
        raise Faulty([Fault("no_file")])
    return found  # type: ignore[no-any-return]  # an uploaded file reads as a stream
