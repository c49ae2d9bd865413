"""Scouting and incubation in the small alliance of the access walk: a shared startup, and one that the firm keeps to itself."""

from collections.abc import Callable
from typing import Any

from dure.alliance.models import IncubationBatch, StartupCase
from dure.alliance.scouting import noting
from dure.foundation import clock
from tests.factories import startups

Values = dict[tuple[str, str], Any]
FILE = {"owner", "secretariat", "auditor"}
MAY_READ: dict[str, set[str]] = {
    "scouted": {"owner"},
    "scoutingmeeting": {"owner"},
    "batch": FILE,
    "startup": FILE,
    "checkpoint": FILE,
    "startupround": FILE,
    "introduction": FILE,
}
"""What a member keeps to itself: its scouts alone, not the secretariat, and not the auditor. A startup's file: its founder too."""


def shown(world: Any) -> Values:
    """A startup that the firm has shared, and one that was taken in, in its first month."""
    found = _made(world, lambda _name: "Shown", reach="shared")
    taken_in = _batch(world, lambda _name: "Shown", "running", "incubating")
    return found | taken_in | {("startups/checkpoints", "number"): 1}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """One that only the firm's scouts know of, with a meeting; an application to a batch that is a draft."""
    return _made(world, text, reach="own") | _batch(world, text, "draft", "applied")


def _made(world: Any, text: Callable[[str], str], reach: str) -> Values:
    words = {f"{name}_{code}": text("scouted") for name in ("name", "about") for code in ("ko", "en")}
    made = startups.scouted(world.firm, by=world.owner, region=text("scouted"), reach=reach, **words)
    said = {"contacts": text("scoutingmeeting"), "said": text("scoutingmeeting")}
    noting.meet(made, by=world.owner, organisation=world.firm, given=startups.meeting(reach=reach, **said))
    return {("scouting", "uid"): made.uid}


def _batch(world: Any, text: Callable[[str], str], state: str, of_case: str) -> Values:
    words = {f"{name}_{code}": text("batch") for name in ("title", "call") for code in ("ko", "en")}
    batch = startups.batch(by=world.people["secretariat"], **words)
    IncubationBatch.objects.filter(pk=batch.pk).update(state=state)
    said = {f"{name}_{code}": text("startup") for name in ("name", "line") for code in ("ko", "en")}
    case = StartupCase.objects.create(
        batch=batch, founder=world.owner, stage="idea", state=of_case, pitch=text("startup"), **said
    )
    case.checkpoints.create(number=1, due_on=clock.today(), log=text("checkpoint"), words=text("checkpoint"))
    case.rounds.create(kind="seed", closed_on=clock.today(), investors=text("startupround"))
    case.outcomes.create(kind="goes_on", on=clock.today(), words=text("startupround"))
    one = case.introductions.create(partner=text("introduction"), what=text("introduction"))
    return {
        ("incubation", "uid"): batch.uid,
        ("startups", "uid"): case.uid,
        ("startups/introductions", "introduction"): one.uid,
    }
