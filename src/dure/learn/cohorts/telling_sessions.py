"""What those inside a cohort are told of its sessions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.learn.cohorts.notice_group import COHORTS
from dure.learn.cohorts.plans import span_words
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import ClassSession
from dure.people import api as people

_kind = notices.kinds_under("learn", COHORTS)

CHANGED = _kind(
    "session_changed",
    _("A session of my cohort changes"),
    _("A session changes in “%(cohort)s”: %(title)s, now %(when)s."),
)
CALLED_OFF = _kind(
    "session_called_off",
    _("A session of my cohort is called off"),
    _("A session is called off in “%(cohort)s”: %(title)s, %(when)s. Reason: %(reason)s"),
)


def inside(cohort: Any) -> "list[people.Person]":
    """Whoever has a place, and the coaches. Two queries."""
    learners = people.Person.objects.filter(places__cohort=cohort, places__state__in=WITH_PLACE)
    return [*learners, *cohort.coaches.all()]


def changed(session: ClassSession, *, by: Any) -> None:
    _tell(session, CHANGED, by=by, params={})


def called_off(session: ClassSession, *, by: Any, reason: str) -> None:
    _tell(session, CALLED_OFF, by=by, params={"reason": reason})


def _tell(session: ClassSession, kind: str, *, by: Any, params: dict[str, str]) -> None:
    cohort = session.cohort
    said = {
        "cohort_ko": cohort.name_ko,
        "cohort_en": cohort.name_en,
        "title_ko": session.title_ko,
        "title_en": session.title_en,
        "when": span_words(session.starts_at, session.ends_at),
    }
    told = [person for person in inside(cohort) if person.pk != by.pk]
    notices.notify(told, kind, url=reverse("learn:sessions", args=[cohort.uid]), params=said | params)
