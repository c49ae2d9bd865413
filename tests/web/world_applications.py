"""Applications in the two halves of the small alliance: one that the team handed in to the firm, and beside it one with words."""

from collections.abc import Callable
from typing import Any

from dure.foundation import clock
from dure.talent.models import Appeal, Application, ApplicationMessage, InterviewSlot, Opening, Review
from tests.factories.applications import slot

Values = dict[tuple[str, str], Any]

MAY_READ: dict[str, set[str]] = {
    "application": {"team", "owner", "secretariat"},
    "review": {"owner"},
    "interviewplace": {"team", "owner", "secretariat"},
}
"""Which role may read which hidden word: the secretariat because of the appeal, the owner as who speaks for the firm."""


def shown(world: Any, opening: Opening) -> Values:
    """An application that waits for an answer, with a free time for an interview."""
    application = _application(world, opening, pseudonym="AAAAA")
    return _addresses(application, slot(opening), _appeal(world, application))


def hide(world: Any, opening: Opening, text: Callable[[str], str]) -> Values:
    """One that was not taken and is appealed against, with all that both sides wrote."""
    said = text("application")
    application = _application(
        world, opening, pseudonym="BBBBB", state="rejected", statement=said, reason=said, reason_code="other"
    )
    ApplicationMessage.objects.create(application=application, author=world.owner, is_theirs=True, body=said)
    Review.objects.create(application=application, reviewer=world.owner, words=text("review"))
    taken = slot(opening, place=text("interviewplace"), taken_by=application)
    return _addresses(application, taken, _appeal(world, application, words=said))


def _application(world: Any, opening: Opening, **fields: Any) -> Application:
    given = {"person": world.people["team"], "decide_by": clock.now(), **fields}
    return Application.objects.create(opening=opening, **given)


def _appeal(world: Any, application: Application, words: str = "Shown") -> Appeal:
    return Appeal.objects.create(
        application=application,
        against=clock.now(),
        answer_by=clock.now(),
        words=words,
        decider=world.people["host"],
    )


def _addresses(application: Application, taken: InterviewSlot, appeal: Appeal) -> Values:
    return {
        ("openings/interviews", "slot"): taken.uid,
        ("applications", "uid"): application.uid,
        ("appeals", "uid"): appeal.uid,
    }
