"""Pages of programmes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn import rules as courses
from dure.learn.cohorts import forms, programmes, queries


@require_GET
def programmes_page(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {
        "page": page_of(request, programmes.visible_to(person)),
        "may_make": bool(courses.may_be_instructor(person)),
    }
    return render(request, "learn/programme/list.html", context)


@require_GET
def programme_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, and its cohorts by term as the reader sees them."""
    person = person_of(request)
    programme = programmes.access(person, slug)
    context = {
        "programme": programme,
        "page": page_of(request, queries.of_programme(person, programme)),
        "may_edit": bool(programmes.may_edit(person, programme)),
    }
    return render(request, "learn/programme/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    demand(courses.may_be_instructor(person))
    form = forms.NewProgrammeForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = programmes.make(by=person, organisation=given.pop("organisation"), values=given)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            return redirect("learn:programme", made.slug)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    person = signed_in(request)
    programme = programmes.access(person, slug)
    demand(programmes.may_edit(person, programme))
    initial = {name: getattr(programme, name) for name in programmes.PLAIN}
    form = forms.ProgrammeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.change(by=person, programme=programme, values=form.cleaned_data)
        return redirect("learn:programme", slug)
    return _form(request, form, programme)


def _form(request: HttpRequest, form: Any, programme: Any) -> HttpResponse:
    context = {"form": form, "programme": programme}
    return render(request, "learn/programme/form.html", context, status=422 if form.errors else 200)
