"""Pages of partners' courses: the list, one of them, making it, and its seats and issuers for who looks after it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, faults, workflow
from dure.foundation.access import ALLOWED, Refused
from dure.foundation.faults import Faulty
from dure.foundation.forms import done_with, show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn.cohorts.seating import choose
from dure.learn.models import PartnerCourse
from dure.learn.partners import access, courses, forms, issuers, places, queries, rules
from dure.learn.partners.seating import free_in


@require_GET
def courses_page(request: HttpRequest) -> HttpResponse:
    """What others run, the newest first; `?kind=` leaves one kind."""
    person, kind = person_of(request), request.GET.get("kind", "")
    chosen = kind if kind in PartnerCourse.Kind.values else ""
    context = {
        "page": page_of(request, queries.listed(person, kind=chosen)),
        "kinds": PartnerCourse.Kind.choices,
        "kind": chosen,
        "may_list": bool(rules.may_list_any(person)),
    }
    return render(request, "learn/partners/list.html", context)


def frame(request: HttpRequest, course: PartnerCourse, tab: str) -> dict[str, Any]:
    """What every page of a course needs."""
    return {
        "course": course,
        "tab": tab,
        "may_manage": bool(rules.may_manage(person_of(request), course)),
    }


@require_GET
def course_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_course(person_of(request), uid))


def show(request: HttpRequest, course: PartnerCourse, ask: Any = None) -> HttpResponse:
    """Its page; `ask` is the form for a seat where it needs attention."""
    person = person_of(request)
    place = queries.place_of(person, course)
    recognition = queries.recognition_of(person, course)
    context = frame(request, course, "overview") | {
        "skills": queries.skills_of(course.skills),
        "seats": queries.seats_for(person, course),
        "place": place,
        "place_offers": acting.offers_of(request, place, {}) if place else [],
        "may_ask": rules.may_ask(person, course),
        "ask": ask or (forms.AskForm(person=person) if person.is_authenticated else None),
        "recognition": recognition,
        "may_hand_in": rules.may_hand_in(person, course),
        "issuers": [one.name for one in issuers.trusted_for(course)],
    }
    if context["may_manage"]:
        context["offers"] = _managers(course, ("list", "close"))
    return render(request, "learn/partners/course.html", context, status=422 if ask else 200)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A course in preparation."""
    person = signed_in(request)
    form = forms.CourseForm(request.POST or None, person=person)
    if made := done_with(
        form, lambda given: courses.create(by=person, organisation=given.pop("organisation"), given=given)
    ):
        messages.success(request, _("It is in preparation: give seats, name an issuer, then list it."))
        return redirect("learn:partner_course", made.uid)
    context = {"form": form, "may": rules.may_list_any(person)}
    return render(request, "learn/partners/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is said of it."""
    person = signed_in(request)
    course = access.access_managed(person, uid)
    form = forms.CourseForm(request.POST or None, instance=course, person=person)
    if done_with(form, lambda given: courses.edit(course, by=person, given=given)):
        messages.success(request, _("Changed."))
        return redirect("learn:partner_course", uid)
    context = {"form": form, "course": course, "may": True}
    return render(request, "learn/partners/edit.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List it, or take no one more."""
    taken = acting.take(request, access.access_managed(signed_in(request), uid), {})
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("learn:partner_course", uid)


@require_POST
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a seat."""
    person = signed_in(request)
    course = access.access_course(person, uid)
    form = forms.AskForm(request.POST, person=person)
    if not form.is_valid():
        return show(request, course, form)
    places.ask(by=person, course=course, **form.cleaned_data)
    messages.success(request, _("You asked for a seat. You are told when it is decided."))
    return redirect("learn:partner_course", uid)


@require_POST
def act_on_place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give, decline, withdraw, ask again."""
    person = signed_in(request)
    place = access.access_place(person, uid)
    taken = acting.take(request, place, forms.PLACE_FORMS, perform=places.act)
    if taken.form is not None:
        return show_places(request, access.access_managed(person, place.course.uid), taken=taken)
    messages.success(request, str(forms.DONE[taken.action]))
    own = place.person_id == person.pk
    return redirect("learn:partner_course" if own else "learn:partner_places", place.course.uid)


@require_http_methods(["GET", "POST"])
def places_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Seats, and who asks for them; more seats are given here."""
    person = signed_in(request)
    course = access.access_managed(person, uid)
    if request.method != "POST":
        return show_places(request, course)
    form = forms.SeatsForm(request.POST, person=person)
    if not form.is_valid():
        return show_places(request, course, form=form)
    courses.give_seats(course, by=person, **form.cleaned_data)
    messages.success(request, _("The seats are given."))
    return redirect("learn:partner_places", uid)


def show_places(
    request: HttpRequest, course: PartnerCourse, *, form: Any = None, taken: acting.Taken | None = None
) -> HttpResponse:
    page, free = page_of(request, queries.places(course), per_page=20), free_in(course)
    rows = []
    for place in page.object_list:
        no_seat = choose(free, place.organisation_id) is None
        offers = _managers(place, ("give", "decline"), {"give": rules.FULL} if no_seat else {})
        rows.append((place, offers, acting.forms_for(place, offers, forms.PLACE_FORMS, taken)))
    context = frame(request, course, "places") | {
        "blocks": queries.blocks(course),
        "form": form or forms.SeatsForm(person=person_of(request)),
        "page": page,
        "rows": rows,
    }
    return render(request, "learn/partners/places.html", context, status=422 if form or taken else 200)


def _managers(
    obj: Any, actions: Sequence[str], refused: Mapping[str, Refused] = MappingProxyType({})
) -> list[workflow.Offer]:
    """What who looks after the course may do: they were let in already, so that nothing is asked anew for each row."""
    steps = [step for name in actions if (step := obj.workflow.find(obj.state, name))]
    return [workflow.Offer(step, refused.get(step.action, ALLOWED)) for step in steps]


@require_POST
def return_seats(request: HttpRequest, uid: UUID, block: UUID) -> HttpResponse:
    """Take back seats that nobody has."""
    person = signed_in(request)
    course = access.access_managed(person, uid)
    form = forms.ReturnForm(request.POST)
    if form.is_valid():
        courses.return_seats(access.access_block(course, block), by=person, seats=form.cleaned_data["seats"])
        messages.success(request, _("Taken back."))
    else:
        messages.error(request, _("Say how many seats: a whole number from 1."))
    return redirect("learn:partner_places", uid)


@require_http_methods(["GET", "POST"])
def issuers_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whose signatures count for its certificates."""
    person = signed_in(request)
    course = access.access_managed(person, uid)
    form = forms.IssuerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issuers.trust(course, by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Its keys were read: signatures of this issuer count."))
            return redirect("learn:partner_issuers", uid)
    rows = [
        (one, faults.sentence(faults.Fault(one.trouble)) if one.trouble else "")
        for one in course.issuers.all()
    ]
    context = frame(request, course, "issuers") | {"form": form, "rows": rows}
    return render(request, "learn/partners/issuers.html", context, status=422 if form.errors else 200)


@require_POST
def act_on_issuer(request: HttpRequest, uid: UUID, issuer: UUID) -> HttpResponse:
    """Read its keys again, or trust it no longer."""
    person = signed_in(request)
    found = access.access_issuer(access.access_managed(person, uid), issuer)
    if request.POST.get("action") == "remove":
        issuers.distrust(found, by=person)
        messages.success(request, _("Signatures of this issuer count no more."))
    elif issuers.read_again(found).trouble:
        messages.error(request, faults.sentence(faults.Fault(found.trouble)))
    else:
        messages.success(request, _("The keys were read again."))
    return redirect("learn:partner_issuers", uid)
