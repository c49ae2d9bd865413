"""Planning a roundtable, and what is written on it: its words, its agenda and what there is to read."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from dure.alliance.models import AgendaItem, Roundtable, RoundtableMaterial, Topic
from dure.alliance.roundtables import rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, workflow
from dure.foundation.access import demand
from dure.people import api as people

WORDS: Final = ("title_ko", "title_en", "about_ko", "about_en", "reach")
WHEN: Final = ("starts_at", "ends_at", "place", "link")
LONGEST: Final = timedelta(days=1)
FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)
MOST: Final = 60
"""Points, materials and tasks of one roundtable, each."""


@transaction.atomic
def plan(*, by: people.Person, given: Mapping[str, Any]) -> Roundtable:
    """A roundtable of which only the secretariat knows yet. Raises Denied, Faulty with all that is wrong."""
    demand(rules.leads(by, None))
    check(given)
    made = Roundtable.objects.create(made_by=by, **{name: given[name] for name in (*WORDS, *WHEN)})
    audit.write(by=by, action="roundtable.plan", obj=made)
    return made


@transaction.atomic
def edit(roundtable: Roundtable, *, by: people.Person, given: Mapping[str, Any]) -> Roundtable:
    """Its words, time and place; guests hear of another time or place. Raises Denied, Faulty."""
    locked = lock(roundtable, by)
    check(given)
    has_moved = any(getattr(locked, name) != given[name] for name in WHEN)
    changed = [name for name in (*WORDS, *WHEN) if getattr(locked, name) != given[name]]
    for name in changed:
        setattr(locked, name, given[name])
    locked.revision += has_moved
    locked.changed_at = clock.now()
    locked.save(update_fields=[*changed, "revision", "changed_at"])
    audit.write(by=by, action="roundtable.edit", obj=locked, detail={"fields": changed})
    if has_moved and locked.state == "announced":
        telling.tell_guests(telling.CHANGED, locked)
    return locked


def lock(roundtable: Roundtable, by: people.Person) -> Roundtable:
    """The row, locked, for who still writes on it. Raises Denied."""
    locked = Roundtable.objects.select_for_update(of=("self",)).get(pk=roundtable.pk)
    demand(rules.may_edit(by, locked))
    return locked


def check(given: Mapping[str, Any]) -> None:
    """Raises Faulty with all that is wrong."""
    faults = []
    if not (given["title_ko"].strip() or given["title_en"].strip()):
        faults.append(Fault("roundtable_no_title", place="title_ko"))
    if not FIRST <= given["starts_at"] < LAST:
        faults.append(Fault("roundtable_day", place="starts_at"))
    if not timedelta(0) < given["ends_at"] - given["starts_at"] <= LONGEST:
        faults.append(Fault("roundtable_ends_first", place="ends_at"))
    if given["link"] and not is_link(given["link"]):
        faults.append(Fault("roundtable_link", place="link"))
    if given["reach"] not in Topic.Reach.values:
        faults.append(Fault("topic_reach_unknown", {"value": given["reach"]}, place="reach"))
    if faults:
        raise Faulty(faults)


def is_link(link: str) -> bool:
    """An address here, or one elsewhere that is encrypted."""
    here = link.startswith("/") and not link.startswith(("//", "/\\"))
    return here or link.startswith("https://")


@transaction.atomic
def add_item(roundtable: Roundtable, *, by: people.Person, given: Mapping[str, Any]) -> AgendaItem:
    """A point of its own words. Raises Denied, Faulty."""
    locked = lock(roundtable, by)
    faults = []
    if not (given["title_ko"].strip() or given["title_en"].strip()):
        faults.append(Fault("roundtable_item_empty", place="title_ko"))
    faults += minutes_faults(given["minutes"]) + room_faults(locked.items, "title_ko")
    if faults:
        raise Faulty(faults)
    made = put(locked, **{name: given[name] for name in ("title_ko", "title_en", "minutes")})
    audit.write(by=by, action="roundtable.item", obj=locked, detail={"title": made.title})
    return made


def minutes_faults(minutes: Any) -> list[Fault]:
    fits = isinstance(minutes, int) and 1 <= minutes <= 600
    return [] if fits else [Fault("roundtable_item_minutes", place="minutes")]


def room_faults(rows: Any, place: str) -> list[Fault]:
    return [Fault("roundtable_full", {"limit": MOST}, place=place)] if rows.count() >= MOST else []


def put(roundtable: Roundtable, **said: Any) -> AgendaItem:
    """A point at the end of the agenda. What may stand there is asked before."""
    last = roundtable.items.aggregate(last=Max("position"))["last"]
    return roundtable.items.create(position=0 if last is None else last + 1, **said)


@transaction.atomic
def move_item(roundtable: Roundtable, item: AgendaItem, *, by: people.Person, up: bool) -> None:
    """One place up or down; at the end of the list nothing happens. Raises Denied."""
    locked = lock(roundtable, by)
    order = list(locked.items.order_by("position", "pk"))
    at = next(number for number, one in enumerate(order) if one.pk == item.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for number, one in enumerate(order):
        one.position = number
    AgendaItem.objects.bulk_update(order, ["position"])
    audit.write(by=by, action="roundtable.order", obj=locked)


@transaction.atomic
def drop_item(roundtable: Roundtable, item: AgendaItem, *, by: people.Person) -> None:
    """Take a point off the agenda; a topic that waited for it is proposed again. Raises Denied."""
    locked = lock(roundtable, by)
    if item.topic is not None and item.topic.state == "scheduled":
        workflow.perform(item.topic, "unschedule", by=by)
    else:
        item.delete()
    audit.write(by=by, action="roundtable.item_dropped", obj=locked, detail={"title": item.title})


@transaction.atomic
def add_material(
    roundtable: Roundtable, *, by: people.Person, given: Mapping[str, Any]
) -> RoundtableMaterial:
    """Something to read before. Raises Denied, Faulty."""
    locked = lock(roundtable, by)
    faults = [] if is_link(given["link"]) else [Fault("roundtable_link", place="link")]
    faults += room_faults(locked.materials, "title")
    if faults:
        raise Faulty(faults)
    made = locked.materials.create(added_by=by, title=given["title"].strip(), link=given["link"])
    audit.write(by=by, action="roundtable.material", obj=locked, detail={"link": made.link})
    return made


@transaction.atomic
def drop_material(roundtable: Roundtable, material: RoundtableMaterial, *, by: people.Person) -> None:
    """It is not to be read any more. Raises Denied."""
    locked = lock(roundtable, by)
    audit.write(by=by, action="roundtable.material_dropped", obj=locked, detail={"link": material.link})
    material.delete()
