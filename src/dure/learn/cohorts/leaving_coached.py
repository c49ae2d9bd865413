"""What a person takes along of coaching, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from dure.foundation import events
from dure.learn.cohorts.access_projects import own_teams
from dure.learn.models import CoachMessage, EntranceSitting, FollowUp, ProjectTeam
from dure.people import api as people

OF_QUESTION: Final = ("months", "asked_at", "answer", "answered_at")
OF_SITTING: Final = ("items", "answers", "percent", "started_at", "ended_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("coaching", _coaching)
    events.subscribe(people.AccountDeleted, forget)


def _coaching(person: Any) -> Any:
    """The threads of one's own places, with what coaches answered, and what one wrote as a coach."""
    mine = CoachMessage.objects.filter(Q(place__person=person) | Q(author=person)).order_by("id")
    rows = mine.select_related("place__cohort", "author", "attempt")
    asked = FollowUp.objects.filter(place__person=person).order_by("id")
    sat = EntranceSitting.objects.filter(place__person=person).order_by("id")
    return {
        "messages": [_message(one, person) for one in rows],
        "entrance_tests": list(sat.values("place__cohort__uid", *OF_SITTING)),
        "afterwards": list(asked.values("place__cohort__uid", *OF_QUESTION)),
        "projects": [_team(one) for one in own_teams(person).select_related("project").order_by("id")],
    }


def _team(team: ProjectTeam) -> dict[str, Any]:
    """What the team of the person wrote together."""
    return {
        "project": team.project.uid,
        "team": team.name,
        "report": team.report,
        "handed_in_at": team.handed_in_at,
    }


def _message(message: CoachMessage, person: Any) -> dict[str, Any]:
    return {
        "cohort": message.place.cohort.uid,
        "unit": message.unit,
        "mine": message.author_id == person.pk,
        "body": message.body,
        "attempt": message.attempt.uid if message.attempt else None,
        "created_at": message.created_at,
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """What the person wrote is emptied; what others wrote stays. So do counts of answers: one less would tell of one."""
    CoachMessage.objects.filter(author_id=event.person).update(body="", attempt=None)
    EntranceSitting.objects.filter(place__person_id=event.person).update(answers={})
