"""What people are told about projects."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

PROJECTS: Final = notices.Group(41, _("Research projects"))
_kind = notices.kinds_under("alliance", PROJECTS)

STARTED: Final = _kind("project_started", _("A research project of mine starts"), _("It starts: “%(name)s”."))
PAUSED: Final = _kind(
    "project_paused", _("A research project of mine is paused"), _("It is paused: “%(name)s”.")
)
RESUMED: Final = _kind(
    "project_resumed", _("A research project of mine goes on"), _("It goes on after a pause: “%(name)s”.")
)
RENEWAL_DUE: Final = _kind(
    "project_renewal_due",
    _("The yearly renewal of a project that I lead is asked for"),
    _("Write the report of the year and the plan of the next one by %(due)s: “%(name)s”."),
)
RENEWAL_REMINDER: Final = _kind(
    "project_renewal_reminder",
    _("The day of a renewal comes near"),
    _("The renewal is due on %(due)s: “%(name)s”."),
)
RENEWAL_OVERDUE: Final = _kind(
    "project_renewal_overdue",
    _("A project of my organisation has not submitted its renewal"),
    _("The renewal was due on %(due)s and has not come: “%(name)s”. After thirty days the project closes."),
)
RENEWAL_LAPSED: Final = _kind(
    "project_renewal_lapsed",
    _("A renewal has lapsed"),
    _("The renewal has lapsed, and the project closes: “%(name)s”."),
)
RENEWAL_SUBMITTED: Final = _kind(
    "project_renewal_submitted",
    _("A renewal waits for a decision"),
    _("A renewal was submitted: “%(name)s”."),
)
RENEWAL_RETURNED: Final = _kind(
    "project_renewal_returned",
    _("A renewal of mine is returned"),
    _("The renewal is returned to you: “%(name)s”. The reason stands there."),
)
RENEWED: Final = _kind(
    "project_renewed",
    _("A research project of mine is renewed"),
    _("It is renewed for a year: “%(name)s”. The reason and any conditions stand there."),
)
NOT_RENEWED: Final = _kind(
    "project_not_renewed",
    _("A research project of mine is not renewed"),
    _("It is not renewed and closes: “%(name)s”. The reason stands there."),
)
CLOSING: Final = _kind(
    "project_closing",
    _("A lead closes a research project"),
    _("Its lead closes it: “%(name)s”. The final report is missing."),
)
COMPLETED: Final = _kind(
    "project_completed", _("A research project of mine is completed"), _("It is completed: “%(name)s”.")
)
STOPPED: Final = _kind(
    "project_stopped",
    _("A research project of mine is stopped"),
    _("It is stopped: “%(name)s”. The reason stands there."),
)
CHANGE_ASKED: Final = _kind(
    "project_change_asked",
    _("A lead asks for a change of a research project"),
    _("A change is asked for: “%(name)s”."),
)
CHANGE_ANSWERED: Final = _kind(
    "project_change_answered",
    _("A change that I asked for is decided"),
    _("The change that you asked for is decided: “%(name)s”."),
)
MILESTONE_HANDED_IN: Final = _kind(
    "project_milestone_handed_in",
    _("A milestone of a research project is handed in"),
    _("A milestone waits to be accepted: “%(name)s”."),
)
MILESTONE_ACCEPTED: Final = _kind(
    "project_milestone_accepted",
    _("A milestone of mine is accepted"),
    _("A milestone is accepted: “%(name)s”."),
)
MILESTONE_RETURNED: Final = _kind(
    "project_milestone_returned",
    _("A milestone of mine is returned"),
    _("A milestone is returned: “%(name)s”. The reason stands there."),
)
MILESTONE_LATE: Final = _kind(
    "project_milestone_late",
    _("A milestone of mine is late"),
    _("The day of a milestone has passed: “%(name)s”."),
)
MILESTONE_MOVED: Final = _kind(
    "project_milestone_moved",
    _("A late milestone of mine gets another day"),
    _("A late milestone has another day: “%(name)s”."),
)
RISK: Final = _kind(
    "project_risk", _("A high risk of a research project is raised"), _("A high risk is raised: “%(name)s”.")
)


def tell_lead(kind: str, project: Any) -> None:
    _tell(people.Person.objects.filter(is_active=True, pk=project.lead_id), kind, project)


def tell_secretariat(kind: str, project: Any) -> None:
    _tell(people.secretaries(), kind, project)


def tell_all(kind: str, project: Any) -> None:
    """Its lead, who works on it, who speaks for its partners, and the secretariat."""
    speaking = people.Membership.objects.current().filter(
        organisation__in=project.partners.values("organisation_id"),
        role=people.Membership.Role.REPRESENTATIVE,
    )
    working = project.members.filter(until=None).values("person_id")
    near = Q(pk=project.lead_id) | Q(pk__in=working) | Q(pk__in=speaking.values("person_id"))
    _tell([*people.Person.objects.filter(near, is_active=True), *people.secretaries()], kind, project)


def _tell(whom: "Iterable[people.Person]", kind: str, project: Any) -> None:
    renewal = project.renewal
    params = {
        "name_ko": project.title_ko or project.title_en,
        "name_en": project.title_en or project.title_ko,
        "due": renewal.due_on.isoformat() if renewal else "–",
    }
    notices.notify(whom, kind, url=f"/projects/{project.uid}", params=params)
