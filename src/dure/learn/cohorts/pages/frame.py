"""What is around every page of a cohort: its head, its state and its tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Role, has_role
from dure.foundation.pages import person_of
from dure.learn.cohorts import access, rules
from dure.learn.cohorts.places import has_test
from dure.learn.models import Cohort


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a cohort: its key, its address by name, and who has it.

    `all`, `inside` (a place, or leading), `lead`, or `read`: whoever leads, and the auditor.
    """

    key: str
    url_name: str
    label: str | Promise
    who: str = "all"


TABS: tuple[Tab, ...] = (
    Tab("overview", "learn:cohort", _("Overview")),
    Tab("sessions", "learn:sessions", _("Sessions")),
    Tab("news", "learn:cohort_news", _("News"), "inside"),
    Tab("attendance", "learn:attendance", _("Attendance"), "inside"),
    Tab("people", "learn:cohort_people", _("People"), "read"),
    Tab("seats", "learn:cohort_seats", _("Seats"), "read"),
    Tab("plan", "learn:cohort_plan", _("Plan")),
    Tab("questions", "learn:coach_questions", _("Questions"), "inside"),
    Tab("projects", "learn:cohort_projects", _("Projects"), "inside"),
    Tab("entrance", "learn:cohort_entrance", _("Entrance test"), "lead"),
    Tab("afterwards", "learn:cohort_afterwards", _("Afterwards"), "lead"),
)

_SHOWN: dict[str, Callable[["Frame"], bool]] = {
    "all": lambda _frame: True,
    "inside": lambda frame: frame["leads"] or frame["inside"],
    "lead": lambda frame: bool(frame["leads"]),
    "read": lambda frame: bool(frame["reads"]),
}
Frame = dict[str, Any]


def frame(request: HttpRequest, cohort: Cohort, tab: str) -> Frame:
    """The context of the frame: the reader's own place, whether they lead or read the roster, and their tabs. Two queries."""
    person = person_of(request)
    place = access.place_of(person, cohort)
    leads = bool(rules.leads(person, cohort))
    made: Frame = {
        "cohort": cohort,
        "course": cohort.course,
        "place": place,
        "leads": leads,
        "reads": leads or has_role(person, Role.AUDITOR),
        "inside": rules.takes_part(place),
        "sits_test": place is not None and place.state == "applied" and has_test(cohort),
        "tab": tab,
    }
    return made | {"tabs": [one for one in TABS if _SHOWN[one.who](made)]}
