"""Handing in and following what was handed in."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.access import Denied, Refused
from dure.foundation.faults import Fault, Faulty
from dure.foundation.files import StorageUnavailable
from dure.foundation.pages import page_of, person_of, render
from dure.problems import access
from dure.problems.actions import submissions
from dure.problems.models import Challenge
from dure.problems.pages.challenge import context
from dure.problems.queries.submissions import beside, pages_of, released_digits, standings


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with all of the team's submissions below it. A refused file leaves the page as it was, with every fault."""
    challenge = access.access_challenge(person_of(request), slug)
    if request.method == "POST":
        return _take(request, challenge)
    return _page(request, challenge)


def _take(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, challenge, faults=[Fault("no_file")], status=422)
    try:
        made = submissions.submit(
            by=person_of(request),
            challenge=challenge,
            stream=upload,
            filename=upload.name or "",
            note=request.POST.get("note", ""),
            client_key=_key(request.POST.get("key", ""), upload),
        )
    except Faulty as faulty:
        return _page(request, challenge, faults=faulty.faults, status=422)
    except Denied as denied:
        return _page(request, challenge, refused=denied.refused, status=403)
    except StorageUnavailable:
        return _page(request, challenge, refused=STORAGE_AWAY, status=503)
    messages.success(request, _("Accepted as #%(number)s. It is in the queue.") % {"number": made.number})
    return redirect("problems:submit", slug=challenge.slug)


def _key(form: str, upload: "UploadedFile[Any]") -> str:
    """The same file sent twice from the same form (a double click, a lost answer) is one submission; another file is another."""
    if not form:
        return ""
    content = hashlib.sha256()
    for chunk in upload.chunks():
        content.update(chunk)
    upload.seek(0)
    return f"{form[:64]}:{content.hexdigest()}"


PER_PAGE = 10
STORAGE_AWAY = Refused(
    "storage",
    gettext_lazy("The file store is away for the moment; nothing was counted. Try again in a minute."),
)


def _page(
    request: HttpRequest,
    challenge: Challenge,
    *,
    faults: list[Fault] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    more = _list(request, challenge) | {"faults": faults or [], "refused": refused, "key": uuid4().hex}
    return render(
        request, "problems/challenge/submit.html", context(request, challenge, "submit") | more, status=status
    )


def _list(request: HttpRequest, challenge: Challenge) -> dict[str, object]:
    page = page_of(request, pages_of(person_of(request), challenge), per_page=PER_PAGE)
    told = standings(beside(list(page.object_list), challenge), challenge)
    waiting = any(one.state in {"queued", "running"} for one in told)
    digits = released_digits(told)
    return {"page": page, "told": told, "waiting": waiting, "challenge": challenge, "digits": digits}


@require_GET
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The list alone, for the page that waits for results; a person who opens this address is led to that page."""
    challenge = access.access_challenge(person_of(request), slug)
    if not request.headers.get("HX-Request"):
        return redirect("problems:submit", slug=challenge.slug)
    return render(request, "problems/challenge/submissions.html", _list(request, challenge))


@require_POST
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose or unchoose as final, cancel, or change the note."""
    person = person_of(request)
    submission = access.access_submission(person, uid)
    action = request.POST.get("action")
    if action in {"final", "unfinal"}:
        submissions.choose_final(by=person, submission=submission, chosen=action == "final")
    elif action == "cancel":
        submissions.cancel(by=person, submission=submission)
    elif action == "note":
        submissions.annotate(by=person, submission=submission, note=request.POST.get("note", ""))
    return redirect("problems:submit", slug=submission.challenge.slug)
