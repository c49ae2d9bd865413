"""Pages of members: the list, one of them with all that it gives and gets, its deputies."""

from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements import queries as agreements
from dure.alliance.commitments.queries import standing as delivered
from dure.alliance.members import access, forms, queries, rules, sheets, sight, standing, visibility, words
from dure.alliance.models import Agreement, Commitment, Member
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people

SHOWN: Final = ("gives", "gets", "agreements")


@require_GET
def members_page(request: HttpRequest) -> HttpResponse:
    """Who is a member, at which level, since when; everybody may know."""
    words_asked, level = asked(request, "q"), asked(request, "level")
    rows = queries.listed(words=words_asked, level=level)
    if form := sheets.asked_for(request):
        return sheets.members(form, rows)
    context = {
        "page": page_of(request, rows),
        "levels": queries.levels(),
        "level": level,
        "q": words_asked,
        "may_apply": bool(rules.may_apply_at_all(person_of(request))),
        "may_look": bool(rules.may_look(person_of(request))),
    }
    return render(request, "alliance/members/list.html", context)


def asked(request: HttpRequest, name: str) -> str:
    """What stands in the address."""
    return request.GET.get(name, "")[:200]


@require_GET
def member_page(request: HttpRequest, slug: str) -> HttpResponse:
    return show(request, access.access_organisation(person_of(request), slug))


def show(
    request: HttpRequest, organisation: people.Organisation, taken: acting.Taken | None = None
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person, member = person_of(request), queries.member_of(organisation)
    reads_inside = visibility.reads_inside(person, organisation)
    context = _moves(request, member, taken) | {
        "organisation": organisation,
        "member": member,
        "stands": words.STANDS[member.state] if member else "",
        "reads_inside": reads_inside,
        "may_enter": bool(rules.only_secretariat(person)) and member is None and organisation.is_member,
        "enter_form": forms.LevelChoiceForm(),
        "may_read_sight": bool(rules.may_read_sight(person, organisation)),
        "may_deputise": bool(people.may_speak_for(person, organisation, rules.NOT_SPEAKER)),
        **_part(request, organisation),
    }
    return render(request, "alliance/members/member.html", context, status=422 if taken else 200)


def _moves(request: HttpRequest, member: Member | None, taken: acting.Taken | None) -> dict[str, Any]:
    """What the reader can do; nobody but the secretariat and its representatives is shown a move."""
    if member is None or member.until is not None:
        return {"offers": [], "forms": {}}
    offers = [one for one in acting.offers_of(request, member, forms.MEMBER_FORMS) if one.decision]
    return {"offers": offers, "forms": acting.forms_for(member, offers, forms.MEMBER_FORMS, taken)}


def _part(request: HttpRequest, organisation: people.Organisation) -> dict[str, Any]:
    """One of the three lists, as far as the reader may read it."""
    person, show_what = person_of(request), request.GET.get("show", "")
    show_what = show_what if show_what in SHOWN else "gives"
    rows: QuerySet[Commitment] | QuerySet[Agreement]
    if show_what == "agreements":
        rows = agreements.of_organisation(person, organisation)
    else:
        rows = getattr(queries, show_what)(person, organisation)
    page: Any = page_of(request, rows)
    found = list(page.object_list)
    return {
        "show": show_what,
        "page": page,
        "rows": found if show_what == "agreements" else delivered(found),
    }


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the level, let it rest or go on, leave, end."""
    person = signed_in(request)
    member = access.access_member(person, slug)
    taken = acting.take(request, member, forms.MEMBER_FORMS, perform=standing.act)
    if taken.form is not None:
        return show(request, member.organisation, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:member", slug)


@require_POST
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a member of the register its level."""
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(rules.only_secretariat(person))
    form = forms.LevelChoiceForm(request.POST)
    if form.is_valid():
        standing.enter(organisation, by=person, level=form.cleaned_data["level"])
        messages.success(request, _("The level is given."))
    else:
        messages.error(request, str(rules.NO_LEVEL.message))
    return redirect("alliance:member", slug)


@require_http_methods(["GET", "POST"])
def deputies(request: HttpRequest, slug: str) -> HttpResponse:
    """Who speaks for the organisation from when until when; a deputy is named here."""
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(people.may_speak_for(person, organisation, rules.NOT_SPEAKER))
    form = forms.DeputyForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            standing.name_deputy(organisation, by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("The deputy speaks for the organisation in that time."))
            return redirect("alliance:member_deputies", slug)
    context = {
        "organisation": organisation,
        "page": page_of(request, queries.speakers(organisation)),
        "form": form,
    }
    return render(request, "alliance/members/deputies.html", context, status=422 if form.errors else 200)


@require_GET
def sight_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody, all members and each other member can see of this one."""
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(rules.may_read_sight(person, organisation))
    page: Any = page_of(request, sight.others(organisation))
    found = sight.reached(organisation)
    context = {
        "organisation": organisation,
        "wide": sight.wide(organisation, found),
        "page": page,
        "rows": sight.sights(organisation, list(page.object_list), found),
    }
    return render(request, "alliance/members/sight.html", context)
