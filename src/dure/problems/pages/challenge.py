"""A challenge's own pages: what it is, its data and terms, taking part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.engines.environment import standard
from dure.farm import api as farm
from dure.foundation import files, workflow
from dure.foundation.middleware import client_address
from dure.foundation.pages import person_of, render
from dure.people import api as people
from dure.problems import access, labs, metric_words
from dure.problems.actions import teams
from dure.problems.actions.terms import accept_terms
from dure.problems.forms_hosting import ReasonForm
from dure.problems.models import Challenge
from dure.problems.programs import PROGRAM
from dure.problems.programs import asking as programs
from dure.problems.queries import board as board_queries
from dure.problems.queries import challenge as queries
from dure.problems.queries import handover
from dure.problems.sites import uses

TOP = 10


def context(request: HttpRequest, challenge: Challenge, tab: str) -> dict[str, Any]:
    """What the frame around every page of a challenge needs."""
    return {
        "challenge": challenge,
        "problem": challenge.problem,
        "tab": tab,
        "by_program": challenge.metric == PROGRAM,
        "is_plain": not challenge.has_rows_here,
        "ingestion": programs.ingestion_of(challenge),
        "stand": queries.stand_of(person_of(request), challenge),
        "closes_at": queries.closes_at(challenge),
        "metric_name": metric_words.metric_name(challenge.metric),
        "metric_sentence": metric_words.metric_sentence(challenge.metric),
    }


@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    steps, at = queries.next_steps(challenge)
    leading, digits = board_queries.first_rows(challenge, TOP)
    frame = context(request, challenge, "overview")
    hosts = frame["stand"].may_host and challenge.state != "draft"
    more = {
        "steps": steps,
        "at": at,
        "pages": queries.pages_of(challenge),
        "skills": people.skills_named(challenge.skills).values() if challenge.skills else (),
        "phases": list(challenge.phases.all()),
        "digits": digits,
        "plot": board_queries.plot_of(leading),
        "offers": workflow.offers(challenge, by=person) if hosts else [],
        "forms": {"cancel": ReasonForm(auto_id="cancel-%s")},
        "handover": handover.handover_of(person, challenge),
    }
    return render(request, "problems/challenge/overview.html", frame | more)


@require_GET
def data(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = access.access_challenge(person_of(request), slug)
    more: dict[str, Any] = {
        "files": queries.files_of(challenge),
        "dataset": challenge.dataset,
        "columns": queries.columns(challenge),
        "organisations": queries.own_organisations(person_of(request)),
        "lab": farm.lab_link(labs.KIND, challenge.slug),
    }
    if challenge.is_at_sites:
        more["sites"] = uses.open_uses(challenge)
    if challenge.takes_code:
        more |= {"environment": standard(), "hidden_names": queries.hidden_names(challenge)}
    return render(request, "problems/challenge/data.html", context(request, challenge, "data") | more)


@require_GET
def download(request: HttpRequest, slug: str, uid: UUID) -> FileResponse:
    file = access.access_file(person_of(request), slug, uid)
    return files.download(file.blob_id, filename=file.filename)


@require_POST
def accept(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = access.access_challenge(person_of(request), slug)
    _accept(request, challenge)
    return redirect("problems:challenge_data", slug=slug)


def _accept(request: HttpRequest, challenge: Challenge) -> None:
    """Yes to the words that stood on the page; when others are in force by now, the person reads those first."""
    read = request.POST.getlist("read") or None
    accept_terms(by=person_of(request), problem=challenge.problem, origin=client_address(request), read=read)


@require_POST
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Say yes to the terms when the box is ticked, and take part with a team of one's own."""
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    if request.POST.get("accept"):
        _accept(request, challenge)
    organisation = queries.own_organisation(person, request.POST.get("organisation", ""))
    team = teams.enter(
        by=person, challenge=challenge, name=request.POST.get("name", ""), organisation=organisation
    )
    messages.success(request, _("You take part now, as the team “%(team)s”.") % {"team": team.name})
    return redirect("problems:submit", slug=slug)


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """A workflow action of the challenge, by its name."""
    challenge = access.access_challenge(person_of(request), slug)
    data = {"reason": request.POST.get("reason", "")}
    workflow.perform(challenge, request.POST.get("action", ""), by=person_of(request), data=data)
    return redirect("problems:challenge", slug=slug)
