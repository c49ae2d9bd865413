"""Running a challenge: submissions, winners, and the operators' queue."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import files, workflow
from dure.foundation.access import ALLOWED, Hidden, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, person_of, render
from dure.problems import access, access_hosting, forms_hosting, rules_hosting
from dure.problems.actions import queue, reruns, winners
from dure.problems.models import Award, Challenge
from dure.problems.pages.challenge import context
from dure.problems.pages.hosting_shell import GOOD, attempt, hosted, show
from dure.problems.queries import handover
from dure.problems.queries import hosting as queries
from dure.problems.queries import story as stories
from dure.problems.scoring import boards

both = require_http_methods(["GET", "POST"])


@require_GET
def submissions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every file of every team, newest first, with what was really scored."""
    challenge = hosted(request, slug)
    more = {
        "page": page_of(request, queries.all_submissions(challenge)),
        "stand": queries.stand(challenge),
    }
    return show(request, slug, "submissions", more)


@require_GET
def submission_file(request: HttpRequest, slug: str, uid: UUID) -> FileResponse:
    """A file as it was handed in, as an attachment."""
    challenge = hosted(request, slug)
    found = challenge.submissions.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return files.download(found.blob_id, filename=f"{found.number}-{found.filename}")


@require_GET
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Every evaluation as CSV, private scores too: for hosts."""
    challenge = hosted(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{challenge.slug}-results.csv"'}
    body = "\ufeff" + queries.results_csv(challenge)
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


@both
def winners_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who wins by the board and the tie rule, whom to ask, what they handed in."""
    challenge = hosted(request, slug)
    outcome = GOOD
    if request.method == "POST":
        outcome = attempt(lambda: winners.ask(by=person_of(request), challenge=challenge))
        if outcome.is_good:
            messages.success(request, _("The teams were asked for code and report."))
            return redirect("problems:manage_winners", slug=slug)
    return show(request, slug, "winners", _winners(request, challenge), outcome=outcome)


def _winners(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    person, judging = person_of(request), challenge.state == "closed"
    board = boards.latest(challenge, "private") if challenge.state in {"closed", "finished"} else None
    rows = {row["team"]: row for row in board.rows} if board else {}
    awards = list(challenge.awards.select_related("team").prefetch_related("files", "team__members"))
    states = {str(award.team.uid): award.state for award in awards}
    passed_over = {team for team, state in states.items() if state == "declined"}
    due = rules_hosting.winning(challenge, rows.values(), passed_over) if judging else []
    scored = rules_hosting.is_scored(challenge, board) if judging else ALLOWED
    return {
        "due": [(winner, rows[winner.team]) for winner in due if winner.team not in states],
        "awards": [
            (award, rows.get(str(award.team.uid)), workflow.offers(award, by=person)) for award in awards
        ],
        "award_forms": award_forms(),
        "again": _again(challenge, rows.values()),
        "scored": scored,
        "settled": rules_hosting.settled(due, states) if scored else scored,
        "handover": handover.handover_of(person, challenge),
        "results": list(challenge.results.select_related("person", "team").order_by("rank", "pk")[:500]),
        "offers": [
            offer for offer in workflow.offers(challenge, by=person) if offer.transition.action == "finish"
        ],
    }


def _again(challenge: Challenge, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, Any, Any]]:
    """Where teams hand in code: each of the first rows with its submission and the last run again, if there was one."""
    if challenge.takes != Challenge.Takes.CODE:
        return []
    first = [row for row in rows if row["rank"] and not row["baseline"]][:SHOWN_AGAIN]
    numbers = [row["submission"] for row in first]
    mine = {one.number: one for one in challenge.submissions.filter(number__in=numbers)}
    runs = reruns.last_of(challenge)
    return [
        (row, mine[row["submission"]], runs.get(row["submission"]))
        for row in first
        if row["submission"] in mine
    ]


SHOWN_AGAIN = 10


def award_forms() -> dict[str, Any]:
    """What a move of an award needs beside a press of a button."""
    return {
        "accept": forms_hosting.AcceptForm(auto_id="accept-%s"),
        "decline": forms_hosting.ReasonForm(auto_id="decline-%s"),
        "return": forms_hosting.ReasonForm(auto_id="return-%s"),
        "hand_in": forms_hosting.ReportForm(auto_id="hand_in-%s"),
    }


@require_GET
def award(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One award, as its team and the hosts see it."""
    return _award(request, access_hosting.access_award(person_of(request), uid))


def _award(
    request: HttpRequest,
    found: Award,
    *,
    faults: list[Fault] | None = None,
    refused: Any = None,
    status: int = 200,
) -> HttpResponse:
    person = person_of(request)
    more = {
        "award": found,
        "challenge": found.challenge,
        "problem": found.challenge.problem,
        "files": list(found.files.select_related("added_by", "blob")),
        "offers": workflow.offers(found, by=person),
        "forms": award_forms(),
        "wins": bool(rules_hosting.wins(person, found)),
        "faults": faults or [],
        "refused": refused,
    }
    return render(request, "problems/hosting/award.html", more, status=status)


@require_POST
def award_act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A move of the award, or a file added to it."""
    person = person_of(request)
    found = access_hosting.access_award(person, uid)
    outcome = attempt(lambda: _award_act(request, found))
    if not outcome.is_good:
        fresh = access_hosting.access_award(person, uid)
        return _award(request, fresh, faults=outcome.faults, refused=outcome.refused, status=outcome.status)
    return redirect("problems:award", uid=uid)


def _award_act(request: HttpRequest, found: Award) -> None:
    person, action = person_of(request), request.POST.get("action", "")
    if action != "add":
        data = {name: request.POST.get(name, "") for name in ("reason", "report", "reproduced")}
        winners.act(by=person, award=found, action=action, data=data)
        return
    upload = request.FILES.get("file")
    if upload is None:
        raise Faulty([Fault("no_file")])
    winners.add_file(by=person, award=found, stream=upload, filename=upload.name or "")


@require_GET
def award_file(request: HttpRequest, uid: UUID, file: UUID) -> FileResponse:
    """A file of a winner's code or report, for its team and the hosts."""
    found = access_hosting.access_award(person_of(request), uid).files.filter(uid=file).first()
    if found is None:
        raise Hidden(file)
    return files.download(found.blob_id, filename=found.filename)


@require_GET
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """The path of a challenge from need to result, for everybody who sees it."""
    challenge = access.access_challenge(person_of(request), slug)
    more = {"entries": stories.story_of(challenge)}
    return render(request, "problems/challenge/story.html", context(request, challenge, "story") | more)


@require_GET
def queue_page(request: HttpRequest) -> HttpResponse:
    """What is being scored, waits, and failed through our fault."""
    demand(rules_hosting.operates(person_of(request)))
    found = queries.queue()
    more = {"queue": found, "page": page_of(request, found.failed)}
    name = "queue_part" if request.GET.get("part") else "queue"
    return render(request, f"problems/hosting/{name}.html", more)


@require_POST
def queue_again(request: HttpRequest) -> HttpResponse:
    """Put one, or every, evaluation that failed through our fault back into the queue."""
    uid = request.POST.get("uid", "")
    again = queue.requeue(by=person_of(request), uid=uid or None)
    messages.success(request, _("%(count)s back in the queue.") % {"count": again})
    return redirect("problems:queue")
