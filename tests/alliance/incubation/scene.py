"""The incubation's part of the scene in which every transition is walked."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import IncubationBatch, StartupCase
from dure.foundation import clock

DESK = {"secretariat"}
NOBODY: set[str] = set()
FOUNDER = {"owner"}
MENTOR = {"owner"}
"""The founder mentors the own startup here."""
TENDS = DESK | MENTOR
EXPECTED: dict[str, set[str]] = {
    "incubation_batch.open": DESK,
    "incubation_batch.extend": DESK,
    "incubation_batch.close": NOBODY,
    "incubation_batch.begin": DESK,
    "incubation_batch.end": DESK,
    "incubation_batch.cancel": DESK,
    "startup_case.select": DESK,
    "startup_case.reject": DESK,
    "startup_case.take_back": DESK,
    "startup_case.withdraw": FOUNDER,
    "startup_case.admit": DESK,
    "startup_case.demo": DESK,
    "startup_case.extend": DESK,
    "startup_case.graduate": DESK,
    "startup_case.exit": DESK,
    "startup_case.batch_cancelled": NOBODY,
    **{f"startup_introduction.{name}": TENDS for name in ("accept", "meet", "try", "sign", "nothing")},
    "startup_checkpoint.log": MENTOR,
    "startup_checkpoint.remind": NOBODY,
    "startup_checkpoint.overdue": NOBODY,
    "startup_checkpoint.drop": NOBODY,
}


def parts(founder: Any) -> dict[str, Any]:
    """A batch without call or jury, an application nobody has judged, a month far ahead: every guard has something to miss."""
    today = clock.today()
    batch = IncubationBatch.objects.create(
        title_en="Walk",
        apply_until=today + timedelta(days=10),
        starts_on=today + timedelta(days=20),
        demo_on=today + timedelta(days=100),
        ends_on=today + timedelta(days=110),
        seats=1,
    )
    case = StartupCase.objects.create(
        batch=batch, founder=founder, name_en="Walk", stage="idea", pitch="Walk"
    )
    StartupCase.objects.filter(pk=case.pk).update(admitted_on=today)
    case.mentors.create(person=founder)
    return {
        "incubation_batch": batch,
        "startup_case": case,
        "startup_introduction": case.introductions.create(partner="Walk", what="Walk"),
        "startup_checkpoint": case.checkpoints.create(number=1, due_on=today + timedelta(days=50)),
    }
