"""Correcting answers or metric while teams hand in: look first what it would change, then put it in force."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.faults import Fault, Faulty
from dure.foundation.models import Blob
from dure.foundation.pages import person_of, render
from dure.problems import forms_hosting
from dure.problems.actions import challenges, rescores
from dure.problems.models import Challenge
from dure.problems.pages.hosting_shell import GOOD, Outcome, attempt, hosted, show
from dure.problems.queries import hosting as queries

HOUR = 3600
SALT = "problems.corrected_answers"


@require_http_methods(["GET", "POST"])
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Versions of answers and scorer, and forms for new ones; how far a rescore is. Corrected answers are looked at first."""
    challenge = hosted(request, slug)
    action = request.POST.get("action", "")
    forms = _forms(request, challenge, action)
    form = forms["scoring"] if action == "scoring" else forms["answers"]
    outcome: Outcome = GOOD
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        outcome, more = _take(request, challenge, action, form.cleaned_data)
        if outcome.is_good and not more:
            messages.success(request, _("The new version is in force; everything is being scored again."))
            return redirect("problems:manage_versions", slug=slug)
    shown = {**forms, **_versions(hosted(request, slug)), **more}
    bad = request.method == "POST" and bool(form.errors)
    return show(request, slug, "versions", shown, outcome=outcome, status=422 if bad else None)


def _forms(request: HttpRequest, challenge: Challenge, action: str) -> dict[str, Any]:
    metrics = [choice.key for choice in queries.choices(challenge)]
    return {
        "scoring": forms_hosting.ScoringVersionForm(
            request.POST if action == "scoring" else None,
            metrics=metrics,
            initial={"metric": challenge.metric},
            auto_id="scoring-%s",
        ),
        "answers": forms_hosting.VersionForm(
            request.POST if action in {"look", "answers"} else None, auto_id="answers-%s"
        ),
    }


def _take(
    request: HttpRequest, challenge: Challenge, action: str, given: dict[str, Any]
) -> tuple[Outcome, dict[str, Any]]:
    """What came of a post, and what to show when it was only a look."""
    if action != "look":
        return attempt(lambda: _put_in_force(request, challenge, action, given)), {}
    seen: dict[str, Any] = {}
    outcome = attempt(lambda: seen.update(_look(request, challenge)))
    return outcome, seen


def _look(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    upload = request.FILES.get("file")
    if upload is None:
        raise Faulty([Fault("no_file")])
    table = challenges.take_table(upload)
    found = rescores.look_at_answers(by=person_of(request), challenge=challenge, truth=table)
    kept = [challenge.pk, table.blob.sha256, found.difference.dropped.both]
    return {"correction": found, "seen": signing.dumps(kept, salt=SALT)}


def _put_in_force(request: HttpRequest, challenge: Challenge, action: str, given: dict[str, Any]) -> None:
    person = person_of(request)
    if action == "scoring":
        rescores.change_scoring(by=person, challenge=challenge, schema=challenge.schema, **given)
        return
    table, dropped = _looked_at(request, challenge)
    rescores.change_answers(by=person, challenge=challenge, truth=table, dropped=dropped, **given)


def _looked_at(request: HttpRequest, challenge: Challenge) -> tuple[challenges.Table, int]:
    """The file that this host has looked at, and how many rows it takes out, by the seal on the page."""
    try:
        pk, sha256, dropped = signing.loads(request.POST.get("seen", ""), salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise Faulty([Fault("no_file")]) from error
    blob = Blob.objects.filter(pk=sha256).first()
    if blob is None or pk != challenge.pk:
        raise Faulty([Fault("no_file")])
    return challenges.Table(blob, 0, [], []), dropped


def _versions(challenge: Challenge) -> dict[str, Any]:
    running = rescores.running(challenge)
    return {
        "answer_versions": list(challenge.answer_versions.select_related("created_by").order_by("-number")),
        "scorer_versions": list(challenge.scorer_versions.select_related("created_by").order_by("-number")),
        "progress": rescores.progress(running) if running else None,
        "may": challenge.state in {"open", "closed"},
    }


@require_GET
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The progress of a rescore alone, for the page that waits."""
    challenge = hosted(request, slug)
    return render(request, "problems/hosting/progress.html", {"challenge": challenge, **_versions(challenge)})
