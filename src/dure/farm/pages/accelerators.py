"""The catalogue of accelerators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.farm import access_sharing, forms_sharing, rules_sharing
from dure.farm.actions import catalogue
from dure.farm.queries import sharing
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody reads it; operators find the buttons."""
    keeps = bool(rules_sharing.keeps_catalogue(person_of(request)))
    page = page_of(request, sharing.accelerators(request.GET.get("kind", "")), per_page=50)
    return render(request, "farm/accelerators.html", {"page": page, "keeps": keeps})


@require_http_methods(FORM_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    demand(rules_sharing.keeps_catalogue(person))
    form = forms_sharing.NewAcceleratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            catalogue.add(by=person, key=values.pop("key"), values=values)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("farm:accelerators")
    return render(request, "farm/accelerator_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    person = person_of(request)
    accelerator = access_sharing.access_accelerator(key)
    demand(rules_sharing.keeps_catalogue(person))
    initial = {name: getattr(accelerator, name) for name in catalogue.FIELDS}
    form = forms_sharing.AcceleratorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            catalogue.edit(by=person, accelerator=accelerator, values=form.cleaned_data)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("farm:accelerators")
    context = {"form": form, "accelerator": accelerator}
    return render(request, "farm/accelerator_form.html", context, status=422 if form.errors else 200)
