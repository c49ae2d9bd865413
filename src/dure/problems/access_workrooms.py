"""How pages, routes and tasks get a workroom or a part of one, by who asks. For everybody but its parties it does not exist."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from dure.foundation.access import Hidden, demand
from dure.problems import rules_workrooms
from dure.problems.models import Workroom, WorkroomFile

M = TypeVar("M", bound=Model)


def access_room(person: Any, uid: UUID | str) -> Workroom:
    rooms = Workroom.objects.visible_to(person).select_related(
        "problem__organisation", "problem__owner", "problem__curator", "team", "circle"
    )
    room = rooms.filter(uid=uid).first()
    if room is None:
        raise Hidden(uid)
    return room


def access_part(person: Any, model: type[M], uid: UUID | str) -> M:
    """A milestone, deliverable, defect or decision of a room this person sees."""
    rooms = Workroom.objects.visible_to(person).order_by().values("pk")
    rows = model._default_manager.filter(workroom__in=rooms)  # noqa: SLF001 - Django's documented name
    part = (
        rows.select_related("workroom__problem__organisation", "workroom__problem__owner")
        .filter(uid=uid)
        .first()
    )
    if part is None:
        raise Hidden(uid)
    return part


def access_file(person: Any, uid: UUID | str) -> WorkroomFile:
    """A file of a room this person sees; a solver who has not accepted the terms is told so."""
    file = access_part(person, WorkroomFile, uid)
    demand(rules_workrooms.may_read_files(person, file.workroom))
    return file
