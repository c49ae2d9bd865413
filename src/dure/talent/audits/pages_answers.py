"""The page on which a person answers for audits, and sees and deletes what they said. There is no other page of answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.engines import fairness
from dure.foundation.pages import render, signed_in
from dure.talent.audits import answering
from dure.talent.audits.forms import AnswersForm


@require_http_methods(["GET", "POST"])
def answers_page(request: HttpRequest) -> HttpResponse:
    """One's own answers: why they are asked for, who reads what of them, change."""
    person = signed_in(request)
    known = answering.answers_of(person)
    form = AnswersForm(request.POST or None, initial={**known, "agrees": bool(known)})
    if request.method == "POST" and form.is_valid():
        answering.answer(person, form.answers)
        messages.success(request, _("Your answers are kept for audits alone."))
        return redirect("talent:demographics")
    context = {"form": form, "known": known, "minimum": fairness.MINIMUM}
    return render(request, "talent/audits/answers.html", context, status=422 if form.errors else 200)


@require_POST
def delete_answers(request: HttpRequest) -> HttpResponse:
    answering.delete(signed_in(request))
    messages.success(request, _("Your answers are deleted."))
    return redirect("talent:demographics")
