"""Pages of foreign certificates: handing one in, what waits for a decision, and one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, files
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn.models import Recognition
from dure.learn.partners import access, forms, queries, recognising, rules, words
from dure.learn.partners.pages import frame


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A certificate of this course: a signed credential, a file or a link."""
    person = signed_in(request)
    course = access.access_course(person, uid)
    demand(rules.may_hand_in(person, course))
    form = forms.HandInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = recognising.hand_in(
                course,
                by=person,
                text=given["credential"],
                link=given["link"],
                note=given["note"],
                file=given["file"],
            )
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, words.after(made))
            return redirect("learn:recognition", made.uid)
    context = frame(request, course, "overview") | {"form": form}
    return render(request, "learn/partners/hand_in.html", context, status=422 if form.errors else 200)


@require_GET
def recognitions_page(request: HttpRequest) -> HttpResponse:
    """What waits for this person's decision, and what they handed in themselves."""
    person = signed_in(request)
    context = {
        "page": page_of(request, queries.waiting(person), per_page=20),
        "reviews": bool(rules.may_review_any(person)),
        "mine": queries.mine(person)[:20],
    }
    return render(request, "learn/partners/recognitions.html", context)


@require_GET
def recognition_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_recognition(person_of(request), uid))


def show(request: HttpRequest, row: Recognition, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` holds a form that needs attention."""
    offers = acting.offers_of(request, row, forms.RECOGNITION_FORMS)
    own = row.person_id == person_of(request).pk
    context = {
        "row": row,
        "own": own,
        "findings": queries.findings(row),
        "skills": queries.skills_of(row.skills or row.course.skills),
        "counts": row.state in ("verified", "accepted"),
        "by": words.recognised_by(row),
        "offers": offers,
        "forms": acting.forms_for(row, offers, forms.RECOGNITION_FORMS, taken),
    }
    return render(request, "learn/partners/recognition.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Recognise, decline, take back, withdraw."""
    row = access.access_recognition(signed_in(request), uid)
    taken = acting.take(request, row, forms.RECOGNITION_FORMS)
    if taken.form is not None:
        return show(request, row, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("learn:recognition", uid)


@require_GET
def certificate(request: HttpRequest, uid: UUID) -> Any:
    """What was handed in, as a file: the PDF, or the signed text."""
    row = access.access_recognition(person_of(request), uid)
    return certificate_of(row)


def certificate_of(row: Recognition) -> Any:
    """Raises Hidden where only a link was handed in."""
    if row.blob is not None:
        return files.download(row.blob.sha256, filename=row.filename or "certificate.pdf")
    if not row.token:
        raise Hidden(row.uid)
    answer = HttpResponse(row.token, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="certificate.jwt"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
