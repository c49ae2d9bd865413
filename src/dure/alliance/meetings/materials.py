"""What stays of an event: links, and files that are never served as a page of ours."""

from collections.abc import Mapping
from typing import IO, Any, Final

from django.db import transaction

from dure.alliance.meetings import rules
from dure.alliance.models import Meeting, MeetingMaterial
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, files
from dure.foundation.access import demand
from dure.people import api as people

MOST_BYTES: Final = 100 * 1024 * 1024
MOST: Final = 100


def add(
    meeting: Meeting,
    *,
    by: people.Person,
    given: Mapping[str, Any],
    stream: IO[bytes] | None = None,
    filename: str = "",
) -> MeetingMaterial:
    """A file, or a link. Raises Denied, Faulty."""
    demand(rules.runs(by, meeting))
    link = given.get("link", "").strip()
    if bool(link) == (stream is not None):
        raise Faulty([Fault("meeting_material_one", place="link")])
    if link and not link.startswith("https://"):
        raise Faulty([Fault("meeting_link", place="link")])
    if meeting.materials.count() >= MOST:
        raise Faulty([Fault("meeting_materials_many", {"limit": MOST})])
    blob = _kept(stream) if stream is not None else None
    said = {name: given[name] for name in ("kind", "title", "reach")}
    return _written(meeting, by, {**said, "link": link, "blob": blob, "filename": filename[-200:]})


def _kept(stream: IO[bytes]) -> Any:
    try:
        return files.put(stream, limit=MOST_BYTES)
    except files.TooLarge as large:
        raise Faulty([Fault("meeting_material_large", {"limit": MOST_BYTES}, place="file")]) from large


@transaction.atomic
def _written(meeting: Meeting, by: people.Person, said: Mapping[str, Any]) -> MeetingMaterial:
    made: MeetingMaterial = meeting.materials.create(added_by=by, **said)
    audit.write(by=by, action="meeting.material_added", obj=meeting, detail={"material": made.uid})
    return made


@transaction.atomic
def remove(material: MeetingMaterial, *, by: people.Person) -> None:
    """Raises Denied."""
    demand(rules.runs(by, material.meeting))
    audit.write(
        by=by, action="meeting.material_removed", obj=material.meeting, detail={"material": material.uid}
    )
    material.delete()
