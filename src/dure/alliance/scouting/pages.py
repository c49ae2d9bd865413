"""Pages of scouting: the list, one startup with its meetings, its moves, writing one down, a spreadsheet of them."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.models import Field, ScoutedStartup
from dure.alliance.scouting import access, forms, importing, noting, queries, rules, sheets, words
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in
from dure.people import api as people

MOST_SAID: Final = 200
MOST_SHOWN: Final = 50


def asked_of(request: HttpRequest) -> queries.Asked:
    """What the address narrows the list to."""
    said = request.GET
    names = ("q", "country", "field", "group")
    return queries.Asked(*(said.get(name, "")[:200] for name in names))


@require_GET
def startups_page(request: HttpRequest) -> HttpResponse:
    """All that this person may know of, narrowed by `?q=`, `?country=`, `?field=` and `?group=`; `?as=` sends a file."""
    person = signed_in(request)
    asked = asked_of(request)
    rows = queries.listed(person, asked)
    if form := sheets.asked_for(request):
        return sheets.startups(form, rows)
    context = {
        "page": page_of(request, rows),
        "asked": asked,
        "groups": [
            ("open", _("Looked at")),
            ("running", _("In talks or invited")),
            ("done", _("Not pursued")),
        ],
        "fields": Field.choices,
        "countries": queries.countries(person),
        "may_scout": bool(rules.may_scout(person)),
    }
    return render(request, "alliance/scouting/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    person = signed_in(request)
    demand(rules.may_scout(person))
    form = forms.StartupForm(request.POST or None, person=person)
    if request.method == "POST":
        made = done_with(
            form,
            lambda given: noting.note(by=person, organisation=given["organisation"], given=form.said),
        )
        if made is not None:
            messages.success(request, _("Written down."))
            return redirect("alliance:scouted", made.uid)
    context = {"form": form, "startup": None}
    return render(request, "alliance/scouting/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write it anew."""
    person = signed_in(request)
    startup = access.access_kept(person, uid)
    form = forms.StartupForm(request.POST or None, person=person, instance=startup)
    if request.method == "POST":
        made = done_with(form, lambda _given: noting.edit(startup, by=person, given=form.said))
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("alliance:scouted", uid)
    context = {"form": form, "startup": startup}
    return render(request, "alliance/scouting/edit.html", context, status=422 if form.errors else 200)


@require_GET
def startup_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_startup(signed_in(request), uid))


def show(
    request: HttpRequest,
    startup: ScoutedStartup,
    taken: acting.Taken | None = None,
    form: forms.MeetingForm | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `form` a meeting that does."""
    person = signed_in(request)
    keeps = bool(rules.keeps(person, startup))
    offers = acting.offers_of(request, startup, forms.MOVE_FORMS) if keeps else []
    context = {
        "startup": startup,
        "keeps": keeps,
        "offers": offers,
        "forms": acting.forms_for(startup, offers, forms.MOVE_FORMS, taken),
        "page": page_of(request, queries.meetings_of(person, startup)),
        "who_sees": words.who_sees(startup),
        "form": form or forms.MeetingForm(person=person) if keeps or rules.may_scout(person) else None,
    }
    return render(request, "alliance/scouting/startup.html", context, status=422 if taken or form else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Talk, invite, drop, look again."""
    startup = access.access_startup(signed_in(request), uid)
    taken = acting.take(request, startup, forms.MOVE_FORMS)
    if taken.form is not None:
        return show(request, startup, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:scouted", uid)


@require_POST
def meet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a meeting down."""
    person = signed_in(request)
    startup = access.access_startup(person, uid)
    form = forms.MeetingForm(request.POST, person=person)
    demand(rules.may_scout(person))
    made = done_with(
        form,
        lambda given: noting.meet(startup, by=person, organisation=given["organisation"], given=given),
    )
    if made is None:
        return show(request, startup, form=form)
    messages.success(request, _("The meeting is written down."))
    return redirect("alliance:scouted", uid)


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """A file of startups: looked at, or taken over."""
    person = signed_in(request)
    demand(rules.may_scout(person))
    form = forms.StartupsFileForm(request.POST or None, request.FILES or None, person=person)
    seen, faults = None, []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            seen = importing.take_over(
                given["file"].chunks(), by=person, organisation=given["organisation"], dry=given["dry"]
            )
            faults = list(seen.faults)
        except Faulty as faulty:
            faults = faulty.faults
        if seen is not None and not faults and not given["dry"]:
            told = ngettext(
                "%(n)s startup is new in the list.", "%(n)s startups are new in the list.", len(seen.new)
            )
            messages.success(request, told % {"n": len(seen.new)})
            return redirect("alliance:scouting")
    context = {"form": form, "seen": seen, "faults": faults[:MOST_SAID], "shown": _shown(seen)}
    status = 422 if faults or form.errors else 200
    return render(request, "alliance/scouting/import.html", context, status=status)


def _shown(seen: importing.Look | None) -> list[tuple[int, str, str]]:
    """The first of what is new: line, name, country."""
    first = list(seen.new.items())[:MOST_SHOWN] if seen else []
    return [
        (line, one["name_ko"] or one["name_en"], people.country_name(one["country"])) for line, one in first
    ]


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """All columns with one example row."""
    demand(rules.may_scout(signed_in(request)))
    return sheets.template()
