"""Where the handover of a finished challenge stands, for one person: two queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from dure.foundation.access import Decision
from dure.problems import rules_handover
from dure.problems.models import Award, Challenge, Workroom


@dataclass(frozen=True, slots=True)
class Place:
    """A winning team, and its workroom where it has one that this person may look into."""

    award: Award
    room: Workroom | None


@dataclass(frozen=True, slots=True)
class Handover:
    """`may_open` says whether this person can open rooms now; `waiting` winning teams have none yet."""

    may_open: Decision
    places: list[Place]
    waiting: int

    @property
    def offers(self) -> bool:
        """Whether the next step is to open a room, and this person can."""
        return bool(self.may_open) and self.waiting > 0

    @property
    def rooms(self) -> list[Workroom]:
        return [place.room for place in self.places if place.room]


def handover_of(person: Any, challenge: Challenge) -> Handover | None:
    """None before the result is declared."""
    if challenge.state != "finished":
        return None
    won = list(challenge.awards.filter(state="accepted").select_related("team"))
    rooms = _rooms(person, challenge, [award.team_id for award in won])
    places = [Place(award, _if_seen(rooms.get(award.team_id))) for award in won]
    waiting = sum(award.team_id not in rooms for award in won)
    return Handover(rules_handover.may_open_rooms(person, challenge), places, waiting)


def _rooms(person: Any, challenge: Challenge, teams: list[int]) -> dict[int | None, Workroom]:
    """The newest room of each team, with `seen` saying whether this person may look into it."""
    if not teams:
        return {}
    seen = Workroom.objects.visible_to(person).filter(pk=OuterRef("pk"))
    rows = challenge.problem.workrooms.filter(team__in=teams).annotate(seen=Exists(seen)).order_by("id")
    return {room.team_id: room for room in rows}


def _if_seen(room: Any) -> Workroom | None:
    return room if room is not None and room.seen else None
