"""Pages of bookings: a week of a lab's rooms and desks, booking one, giving it back."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.alliance.residents import access, booking, forms, queries, rules
from dure.alliance.residents.pages import frame
from dure.foundation import clock
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in

YEARS = range(2000, 2101)


def day_asked(text: str) -> date:
    """The day that an address names; today for anything that is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return day if day.year in YEARS else clock.today()


@require_http_methods(["GET", "POST"])
def bookings_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The week, or with `?view=day` the day, that `?day=` lies in; a post books."""
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    day, one_day = day_asked(request.GET.get("day", "")), request.GET.get("view") == "day"
    first, days = (day, 1) if one_day else (queries.monday_of(day), queries.WEEK)
    form = forms.BookingForm(request.POST or None, lab=lab)
    if done_with(form, lambda given: booking.book(lab, by=person, given=given)) is not None:
        messages.success(request, _("Booked."))
        return redirect("alliance:joint_lab_bookings", uid)
    page = page_of(request, queries.bookable(lab))
    context = frame(request, lab, "bookings") | {
        "page": page,
        "rows": queries.week(page.object_list, first, days),
        "days": [first + timedelta(days=at) for at in range(days)],
        "day": day,
        "one_day": one_day,
        "before": first - timedelta(days=days),
        "after": first + timedelta(days=days),
        "may_book": rules.may_book(person, lab),
        "mine": queries.mine(person, lab, clock.now())[:20],
        "form": form,
    }
    return render(request, "alliance/residents/bookings.html", context, status=422 if form.errors else 200)


@require_POST
def cancel(request: HttpRequest, uid: UUID, booking_uid: UUID) -> HttpResponse:
    """Give a booking back."""
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    booking.cancel(access.access_booking(person, lab, booking_uid), by=person)
    messages.success(request, _("Cancelled; it can be booked again."))
    return redirect("alliance:joint_lab_bookings", uid)
