"""What people are told about the incubation."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

INCUBATION: Final = notices.Group(42, _("Incubation"))
_kind = notices.kinds_under("alliance", INCUBATION)
_desk_kind = notices.kinds_under("alliance", INCUBATION, only=people.is_secretary)

APPLIED: Final = _desk_kind(
    "startup_applied", _("A startup applies for the incubation"), _("A startup applies: “%(name)s”.")
)
WITHDRAWN: Final = _desk_kind(
    "startup_withdrawn",
    _("A founder takes an application back"),
    _("Its founder has taken the application back: “%(name)s”."),
)
MOVED: Final = _kind(
    "startup_moved",
    _("A startup of mine, or one that I mentor, moves on"),
    _("Something has changed about “%(name)s”. Its page says what comes next."),
)
MENTORS: Final = _kind(
    "startup_mentor", _("I am named as a mentor of a startup"), _("You mentor “%(name)s”.")
)
JUROR: Final = _kind(
    "incubation_juror",
    _("I am named as a juror of a batch"),
    _("You hear the pitches of “%(name)s”. Declare first to whom you are too near."),
)
LOGGED: Final = _kind(
    "startup_logged",
    _("My mentor has written what was seen"),
    _("A checkpoint was held: “%(name)s”. Read what your mentor wrote."),
)
SOON: Final = _kind(
    "checkpoint_soon",
    _("The day of a checkpoint comes near"),
    _("A checkpoint is due on %(due)s: “%(name)s”."),
)
LATE: Final = _kind(
    "checkpoint_late",
    _("A checkpoint is late"),
    _("The checkpoint of %(due)s was not held: “%(name)s”."),
)


def tell_founder(kind: str, case: Any) -> None:
    _tell(people.Person.objects.filter(is_active=True, pk=case.founder_id), kind, case)


def tell_secretariat(kind: str, case: Any, *, due: date | None = None) -> None:
    _tell(people.secretaries(), kind, case, due)


def tell_all(kind: str, case: Any) -> None:
    """Its founder and its mentors."""
    _tell(_near(case), kind, case)


def tell_walking(kind: str, checkpoint: Any) -> None:
    """The same, about one month."""
    _tell(_near(checkpoint.case), kind, checkpoint.case, checkpoint.due_on, "/checkpoints")


def tell_person(kind: str, person: Any, case: Any) -> None:
    _tell([person], kind, case)


def tell_juror(person: Any, batch: Any) -> None:
    notices.notify([person], JUROR, url=f"/incubation/{batch.uid}", params=_named(batch, "title"))


def _near(case: Any) -> Any:
    mentors = case.mentors.filter(until=None).values("person_id")
    return people.Person.objects.filter(Q(pk=case.founder_id) | Q(pk__in=mentors), is_active=True)


def _tell(
    whom: "Iterable[people.Person]", kind: str, case: Any, due: date | None = None, part: str = ""
) -> None:
    params = _named(case, "name") | {"due": due.isoformat() if due else "–"}
    notices.notify(whom, kind, url=f"/startups/{case.uid}{part}", params=params)


def _named(row: Any, name: str) -> dict[str, str]:
    ko, en = getattr(row, f"{name}_ko"), getattr(row, f"{name}_en")
    return {"name_ko": ko or en, "name_en": en or ko}
