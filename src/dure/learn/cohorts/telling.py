"""What people are told about the cohorts they learn in, apply to, lead, or give seats in."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.learn.cohorts.notice_group import COHORTS
from dure.people import api as people

_kind = notices.kinds_under("learn", COHORTS)

ACCEPTED = _kind("cohort_accepted", _("I have a place"), _("You have a place in “%(cohort)s”."))
QUEUED = _kind(
    "cohort_queued",
    _("I am on a waiting list"),
    _("“%(cohort)s” is full for you at the moment: you are on the waiting list, and move up by yourself."),
)
ADMITTED = _kind(
    "cohort_admitted",
    _("I moved up from a waiting list"),
    _("A seat came free: you have a place in “%(cohort)s” now."),
)
DECLINED = _kind(
    "cohort_declined",
    _("My application was not accepted"),
    _("Your application to “%(cohort)s” was not accepted: %(reason)s"),
)
REMOVED = _kind(
    "cohort_removed",
    _("I was taken out of a cohort"),
    _("You were taken out of “%(cohort)s”: %(reason)s"),
)
NEWS = _kind("cohort_news", _("Announcements"), _("News in “%(cohort)s”: %(title)s"))
CALLED_OFF = _kind(
    "cohort_called_off",
    _("A cohort is called off"),
    _("“%(cohort)s” does not take place: %(reason)s"),
)
SYLLABUS = _kind(
    "cohort_syllabus",
    _("Another version of the course is taught"),
    _("“%(cohort)s” is taught by version %(after)s of the course now, before it was %(before)s."),
)
COACHING = _kind("cohort_coaching", _("I coach a cohort"), _("You coach “%(cohort)s”."))
SEATS = _kind(
    "cohort_seats",
    _("Seats of my organisation"),
    _("Seats that your organisation gives in “%(cohort)s”: %(seats)s more."),
)
_OF_MOVE: Final = {
    "accept": ACCEPTED,
    "queue": QUEUED,
    "admit": ADMITTED,
    "decline": DECLINED,
    "remove": REMOVED,
}


def moved(place: Any, action: str, *, reason: str = "") -> None:
    """Tell a person what became of their place; what they did themselves they know."""
    kind = _OF_MOVE.get(action)
    if kind is not None:
        _tell([place.person], kind, place.cohort, reason=reason)


def called_off(cohort: Any, *, by: Any, reason: str) -> None:
    _tell(concerned(cohort, besides=by), CALLED_OFF, cohort, reason=reason)


def syllabus_changed(cohort: Any, *, by: Any, before: int, after: int) -> None:
    """Applicants too: the version is what was announced to them."""
    _tell(concerned(cohort, besides=by), SYLLABUS, cohort, before=before, after=after)


def announced(cohort: Any, *, by: Any, title: str) -> None:
    """Everybody inside: those with a place, and the coaches."""
    url = f"/cohorts/{cohort.uid}/news"
    _tell(_people(cohort, ("in", "finished"), besides=by), NEWS, cohort, url=url, title=title)


def coaching(cohort: Any, coaches: Iterable[people.Person]) -> None:
    _tell(coaches, COACHING, cohort)


def seats_given(block: Any, *, seats: int) -> None:
    """Tell those who represent the sponsor."""
    held = people.Membership.objects.current().filter(
        organisation=block.sponsor, role=people.Membership.Role.REPRESENTATIVE
    )
    speakers = people.Person.objects.filter(pk__in=held.values("person_id"))
    url = f"/cohorts/{block.cohort.uid}/sponsor/{block.sponsor.slug}"
    _tell(speakers, SEATS, block.cohort, url=url, seats=seats)


def concerned(cohort: Any, *, besides: Any) -> Iterable[people.Person]:
    """Whoever has a place, has asked for one or coaches, but for whoever does it."""
    return _people(cohort, ("applied", "waiting", "in"), besides=besides)


def _people(cohort: Any, states: tuple[str, ...], *, besides: Any) -> Iterable[people.Person]:
    placed = cohort.places.filter(state__in=states).values("person_id")
    either = Q(pk__in=placed) | Q(pk__in=cohort.coaches.values("pk"))
    return people.Person.objects.filter(either).exclude(pk=besides.pk)


def _tell(who: Iterable[people.Person], kind: str, cohort: Any, *, url: str = "", **words: str | int) -> None:
    names = {
        "cohort_ko": cohort.name_ko or cohort.name_en,
        "cohort_en": cohort.name_en or cohort.name_ko,
    }
    notices.notify(who, kind, url=url or f"/cohorts/{cohort.uid}", params=names | words)
