"""Sites of a member: naming one, what its data is used for, what ran there, and closing it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.farm import rules_sharing
from dure.farm.actions import sites as actions
from dure.farm.queries import sharing
from dure.farm.queries import sites as queries
from dure.foundation.access import Denied
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people


class SiteForm(forms.Form):
    """A site to be named."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=people.Organisation.objects.none()
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the site"),
        max_length=80,
        help_text=gettext_lazy("As you call the machine or the place: “Hospital A, radiology”."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = sharing.gives_for(person)
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["organisation"].initial = mine.first()


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    context = {
        "page": page_of(request, queries.sites(person)),
        "gives": sharing.gives_for(person).exists(),
    }
    return render(request, "farm/sites.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Name a site, and show the code for its machine this once."""
    person = signed_in(request)
    if not sharing.gives_for(person).exists():
        raise Denied(rules_sharing.NOT_REPRESENTATIVE)
    form = SiteForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        made = actions.add(by=person, **form.cleaned_data)
        address = request.build_absolute_uri("/").rstrip("/")
        return render(request, "farm/site_made.html", {"made": made, "address": address})
    return render(request, "farm/site_form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def site(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = queries.access_site(person_of(request), uid)
    context = {
        "site": found,
        "datasets": list(queries.datasets(found)),
        "page": page_of(request, queries.tasks(found), per_page=20),
        "may_close": found.is_open and bool(rules_sharing.may_give(person_of(request), found.organisation)),
        "who_sees": [
            _("The representatives of %(organisation)s.") % {"organisation": found.organisation.name},
            _("The secretariat and the auditor."),
            _(
                "Whoever was given the code of a data set learns its columns and number of rows, and may ask for it."
            ),
            _("No other member, no rival and no stranger."),
        ],
    }
    return render(request, "farm/site.html", context)


@require_POST
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its key opens nothing any more."""
    actions.close(by=signed_in(request), site=queries.access_site(person_of(request), uid))
    messages.success(request, _("Closed. What it was used for has ended."))
    return redirect("farm:site", uid)
