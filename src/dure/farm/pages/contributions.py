"""What members give: the list, a machine's page, and writing it down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.farm import access_sharing, forms_sharing, rules_sharing
from dure.farm.actions import contributions
from dure.farm.models import Contribution
from dure.farm.queries import sharing
from dure.foundation import acting
from dure.foundation.access import Denied, demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    person, stage = signed_in(request), request.GET.get("stage", "")
    page = page_of(request, sharing.contributions(person, stage))
    rows = [(one, sharing.given_words(one)) for one in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "stage": stage,
        "stages": sharing.STAGES,
        "gives": sharing.gives_for(person).exists(),
    }
    return render(request, "farm/contributions.html", context)


@require_http_methods(FORM_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    if not sharing.gives_for(person).exists():
        raise Denied(rules_sharing.NOT_REPRESENTATIVE)
    form = forms_sharing.NewContributionForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = contributions.draft(by=person, organisation=values.pop("organisation"), values=values)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Kept as a draft. Offer it when it is right."))
            return redirect("farm:contribution", made.uid)
    return render(request, "farm/contribution_form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def contribution(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access_sharing.access_contribution(person_of(request), uid))


def show(request: HttpRequest, given: Contribution, taken: acting.Taken | None = None) -> HttpResponse:
    """The machine's page; `taken` holds a form that needs attention."""
    table = forms_sharing.FORMS_OF_CONTRIBUTION
    offers = acting.offers_of(request, given, table)
    context = {
        "contribution": given,
        "has": sharing.given_words(given),
        "offers": offers,
        "forms": acting.forms_for(given, offers, table, taken),
        "may_edit": bool(rules_sharing.may_edit(person_of(request), given)),
        "who_sees": sharing.who_sees(given.organisation),
    }
    return render(request, "farm/contribution.html", context, status=422 if taken else 200)


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    given = access_sharing.access_contribution(person, uid)
    demand(rules_sharing.may_edit(person, given))
    form = forms_sharing.ContributionForm(request.POST or None, initial=_initial(given))
    if request.method == "POST" and form.is_valid():
        try:
            contributions.edit(by=person, contribution=given, values=form.cleaned_data)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("farm:contribution", uid)
    context = {"form": form, "contribution": given}
    return render(request, "farm/contribution_form.html", context, status=422 if form.errors else 200)


def _initial(given: Contribution) -> dict[str, object]:
    values = {name: getattr(given, name) for name in contributions.FIELDS}
    lines = [f"{key} {count}" for key, count in sorted(given.accelerators.items())]
    return {**values, "accelerators": "\n".join(lines)}


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An action of the workflow by its name."""
    given = access_sharing.access_contribution(person_of(request), uid)
    taken = acting.take(request, given, forms_sharing.FORMS_OF_CONTRIBUTION, perform=contributions.act)
    if taken.form is not None:
        return show(request, given, taken)
    messages.success(request, str(forms_sharing.DONE[taken.action]))
    return redirect("farm:contribution", uid)
