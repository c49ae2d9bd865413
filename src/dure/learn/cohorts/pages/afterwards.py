"""Where people are after a cohort: one question for each of them, and counts that tell of nobody for those who lead."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import render, signed_in
from dure.learn.cohorts import access, afterwards
from dure.learn.cohorts.pages.frame import frame
from dure.learn.cohorts.small_cells import LEAST, Shown
from dure.learn.models import FollowUp


class AnswerForm(forms.Form):
    """The one question."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Where are you now?"), choices=FollowUp.Answer.choices, widget=forms.RadioSelect
    )


@require_GET
def afterwards_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The counts."""
    cohort = access.access_led(signed_in(request), uid)
    found = afterwards.counts(cohort)
    context = frame(request, cohort, "afterwards") | {
        "least": LEAST,
        "tables": [(months, *_table(shown)) for months, shown in found.items()],
    }
    return render(request, "learn/cohort/afterwards.html", context)


def _table(shown: Shown | None) -> tuple[list[tuple[Any, int]], int]:
    """Lines in words, and how many answers they count; nothing while there are too few."""
    if shown is None:
        return [], 0
    lines: list[tuple[Any, int]] = [
        (FollowUp.Answer(answer).label, count) for answer, count in shown.counts.items()
    ]
    if shown.others:
        lines.append((_("All other answers together") if lines else _("All answers together"), shown.others))
    return lines, shown.answers


@require_http_methods(["GET", "POST"])
def question_page(request: HttpRequest, uid: UUID, months: int) -> HttpResponse:
    """The question that one was asked, or one's answer to it."""
    person = signed_in(request)
    cohort = access.access_cohort(person, uid)
    asked = afterwards.asked(person, cohort, months)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            afterwards.answer(by=person, question=asked, given=form.cleaned_data["answer"])
            messages.success(request, _("Thank you."))
            return redirect("learn:cohort_afterwards_mine", uid=uid, months=months)
    except Faulty as faulty:
        show_faults(form, faulty)
    context = frame(request, cohort, "afterwards") | {
        "asked": asked,
        "form": form,
        "least": LEAST,
        "earlier": [one for one in afterwards.own(asked.place) if one.answer and one.pk != asked.pk],
    }
    status = 422 if form.is_bound else 200
    return render(request, "learn/cohort/afterwards_mine.html", context, status=status)
