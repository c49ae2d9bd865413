"""Making an event and changing what it says of itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from dure.alliance.meetings import rules, seating, telling
from dure.alliance.models import Meeting
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, Audience, Role, demand, has_role
from dure.people import api as people

FIELDS: Final = (
    "kind",
    "title_ko",
    "title_en",
    "text_ko",
    "text_en",
    "host",
    "starts_at",
    "ends_at",
    "place_ko",
    "place_en",
    "link",
    "seats",
    "opens_at",
    "closes_at",
    "audience",
    "circle",
)
OF_THE_DESK: Final = ("host", "audience", "circle", "organisers")
"""What the secretariat alone changes: before whom, and who else runs it."""
TOLD: Final = ("starts_at", "ends_at", "place_ko", "place_en", "link")
"""A change of these is told to who comes."""
MOST_SEATS: Final = 100_000
MOST_DAYS: Final = 31
YEARS: Final = range(2000, 2101)


@transaction.atomic
def make(*, by: people.Person, given: Mapping[str, Any]) -> Meeting:
    """A draft. Raises Denied, Faulty with all that is wrong."""
    demand(rules.may_make(by))
    organisers = _checked(given)
    made = Meeting.objects.create(**_said(given))
    made.organisers.set(organisers)
    audit.write(by=by, action="meeting.made", obj=made)
    return made


@transaction.atomic
def change(meeting: Meeting, *, by: people.Person, given: Mapping[str, Any]) -> Meeting:
    """Change it until it was held; its programme moves with it.

    Who comes hears of another time or place, and more seats are given at once. Raises Denied, Faulty with all that is wrong.
    """
    held = seating.locked(meeting.pk)
    demand(rules.may_edit(by, held))
    before = {name: getattr(held, name) for name in FIELDS}
    said = dict(given) if has_role(by, Role.SECRETARIAT) else {**given, **_of_the_desk(held)}
    organisers = _checked(said, *_programme_faults(held, said))
    for name, value in _said(said).items():
        setattr(held, name, value)
    held.revision, held.changed_at = held.revision + 1, clock.now()
    if held.starts_at != before["starts_at"]:
        held.reminded_at = None
        _move_programme(held, held.starts_at - before["starts_at"])
    held.save()
    held.organisers.set(organisers)
    changed = [name for name in FIELDS if getattr(held, name) != before[name]]
    audit.write(by=by, action="meeting.changed", obj=held, detail={"fields": changed})
    seating.fill(held.pk)
    if held.state != "draft" and set(changed) & set(TOLD):
        telling.tell_moved(held, but=by)
    return held


def _move_programme(meeting: Meeting, by: timedelta) -> None:
    meeting.sessions.update(starts_at=F("starts_at") + by, ends_at=F("ends_at") + by)


def _programme_faults(meeting: Meeting, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Where it becomes too short for its programme, which begins with it as before."""
    last = meeting.sessions.order_by("-ends_at").first()
    if last is not None and last.ends_at - meeting.starts_at > given["ends_at"] - given["starts_at"]:
        yield Fault("meeting_programme_longer", {"part": str(last)}, place="ends_at")


def _of_the_desk(meeting: Meeting) -> dict[str, Any]:
    return {
        "host": meeting.host,
        "audience": meeting.audience,
        "circle": meeting.circle,
        "organisers": addresses(meeting),
    }


def addresses(meeting: Meeting) -> str:
    """The mail addresses of its organisers, one a line."""
    known = meeting.organisers.filter(is_active=True, email__isnull=False)
    return "\n".join(str(one) for one in known.order_by("email").values_list("email", flat=True))


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: given[name] for name in FIELDS if name in given}
    return said | {"circle": given.get("circle") if given["audience"] == Audience.CIRCLE else None}


def _checked(given: Mapping[str, Any], *more: Fault) -> list[people.Person]:
    """Its organisers. Raises Faulty with all that is wrong."""
    organisers, unknown = _people(given.get("organisers", ""))
    faults = [*_faults(given), *more, *unknown]
    if faults:
        raise Faulty(faults)
    return organisers


def _faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _word_faults(given)
    yield from _time_faults(given)
    seats = given.get("seats")
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        yield Fault("meeting_seats", {"limit": MOST_SEATS}, place="seats")
    circle = given.get("circle")
    if given["audience"] == Audience.CIRCLE and (circle is None or circle.closed_at):
        yield Fault("meeting_no_circle", place="circle")


def _word_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("title", "text"):
        if not (given.get(f"{name}_ko", "").strip() or given.get(f"{name}_en", "").strip()):
            yield Fault("meeting_in_no_language", place=f"{name}_ko")
    link = given.get("link", "")
    if not (given.get("place_ko") or given.get("place_en") or link):
        yield Fault("meeting_nowhere", place="place_ko")
    if link and not link.startswith("https://"):
        yield Fault("meeting_link", place="link")


def _time_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    starts, ends = given["starts_at"], given["ends_at"]
    for name in ("starts_at", "opens_at"):
        if given[name].year not in YEARS:
            yield Fault("meeting_year", place=name)
    if ends <= starts or (ends - starts).days >= MOST_DAYS:
        yield Fault("meeting_times", {"limit": MOST_DAYS}, place="ends_at")
    if given["closes_at"] <= given["opens_at"]:
        yield Fault("meeting_window", place="closes_at")
    elif given["closes_at"] > ends:
        yield Fault("meeting_window_late", place="closes_at")


def _people(text: str) -> tuple[list[people.Person], list[Fault]]:
    """Accounts by mail address, and a fault for each address that nobody here has."""
    asked = list(dict.fromkeys(line.strip().lower() for line in text.splitlines() if line.strip()))
    found = {str(one.email).lower(): one for one in _accounts(asked)}
    missing = [
        Fault("meeting_organiser_unknown", {"value": one}, place="organisers")
        for one in asked
        if one not in found
    ]
    return list(found.values()), missing


def _accounts(addresses: Iterable[str]) -> Iterable[people.Person]:
    return people.Person.objects.filter(email__in=list(addresses), is_active=True).order_by("pk")


def act(row: Any, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Any:
    """Any move of an event. Raises Denied, Hidden."""
    return workflow.perform(row, action, by=by, data=data)
