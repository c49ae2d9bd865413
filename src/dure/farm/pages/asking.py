"""Asking for a job. What was written and which files were chosen stay while faults are mended."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.farm import parsing, rules
from dure.farm.actions import by_hand
from dure.farm.asking import Given
from dure.farm.forms import JobForm
from dure.farm.models import Job
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import render, signed_in

A_DAY: Final = 86_400


@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it."""
    person = signed_in(request)
    demand(rules.may_ask(person))
    if request.method == "POST":
        return _take(request, person)
    return _page(request, JobForm(person, auto_id="job-%s"), person)


def _take(request: HttpRequest, person: Any) -> HttpResponse:
    given, faults = _given(request, person)
    form = JobForm(person, request.POST, given=given, auto_id="job-%s")
    if faults or not form.is_valid() or form.asking is None:
        return _page(request, form, person, given=given, faults=faults, status=422)
    try:
        made = by_hand.ask(
            by=person,
            organisation=form.cleaned_data["organisation"],
            asking=form.asking,
            given=given,
            client_key=request.POST.get("key", "")[:64],
        )
    except Denied as denied:
        return _refused(request, form, person, given, denied)
    messages.success(request, _("Handed in. Leave this page whenever you like: you are told when it ends."))
    return redirect(*address_of(made))


def _refused(
    request: HttpRequest, form: JobForm, person: Any, given: Sequence[Given], denied: Denied
) -> HttpResponse:
    """Who went back to a form that made a job, and changed it, is led to that job, and makes another by sending it once more."""
    taken = denied.refused is by_hand.KEY_TAKEN
    before = by_hand.asked_with(person, request.POST.get("key", "")[:64]) if taken else None
    status = 409 if denied.conflict else 403
    return _page(request, form, person, given=given, refused=denied.refused, before=before, status=status)


def address_of(job: Job) -> tuple[str, Any]:
    """Where a job's page is, or that of the array it stands for."""
    return ("farm:array", job.array) if job.is_array else ("farm:job", job.uid)


def _given(request: HttpRequest, person: Any) -> tuple[list[Given], list[Fault]]:
    """The files chosen now; else those chosen before, as the form carries them along, signed."""
    uploads = request.FILES.getlist("files")
    try:
        if uploads:
            return by_hand.kept((one.name or "", one) for one in uploads), []
        return _chosen_before(request.POST.get("given", ""), person), []
    except Faulty as faulty:
        return [], faulty.faults


def _chosen_before(signed: str, person: Any) -> list[Given]:
    if not signed:
        return []
    try:
        found = signing.loads(signed, salt=_salt(person), max_age=A_DAY)
    except signing.BadSignature:
        raise Faulty([Fault("job_files_lost", place="files")]) from None
    return [Given(name, sha256) for name, sha256 in found]


def _salt(person: Any) -> str:
    return f"farm.given.{person.pk}"


def _page(
    request: HttpRequest,
    form: JobForm,
    person: Any,
    *,
    given: Sequence[Given] = (),
    faults: Sequence[Fault] = (),
    refused: Refused | None = None,
    before: Job | None = None,
    status: int = 200,
) -> HttpResponse:
    carried = signing.dumps([(one.name, one.sha256) for one in given], salt=_salt(person)) if given else ""
    more = {
        "form": form,
        "given": given,
        "carried": carried,
        "faults": faults,
        "refused": refused,
        "before": before,
        "key": ("" if before else request.POST.get("key", "")[:64]) or uuid4().hex,
    }
    return render(request, "farm/ask.html", more | _words(request.POST.get("command", "")), status=status)


@require_GET
def words_part(request: HttpRequest) -> HttpResponse:
    """The words of a command as its program is handed them, while it is written."""
    return render(request, "farm/words_part.html", _words(request.GET.get("command", "")))


def _words(command: str) -> dict[str, Any]:
    words, faults = parsing.words_of(command[:20_000])
    return {"words": words, "unclosed": bool(faults), "shell": parsing.looks_like_shell(words)}
