"""News of a cohort."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import access, forms, news
from dure.learn.cohorts.pages.frame import frame

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def news_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was announced, the last first; those who lead write here."""
    person = signed_in(request)
    cohort = access.access_inside(person, uid)
    shell = frame(request, cohort, "news")
    form = forms.NewsForm(request.POST or None) if shell["leads"] else None
    if request.method == "POST":
        cohort = access.access_led(person, uid)
        if form is not None and form.is_valid():
            news.announce(by=person, cohort=cohort, **form.cleaned_data)
            messages.success(request, _("Everybody in the cohort is told."))
            return redirect("learn:cohort_news", uid)
    page = page_of(request, news.of(cohort), per_page=PER_PAGE)
    status = 422 if form is not None and form.errors else 200
    return render(request, "learn/cohort/news.html", {**shell, "page": page, "form": form}, status=status)
