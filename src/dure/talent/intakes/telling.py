"""What people are told about intakes and stays."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

STAYS: Final = notices.Group(28, _("Exchanges, internships and stays"))
_kind = notices.kinds_under("talent", STAYS)

SEATED: Final = _kind(
    "stay_given",
    _("I have a place in an intake"),
    _("You have a place: “%(name)s”. The list there says what to do before it begins."),
)
BEGUN: Final = _kind("stay_begun", _("My stay begins"), _("Your stay has begun: “%(name)s”."))
COMPLETED: Final = _kind(
    "stay_completed", _("My stay is completed"), _("Your stay is completed: “%(name)s”.")
)
BROKEN_OFF: Final = _kind(
    "stay_broken_off",
    _("A stay that I have to do with is broken off"),
    _("The stay is broken off: “%(name)s”. The reason stands there."),
)
CANCELLED: Final = _kind(
    "intake_cancelled", _("An intake of mine is called off"), _("The intake is called off: “%(name)s”.")
)
TROUBLE: Final = _kind(
    "stay_trouble",
    _("Somebody in an intake that we run asks for help"),
    _("%(person)s asks for help: “%(name)s”."),
)
ANSWERED: Final = _kind(
    "stay_answered",
    _("Somebody answers my call for help in a stay"),
    _("Your call for help is answered: “%(name)s”."),
)
REPORT_DUE: Final = _kind(
    "stay_report_due",
    _("A monthly report of a stay is due"),
    _("The report of the past month is due: “%(name)s”."),
)
LATER: Final = _kind(
    "stay_later",
    _("I am asked where I am a year after a stay"),
    _("A year ago your stay ended: “%(name)s”. Where are you now?"),
)


def tell_stay(kind: str, stay: Any) -> None:
    """Tell whose stay it is."""
    notices.notify([stay.person], kind, url=_url(stay), params=_names(stay.intake))


def tell_side(kind: str, stay: Any) -> None:
    """Tell who looks after it."""
    supervisor = [stay.supervisor] if stay.supervisor else []
    notices.notify([*supervisor, *runners(stay)], kind, url=_url(stay), params=_names(stay.intake))


def tell_trouble(stay: Any, by: Any) -> None:
    """Tell whoever runs the intake alone: the other side may be what the trouble is about."""
    params = _names(stay.intake) | {
        "person_ko": by.name_ko or by.name_en,
        "person_en": by.name_en or by.name_ko,
    }
    notices.notify(runners(stay), TROUBLE, url=_url(stay), params=params)


def tell_answer(stay: Any, report: Any) -> None:
    """Tell whoever asked for help."""
    if report.written_by:
        notices.notify([report.written_by], ANSWERED, url=_url(stay), params=_names(stay.intake))


def tell_supervisor(kind: str, stay: Any) -> None:
    """Tell the supervisor at the host, if one is named."""
    if stay.supervisor:
        notices.notify([stay.supervisor], kind, url=_url(stay), params=_names(stay.intake))


def tell_all(kind: str, intake: Any) -> None:
    """Tell everybody who has a place in it."""
    told: Iterable[Any] = people.Person.objects.filter(stays__intake=intake).exclude(
        stays__state="broken_off", stays__intake=intake
    )
    notices.notify(told, kind, url=f"/intakes/{intake.uid}", params=_names(intake))


def runners(stay: Any) -> list[people.Person]:
    """Representatives of whoever runs the intake; the secretariat where there is none."""
    speaking = people.Membership.objects.current().filter(
        organisation_id=stay.intake.organisation_id, role=people.Membership.Role.REPRESENTATIVE
    )
    rows = people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))
    return [one for one in list(rows) or list(people.secretaries()) if one.pk != stay.person_id]


def _url(stay: Any) -> str:
    return f"/stays/{stay.uid}"


def _names(intake: Any) -> dict[str, str]:
    return {
        "name_ko": intake.title_ko or intake.title_en,
        "name_en": intake.title_en or intake.title_ko,
    }
