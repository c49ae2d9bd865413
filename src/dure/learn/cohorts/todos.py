"""What waits for learners of cohorts: units that are due, an entrance test to sit, a question some months later.

And for those who lead one: applications.
"""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, F, IntegerField, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dure.foundation import clock, prepared
from dure.foundation.addresses import address
from dure.foundation.i18n import is_korean
from dure.foundation.notices import Todo
from dure.learn.cohorts.afterwards import WITHIN
from dure.learn.cohorts.due import NEAR, due_at
from dure.learn.cohorts.visibility import led_q
from dure.learn.models import ClassSession, Cohort, CourseVersion, DueDate, Enrolment, FollowUp, Place

MOST: Final = 60
MOST_SHOWN: Final = 4
KEPT: Final = "_learning_waits"
PAST: Final = timedelta(days=14)
LEARNED: Final = "cohort__places__enrolment"


def todos(person: Any) -> Iterable[Todo]:
    """One query over all kinds, and one more for a version that this process has not met."""
    if not person.is_authenticated:
        return []
    found = rows_of(person)
    vars(person)[KEPT] = found
    return [todo for kind, *row in found if kind in _TOLD and (todo := _TOLD[kind](*row)) is not None]


def rows_of(person: Any) -> list[tuple[Any, ...]]:
    """What waits in learning, and what the front page shows of it besides: one query for both."""
    put = {prepared.SINCE: clock.now() + NEAR}
    return prepared.rows("learn.todos.cohorts", _all, person, put=put)


def taken_rows(person: Any) -> list[tuple[Any, ...]]:
    """The same rows that the to-do list has just asked for, once; asked for anew where it has not."""
    kept: list[tuple[Any, ...]] | None = vars(person).pop(KEPT, None)
    return rows_of(person) if kept is None else kept


def _all(person: Any) -> "QuerySet[Any, Any]":
    others = (_tests(person), _questions(person), _applications(person), _courses(person), _sessions(person))
    return _due(person).union(*others, all=True).order_by("-at")[:MOST]


def _due(person: Any) -> "QuerySet[Any, Any]":
    rows = DueDate.objects.filter(
        due_at__lte=prepared.SINCE,
        cohort__state__in=("open", "running"),
        cohort__places__person_id=person.pk,
        cohort__places__state="in",
        cohort__places__enrolment__state="active",
    )
    numbers = (F("cohort__places__extension_days"), F(f"{LEARNED}__version_id"))
    standing = (F(f"{LEARNED}__standing__items"), F(f"{LEARNED}__standing__read"))
    names = (F("unit"), F("cohort__course__slug"))
    return _told(rows, "due", F("cohort__uid"), *names, *numbers, *standing, at=F("due_at"))


def _tests(person: Any) -> "QuerySet[Any, Any]":
    rows = Place.objects.filter(
        person_id=person.pk,
        state="applied",
        cohort__state__in=("open", "running"),
        cohort__entrance__isnull=False,
        sitting__ended_at=None,
    )
    names = (F("cohort__name_ko"), F("cohort__name_en"))
    return _told(rows, "test", F("cohort__uid"), *names, *_nothing(Value(0)), at=F("applied_at"))


def _questions(person: Any) -> "QuerySet[Any, Any]":
    rows = FollowUp.objects.filter(place__person_id=person.pk, answer="")
    names = (F("place__cohort__name_ko"), F("place__cohort__name_en"))
    return _told(rows, "asked", F("place__cohort__uid"), *names, *_nothing(F("months")), at=F("asked_at"))


def _applications(person: Any) -> "QuerySet[Any, Any]":
    """Cohorts that this person coaches, or whose course they write, with how many wait for a decision."""
    applied = Place.objects.filter(state="applied").order_by()
    counted = applied.filter(cohort_id=OuterRef("pk")).values("cohort_id").annotate(n=Count("pk")).values("n")
    rows = Cohort.objects.filter(
        led_q(person), state__in=("open", "running"), pk__in=applied.values("cohort_id")
    )
    asked = Subquery(counted, output_field=IntegerField())
    return _told(rows, "applied", F("uid"), F("name_ko"), F("name_en"), *_nothing(asked), at=F("created_at"))


