"""A host's pages for challenges that take code: the choice, the limits, the hidden inputs, and running a winner's code again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import files
from dure.foundation.access import Hidden
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of
from dure.problems import forms_hosting
from dure.problems.actions import hidden, reruns
from dure.problems.models import Challenge
from dure.problems.pages.hosting_shell import GOOD, attempt, hosted, show


@require_http_methods(["GET", "POST"])
def takes(request: HttpRequest, slug: str) -> HttpResponse:
    """What teams hand in; for code its limits and the inputs that nobody downloads."""
    challenge = hosted(request, slug)
    is_choice = request.POST.get("action") == "choose"
    initial = {name: getattr(challenge, name) for name in forms_hosting.TakesForm.base_fields}
    form = forms_hosting.TakesForm(request.POST if is_choice else None, initial=initial)
    outcome = GOOD
    if request.method == "POST" and (not is_choice or form.is_valid()):
        outcome = attempt(lambda: _change(request, challenge, form))
        if outcome.is_good:
            messages.success(request, _("Saved."))
            return redirect("problems:manage_takes", slug=slug)
    more = {"form": form, "inputs": list(hosted(request, slug).hidden_inputs.select_related("blob"))}
    return show(request, slug, "takes", more, outcome=outcome, status=422 if form.errors else None)


def _change(request: HttpRequest, challenge: Challenge, form: forms_hosting.TakesForm) -> None:
    person, action = person_of(request), request.POST.get("action")
    if action == "choose":
        hidden.choose(by=person, challenge=challenge, **form.cleaned_data)
    elif action == "remove":
        hidden.remove(by=person, challenge=challenge, filename=request.POST.get("filename", ""))
    else:
        upload: Any = request.FILES.get("file")
        if upload is None:
            raise Faulty([Fault("no_file")])
        hidden.put(by=person, challenge=challenge, filename=upload.name or "", stream=upload)


@require_GET
def hidden_file(request: HttpRequest, slug: str, uid: UUID) -> FileResponse:
    """A hidden input, for the hosts who handed it in."""
    found = hosted(request, slug).hidden_inputs.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return files.download(found.blob_id, filename=found.filename)


@require_POST
def again(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Run a team's code again, from its hash, and compare."""
    challenge = hosted(request, slug)
    found = challenge.submissions.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    outcome = attempt(lambda: reruns.ask(by=person_of(request), submission=found))
    if outcome.refused is not None:
        messages.error(request, str(outcome.refused.message))
    return redirect("problems:manage_winners", slug=slug)
