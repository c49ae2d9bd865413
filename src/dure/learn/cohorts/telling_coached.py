"""What people of a cohort are told about dates, questions to coaches, team projects, the entrance test, and afterwards."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.access import SYSTEM
from dure.foundation.addresses import address
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.credentials.telling import CREDENTIALS
from dure.learn.models import CoachMessage, Cohort, Place, Project, ProjectTeam
from dure.people import api as people

_kind: Final = notices.kinds_under("learn", CREDENTIALS)
DATES: Final = _kind(
    "cohort_dates",
    _("Dates of a cohort of mine change"),
    _("“%(name)s”: the dates by which units are due were set or changed."),
)
EXTENDED: Final = _kind(
    "cohort_extended",
    _("I have more days in a cohort"),
    _("“%(name)s”: your dates are moved by %(days)s days."),
)

ASKED: Final = _kind(
    "coach_asked",
    _("A learner of a cohort that I coach asks"),
    _("“%(name)s”: %(by)s asks a question."),
)
ANSWERED: Final = _kind(
    "coach_answered",
    _("A coach answers me"),
    _("“%(name)s”: %(by)s wrote to you."),
)

PROJECT: Final = _kind(
    "project_made",
    _("A cohort of mine has a team project"),
    _("“%(name)s” has a team project: %(project)s"),
)
IN_TEAM: Final = _kind(
    "project_team",
    _("I am in a project team"),
    _("“%(name)s”: you are in %(team)s of “%(project)s”."),
)
HANDED_IN: Final = _kind(
    "project_handed_in",
    _("A project team of a cohort that I coach hands in"),
    _("“%(name)s”: %(team)s handed in “%(project)s”."),
)

SAT: Final = _kind(
    "entrance_sat",
    _("An applicant of a cohort that I coach has sat the entrance test"),
    _("“%(name)s”: %(by)s has sat the entrance test. Decide on the application."),
)

FOLLOW_UP: Final = _kind(
    "follow_up",
    _("Some months after a cohort, I am asked where I am"),
    _("“%(name)s” ended %(months)s months ago. One question: where are you now?"),
)


def tell_dates(cohort: Cohort, *, by: Any) -> None:
    """Everybody with a place."""
    _tell(learners(cohort), DATES, cohort, address("learn:cohort_plan", cohort.uid), by=by)


def tell_extended(place: Place, *, by: Any) -> None:
    url = address("learn:cohort_plan", place.cohort.uid)
    _tell([place.person], EXTENDED, place.cohort, url, by=by, days=place.extension_days)


def tell_message(message: CoachMessage) -> None:
    """The coaches of what the learner wrote, the learner of what anybody else did."""
    place, author = message.place, message.author
    uids = (place.cohort.uid, place.uid)
    unit = message.unit
    url = address("learn:coach_thread_unit", *uids, unit) if unit else address("learn:coach_thread", *uids)
    words = (
        {"by_ko": author.name_ko or author.name_en, "by_en": author.name_en or author.name_ko}
        if author
        else {}
    )
    if message.author_id == place.person_id:
        _tell(coaches(place.cohort), ASKED, place.cohort, url, by=author, **words)
    else:
        _tell([place.person], ANSWERED, place.cohort, url, by=author, **words)


def tell_project(project: Project, *, by: Any) -> None:
    """Everybody with a place."""
    cohort = project.cohort
    url = address("learn:cohort_project", cohort.uid, project.uid)
    _tell(learners(cohort), PROJECT, cohort, url, by=by, **_project(project))


def tell_in_team(team: ProjectTeam, *, by: Any, known: Collection[int] = ()) -> None:
    """Its members, but for the places that were in it already."""
    fresh = [place.person for place in team.members.select_related("person") if place.pk not in known]
    _tell(
        fresh, IN_TEAM, team.project.cohort, _team_url(team), by=by, team=team.name, **_project(team.project)
    )


def tell_handed_in(team: ProjectTeam, *, by: Any) -> None:
    cohort = team.project.cohort
    words = {"team": team.name, **_project(team.project)}
    _tell(coaches(cohort), HANDED_IN, cohort, _team_url(team), by=by, **words)


def _team_url(team: ProjectTeam) -> str:
    return address("learn:project_team", team.project.cohort.uid, team.project.uid, team.uid)


def _project(project: Project) -> dict[str, str]:
    return {"project_ko": project.name_ko, "project_en": project.name_en}


def tell_sat(place: Place) -> None:
    """The coaches: somebody has to decide."""
    cohort, person = place.cohort, place.person
    words = {"by_ko": person.name_ko or person.name_en, "by_en": person.name_en or person.name_ko}
    _tell(coaches(cohort), SAT, cohort, address("learn:cohort_entrance", cohort.uid), by=person, **words)


def tell_follow_up(cohort: Cohort, months: int, who: Iterable[people.Person]) -> None:
    url = address("learn:cohort_afterwards_mine", cohort.uid, months)
    _tell(who, FOLLOW_UP, cohort, url, by=SYSTEM, months=months)


def learners(cohort: Cohort) -> Iterable[people.Person]:
    """Whoever has a place now."""
    placed = cohort.places.filter(state__in=WITH_PLACE).values("person_id")
    return people.Person.objects.filter(pk__in=placed)


def coaches(cohort: Cohort) -> Iterable[people.Person]:
    """Its coaches; where it has none, whoever writes the course."""
    return cohort.coaches.all() or cohort.course.authors.all()


def _tell(
    who: Iterable[people.Person], kind: str, cohort: Cohort, url: str, *, by: Any, **words: Any
) -> None:
    told = [person for person in who if person.pk != by.pk]
    names = {"name_ko": cohort.name_ko, "name_en": cohort.name_en}
    notices.notify(told, kind, url=url, params={**names, **words})
