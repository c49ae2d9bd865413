"""Pages of reviewers: what they review, one review with its marks, their ties in a call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.calls.access import access_call
from dure.alliance.calls.pages import frame, named
from dure.alliance.models import Review
from dure.alliance.proposals.queries import names_in
from dure.alliance.reviews import access, conflicts, forms, queries, rules, scoring, words
from dure.foundation import acting
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in


@require_GET
def mine_page(request: HttpRequest) -> HttpResponse:
    """Reviews that one is asked for, writes and has submitted."""
    context = {"page": page_of(request, queries.mine(signed_in(request)))}
    return render(request, "alliance/reviews/list.html", context)


@require_http_methods(["GET", "POST"])
def review_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One review; its reviewer gives marks here."""
    person = signed_in(request)
    review = access.access_review(person, uid)
    if request.method != "POST":
        return show(request, review)
    form = _marks(review, request.POST)

    def write(given: dict[str, Any]) -> Review:
        words_ = {name: given[name] for name in ("comment", "to_applicants")}
        return scoring.write(review, by=person, said=form.said(), **words_)

    if done_with(form, write) is not None:
        messages.success(request, _("Saved. Submit the review once every item has a mark."))
        return redirect("alliance:review", uid)
    return show(request, review, form=form)


def _marks(review: Review, data: Any = None) -> forms.MarksForm:
    return forms.MarksForm(data, review=review, items=list(review.reviewer.call.criteria.all()))


def show(
    request: HttpRequest,
    review: Review,
    taken: acting.Taken | None = None,
    form: forms.MarksForm | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `form` marks that do."""
    person = signed_in(request)
    offers = acting.offers_of(request, review, forms.MOVE_FORMS)
    scores = bool(rules.may_score(person, review))
    latest = review.proposal.revisions.order_by("-number").first()
    context = {
        "review": review,
        "is_own": review.reviewer.person_id == person.pk,
        "said": latest.content if latest else {},
        "names": names_in(latest.content) if latest else {},
        "next": words.NEXT[review.state],
        "who_sees": words.WHO_SEES,
        "offers": offers,
        "forms": acting.forms_for(review, offers, forms.MOVE_FORMS, taken),
        "marks_form": (form or _marks(review)) if scores else None,
        "marks": list(review.marks.select_related("criterion")),
        "score": scoring.said(scoring.score_of(review)),
    }
    failed = taken is not None or form is not None
    return render(request, "alliance/reviews/review.html", context, status=422 if failed else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept, decline, declare a conflict, submit; for the secretariat take back."""
    person = signed_in(request)
    review = access.access_review(person, uid)
    taken = acting.take(request, review, forms.MOVE_FORMS)
    if taken.form is not None:
        return show(request, review, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    if taken.action == "cancel":
        return redirect("alliance:call_reviews", review.reviewer.call.uid)
    stays = taken.action in ("accept", "submit")
    return redirect("alliance:review", uid) if stays else redirect("alliance:reviews")


@require_http_methods(["GET", "POST"])
def ties_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A reviewer's own ties in a call."""
    person = signed_in(request)
    call = access_call(person, uid)
    reviewer = access.access_own(person, call)
    form = forms.TieForm(request.POST or None, person=person)
    if (
        request.method == "POST"
        and done_with(form, lambda given: conflicts.declare(reviewer, by=person, given=given)) is not None
    ):
        messages.success(request, _("Declared. You are not asked to judge what it concerns."))
        return redirect("alliance:call_ties", uid)
    rows = reviewer.ties.filter(proposal=None).select_related("organisation").order_by("-pk")
    context = frame(request, call, "ties") | {"form": form, "page": page_of(request, rows)}
    return render(request, "alliance/reviews/ties.html", context, status=422 if form.errors else 200)


@require_POST
def remove_tie(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A tie that was declared by mistake."""
    person = signed_in(request)
    reviewer = access.access_own(person, access_call(person, uid))
    conflicts.undeclare(access.access_tie(reviewer, named(request)), by=person)
    messages.success(request, _("Saved."))
    return redirect("alliance:call_ties", uid)