def _courses(person: Any) -> "QuerySet[Any, Any]":
    """Courses in the middle of which the person is; the front page shows them."""
    rows = Enrolment.objects.filter(person_id=person.pk, state="active")
    said = JSONObject(ko="course__title_ko", en="course__title_en", done="standing__done")
    at = Coalesce(F("standing__last_at"), F("started_at"))
    return _shown(rows, "course", F("uid"), F("course__slug"), said, at=at).order_by("-at")[:MOST_SHOWN]


def _sessions(person: Any) -> "QuerySet[Any, Any]":
    """Class sessions that are not over, of cohorts in which the person has a place or which they coach; the same."""
    placed = Place.objects.filter(person_id=person.pk, state="in").values("cohort_id")
    coached = Cohort.coaches.through.objects.filter(person_id=person.pk).values("cohort_id")
    mine = Q(cohort__in=placed) | Q(cohort__in=coached)
    rows = ClassSession.objects.filter(mine, called_off_at=None, ends_at__gt=clock.now())
    said = JSONObject(
        ko="title_ko",
        en="title_en",
        cohort_ko="cohort__name_ko",
        cohort_en="cohort__name_en",
        room_ko="room__name_ko",
        room_en="room__name_en",
    )
    at = F("starts_at")
    return _shown(rows, "session", F("cohort__uid"), Value(""), said, at=at).order_by("at")[:MOST_SHOWN]


def _shown(rows: Any, kind: str, *columns: Any, at: Any) -> "QuerySet[Any, Any]":
    uid, name, said = columns
    none = Value(None, output_field=JSONField())
    return _told(rows, kind, uid, name, Value(""), Value(0), Value(0), said, none, at=at)


def _nothing(number: Any) -> tuple[Any, ...]:
    """A number, and the columns that only units have."""
    none = Value(None, output_field=JSONField())
    return number, Value(0), none, none


def _told(rows: "QuerySet[Any, Any]", kind: str, *columns: Any, at: F) -> "QuerySet[Any, Any]":
    told: QuerySet[Any, Any] = rows.order_by().values_list(Value(kind), *columns).annotate(at=at)
    return told


def _unit(*row: Any) -> Todo | None:
    """None for what is done, too far off with this person's own days, or long past."""
    _cohort, unit, course, days, version, items, read, due = row
    taught = CourseVersion(pk=version).taught.unit(unit)
    at = due_at({unit: due}, unit, extension_days=days)
    if taught is None or at is None or not -PAST <= at - clock.now() <= NEAR:
        return None
    names = [f"quiz/{item.id}" for item in taught.quiz] + ([f"lab/{unit}"] if taught.lab else [])
    standing = json.loads(items)
    if unit in json.loads(read) and all(standing.get(name, {}).get("settled") for name in names):
        return None
    why = _("A unit that was due.") if at <= clock.now() else _("A unit that is due soon.")
    title = taught.title.within(str(get_language() or "ko"))
    return Todo(title=title, url=address("learn:unit", course, unit), why=why, due=at)


def _test(cohort: Any, name_ko: str, name_en: str, *_rest: Any) -> Todo:
    url = address("learn:cohort_entrance", cohort)
    return Todo(title=_name(name_ko, name_en), url=url, why=_("An entrance test to sit."))


def _application(cohort: Any, name_ko: str, name_en: str, asked: int, *_rest: Any) -> Todo:
    why = ngettext("%(count)s application waits for you.", "%(count)s applications wait for you.", asked)
    url = f"{address('learn:cohort_people', cohort)}?state=applied"
    return Todo(title=_name(name_ko, name_en), url=url, why=why % {"count": asked})


def _question(cohort: Any, name_ko: str, name_en: str, months: int, *rest: Any) -> Todo | None:
    """None once its time has gone by."""
    if clock.now() - rest[-1] > WITHIN:
        return None
    url = address("learn:cohort_afterwards_mine", cohort, months)
    return Todo(title=_name(name_ko, name_en), url=url, why=_("One question: where are you now?"))


def _name(name_ko: str, name_en: str) -> str:
    return (name_ko or name_en) if is_korean() else (name_en or name_ko)


_TOLD: Final[dict[str, Callable[..., Todo | None]]] = {
    "due": _unit,
    "test": _test,
    "asked": _question,
    "applied": _application,
}
