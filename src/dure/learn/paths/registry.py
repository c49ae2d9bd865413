"""What paths bring to the floors below: what teaches a skill, one's own answers in the export, and their end with the account."""

from collections.abc import Mapping
from typing import Any, Final

from dure.foundation import events
from dure.learn.paths import practising, teaching
from dure.people import api as people

MOST: Final = 12


def courses_panel(reader: Any, skill: Any) -> Mapping[str, Any] | None:
    """The open courses that teach a skill, for who may see them: one query."""
    found = teaching.courses_that_teach(skill.slug, reader=reader)[:MOST]
    return {"rows": found} if found else None


def register() -> None:
    """Called once when the app is ready."""
    people.register_panel("skill", "learn/panels/courses.html", courses_panel, order=20)
    people.register_export("practice", practising.exported)
    events.subscribe(people.AccountDeleted, practising.forget_gone)
