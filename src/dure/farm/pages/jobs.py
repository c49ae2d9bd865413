"""One's jobs: the list, one job, an array, and what one does with them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.farm import access, rules, telling
from dure.farm.access import Seen
from dure.farm.actions import by_hand
from dure.farm.models import Job
from dure.farm.pages.asking import address_of
from dure.farm.queries import told as queries
from dure.farm.rules import Sight
from dure.farm.visibility import OVERSEERS
from dure.foundation import files
from dure.foundation.access import has_role
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people


@require_GET
def jobs_page(request: HttpRequest) -> HttpResponse:
    """One's own jobs; with `?view=all` also those of others that one may know of."""
    person = signed_in(request)
    sees_others = has_role(person, *OVERSEERS) or people.represented_organisations(person).exists()
    of_all = sees_others and request.GET.get("view") == "all"
    page = page_of(request, queries.jobs_seen(person) if of_all else queries.jobs_of(person))
    more = {
        "page": page,
        "listed": queries.listed(person, list(page.object_list)),
        "sees_others": sees_others,
        "of_all": of_all,
        "may_ask": rules.may_ask(person),
    }
    return render(request, "farm/jobs.html", more)


@require_GET
def job_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All there is to say of a job; the part that moves is asked for again while it is open."""
    seen = access.access_job(person_of(request), uid)
    template = "farm/job_part.html" if request.headers.get("HX-Request") else "farm/job.html"
    return render(request, template, _of_job(request, seen))


def _of_job(request: HttpRequest, seen: Seen) -> dict[str, Any]:
    told, job = queries.told(seen), seen.job
    return {
        "told": told,
        "job": job,
        "spec": job.wants,
        "message": telling.sentences(job, told.run, told.place),
        "may_read": seen.sight >= Sight.CONTENT,
        "may_name": seen.sight >= Sight.NAMES,
        "may_cancel": rules.may_cancel(person_of(request), job),
        "may_run_again": rules.may_run_again(person_of(request), job),
        "files": page_of(request, list(told.files)),
        "key": uuid4().hex,
    }


@require_POST
def act_on_job(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it back, run it again, share what it made or no longer."""
    person = signed_in(request)
    return _act(request, access.access_own(person, uid), one=True)


@require_POST
def act_on_array(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same for all jobs of an array."""
    person = signed_in(request)
    return _act(request, access.access_own_array(person, uid), one=False)


def _act(request: HttpRequest, job: Job, *, one: bool) -> HttpResponse:
    person: Any = person_of(request)
    action, made = request.POST.get("action"), job
    if action == "cancel":
        count = (by_hand.cancel if one else by_hand.cancel_array)(by=person, job=job)
        messages.success(request, _("Taken back.") if count else _("It was over already."))
    elif action == "again":
        made = _again(job, person, request.POST.get("key", "")[:64], one=one)
        messages.success(request, _("Handed in once more."))
    elif action in {"share", "unshare"}:
        by_hand.share(by=person, job=job, shared=action == "share")
    if one and made is job:
        return redirect("farm:job", job.uid)
    return redirect(*address_of(made))


def _again(job: Job, person: people.Person, key: str, *, one: bool) -> Job:
    """A button pressed twice makes one job: both times the page sent the same key."""
    return (by_hand.again if one else by_hand.again_array)(by=person, job=job, client_key=key)


@require_GET
def array_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An array as one: its progress, and each of its jobs."""
    person = person_of(request)
    seen = access.access_array(person, uid)
    (group,) = queries.listed(person, [seen.job])
    page = page_of(request, queries.jobs_in(seen.job))
    more = {
        "group": group,
        "job": seen.job,
        "spec": seen.job.wants,
        "page": page,
        "is_own": seen.is_own,
        "may_read": seen.sight >= Sight.CONTENT,
        "may_name": seen.sight >= Sight.NAMES,
        "is_open": group.done < seen.job.array_size,
        "may_run_again": rules.may_run_again(person, seen.job),
        "key": uuid4().hex,
    }
    template = "farm/array_part.html" if request.headers.get("HX-Request") else "farm/array.html"
    return render(request, template, more)


@require_GET
def job_file(request: HttpRequest, uid: UUID, name: str) -> FileResponse:
    """A file that came out, as an attachment."""
    file = access.access_file(person_of(request), uid, name)
    asked = request.headers.get("Range", "")
    return files.download(file.blob_id, filename=file.filename, asked=asked, size=file.blob.size)
