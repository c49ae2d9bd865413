"""The discussion of a problem; where its challenge is shown to the reader, it stands as a tab of the challenge."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation.access import SIGN_IN, Denied, Hidden, Refused
from dure.foundation.pages import page_of, person_of, render
from dure.problems import access, rules_talk
from dure.problems.access_talk import access_message, access_thread
from dure.problems.actions import talk
from dure.problems.models import Challenge, Message, Problem
from dure.problems.pages.challenge import context as challenge_context
from dure.problems.queries import talk as queries


@require_http_methods(["GET", "POST"])
def challenge_threads(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = access.access_challenge(person_of(request), slug)
    return _threads(request, challenge.problem, challenge)


@require_http_methods(["GET", "POST"])
def threads(request: HttpRequest, uid: UUID) -> HttpResponse:
    problem = access.access_problem(person_of(request), uid)
    return _threads(request, problem, _shown_challenge(request, problem))


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, uid: UUID, thread: UUID) -> HttpResponse:
    """A thread with its replies, and the form to reply. A refused reply keeps what was written."""
    found = access_thread(person_of(request), thread)
    if found.problem.uid != uid:
        raise Hidden(thread)
    if request.method == "POST":
        return _reply(request, found)
    return _thread_page(request, found)


@require_POST
def moderate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hide, show again, mark as the hosts' answer or take the mark back."""
    person = person_of(request)
    message = access_message(person, uid)
    reason = request.POST.get("reason", "")
    match request.POST.get("action"):
        case "hide":
            talk.hide(by=person, message=message, reason=reason)
        case "unhide":
            talk.unhide(by=person, message=message, reason=reason)
        case "answer" | "unanswer" as action:
            talk.mark_answer(by=person, message=message, chosen=action == "answer")
        case _:
            raise Hidden(uid)
    top = message.thread or message
    return redirect("problems:thread", message.problem.uid, top.uid)


def _threads(request: HttpRequest, problem: Problem, challenge: Challenge | None) -> HttpResponse:
    refused = None
    if request.method == "POST":
        try:
            made = talk.start_thread(
                by=person_of(request),
                problem=problem,
                title=request.POST.get("title", ""),
                body=request.POST.get("body", ""),
            )
        except Denied as denied:
            refused = denied.refused
        else:
            return redirect("problems:thread", problem.uid, made.uid)
    words = request.GET.get("q", "").strip()[:200]
    page = page_of(request, queries.threads_of(problem, words))
    told = queries.lines(list(page.object_list), problem, moderates=_moderates(request, problem))
    more = {"page": page, "told": told, "words": words} | _form(request, problem, refused)
    shown = _frame(request, problem, challenge) | more
    return render(request, "problems/talk/threads.html", shown, status=_status(refused))


def _reply(request: HttpRequest, found: Message) -> HttpResponse:
    try:
        made = talk.reply(by=person_of(request), thread=found, body=request.POST.get("body", ""))
    except Denied as denied:
        return _thread_page(request, found, refused=denied.refused)
    messages.success(request, _("Your reply stands in the thread."))
    last = -(-queries.messages_of(found).count() // PER_PAGE)
    response = redirect("problems:thread", found.problem.uid, found.uid)
    response["Location"] += f"?page={last}#m-{made.uid}"
    return response


PER_PAGE = 25


def _thread_page(request: HttpRequest, found: Message, *, refused: Refused | None = None) -> HttpResponse:
    problem = found.problem
    moderates = _moderates(request, problem)
    page = page_of(request, queries.messages_of(found), per_page=PER_PAGE)
    told = queries.lines(list(page.object_list), problem, moderates=moderates)
    title = queries.lines([found], problem, moderates=moderates)[0].title
    more = {"thread": found, "title": title, "page": page, "told": told, "moderates": moderates}
    shown = _frame(request, problem, _shown_challenge(request, problem)) | more
    shown |= _form(request, problem, refused)
    return render(request, "problems/talk/thread.html", shown, status=_status(refused))


def _form(request: HttpRequest, problem: Problem, refused: Refused | None) -> dict[str, Any]:
    """What was written stands in the form again; who cannot write reads why instead."""
    person = person_of(request)
    in_last_hour = talk.written_in_last_hour(person) if person.is_authenticated else 0
    return {
        "may_write": rules_talk.may_write(person, problem, in_last_hour=in_last_hour),
        "refused": refused,
        "written_title": request.POST.get("title", ""),
        "written_body": request.POST.get("body", ""),
    }


def _frame(request: HttpRequest, problem: Problem, challenge: Challenge | None) -> dict[str, Any]:
    if challenge is None:
        return {"problem": problem, "challenge": None, "frame": "problems/talk/frame.html"}
    return {**challenge_context(request, challenge, "talk"), "frame": "problems/challenge/frame.html"}


def _shown_challenge(request: HttpRequest, problem: Problem) -> Challenge | None:
    challenge = getattr(problem, "challenge", None)
    if challenge is None:
        return None
    try:
        return access.access_challenge(person_of(request), challenge.slug)
    except Hidden:
        return None


def _moderates(request: HttpRequest, problem: Problem) -> bool:
    return queries.may_moderate(person_of(request), problem)


def _status(refused: Refused | None) -> int:
    if refused is None:
        return 200
    return 403 if refused in {SIGN_IN, rules_talk.NOT_YET, rules_talk.TOO_MANY, rules_talk.HIDDEN} else 422
