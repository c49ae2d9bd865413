"""What people are told about ethics."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics import visibility
from dure.foundation import notices
from dure.people import api as people

ETHICS: Final = notices.Group(44, _("Ethics"))
_kind = notices.kinds_under("alliance", ETHICS)

SUBMITTED: Final = _kind(
    "ethics_submitted",
    _("An ethics assessment waits for the board"),
    _("Read it and give your opinion: “%(name)s”."),
)
DEMANDED: Final = _kind(
    "ethics_demanded",
    _("The secretariat asks me for an ethics assessment"),
    _("Before it goes public, an ethics assessment is asked for: “%(name)s”."),
)
RETURNED: Final = _kind(
    "ethics_returned",
    _("The board asks for more about my assessment"),
    _("The ethics board asks for more: “%(name)s”. What it asks stands there."),
)
APPROVED: Final = _kind(
    "ethics_approved",
    _("My ethics assessment is approved"),
    _("The ethics board approves: “%(name)s”. Its conditions, if any, stand there."),
)
REFUSED: Final = _kind(
    "ethics_refused",
    _("My ethics assessment is refused"),
    _("The ethics board refuses: “%(name)s”. The reason stands there."),
)
REVISIT: Final = _kind(
    "ethics_revisit",
    _("An approval must be looked at again"),
    _("The approval of the ethics board holds no more until it is looked at again: “%(name)s”."),
)
INCIDENT: Final = _kind(
    "ethics_incident",
    _("Somebody reports an incident"),
    _("An incident is reported: “%(name)s”. Examine it."),
)
EXAMINED: Final = _kind(
    "ethics_incident_examined",
    _("An incident of ours or reported by me is examined"),
    _("An incident is being examined: “%(name)s”."),
)
CLOSED: Final = _kind(
    "ethics_incident_closed",
    _("An incident of ours or reported by me is closed"),
    _("An incident is closed: “%(name)s”. What came of it stands there."),
)


def tell_board(kind: str, assessment: Any) -> None:
    """Members of the board who have no interest in it."""
    _tell(_board(assessment, assessment.author_id), kind, assessment, f"/ethics/assessments/{assessment.uid}")


def tell_side(kind: str, assessment: Any) -> None:
    """Whoever wrote it, and representatives of the organisation."""
    whom = _side(assessment, assessment.author_id)
    _tell(whom, kind, assessment, f"/ethics/assessments/{assessment.uid}")


def tell_reported(incident: Any) -> None:
    """The board without interest, and the secretariat."""
    whom = [*_board(incident, incident.reporter_id), *people.secretaries()]
    _tell(whom, INCIDENT, incident, f"/ethics/incidents/{incident.uid}")


def tell_examined(incident: Any) -> None:
    _tell(_side(incident, incident.reporter_id), EXAMINED, incident, f"/ethics/incidents/{incident.uid}")


def tell_closed(incident: Any) -> None:
    _tell(_side(incident, incident.reporter_id), CLOSED, incident, f"/ethics/incidents/{incident.uid}")


def _board(obj: Any, apart: Any) -> "Iterable[people.Person]":
    from dure.alliance.models import EthicsMember  # noqa: PLC0415 - the models name the tables that name this module

    seats = EthicsMember.objects.filter(visibility.sits_q()).exclude(person_id=apart)
    sitting = people.Person.objects.filter(is_active=True, pk__in=seats.values("person_id"))
    this = type(obj).objects.filter(pk=obj.pk)
    return [one for one in sitting.order_by("pk") if this.filter(visibility.elsewhere_q(one)).exists()]


def _side(obj: Any, person: Any) -> "Iterable[people.Person]":
    speaking = people.Membership.objects.current().filter(
        organisation_id=obj.organisation_id, role=people.Membership.Role.REPRESENTATIVE
    )
    found = people.Person.objects.filter(is_active=True)
    return found.filter(pk__in=speaking.values("person_id")) | found.filter(pk=person)


def _tell(whom: "Iterable[people.Person]", kind: str, obj: Any, url: str) -> None:
    params = {"name_ko": obj.title_ko or obj.title_en, "name_en": obj.title_en or obj.title_ko}
    notices.notify(whom, kind, url=url, params=params)
