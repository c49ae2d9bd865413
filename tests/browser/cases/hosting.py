"""The host's pages: preparing, leak findings, running, winners; the operators' queue."""

from typing import Any

from dure.foundation import workflow
from dure.foundation.access import Role
from dure.problems.actions import rescores, winners
from tests.browser.cases import Case
from tests.factories.people import person
from tests.factories.problems import begun_challenge, entered, submitted
from tests.problems.hosting import making


def _begun() -> tuple[str, Any]:
    challenge, host = begun_challenge(slug="steel-hardness")
    return f"/challenges/{challenge.slug}/manage", host


def _step(step: str, *, leak: bool = False) -> tuple[str, Any]:
    challenge, host = making.prepared(leak=leak)
    making.baseline(challenge)
    making.score_all()
    return f"/challenges/{challenge.slug}/manage/{step}".rstrip("/"), host


def _running(page: str) -> tuple[str, Any]:
    challenge = making.with_teams(4)
    submitted(entered(challenge, name="late"), noise=3.0, seed=9)
    return f"/challenges/{challenge.slug}/manage{page}", making.host_of(challenge)


def _versions() -> tuple[str, Any]:
    challenge = making.with_teams(3)
    host = making.host_of(challenge)
    truth = making.corrected(challenge)
    rescores.change_answers(by=host, challenge=challenge, truth=truth, note_ko="단위 정정", note_en="Units")
    return f"/challenges/{challenge.slug}/manage/versions", host


def _rescored_board() -> tuple[str, Any]:
    url, _host = _versions()
    return url.replace("manage/versions", "leaderboard"), None


def _winners() -> tuple[str, Any]:
    challenge = making.closed(3, places=2)
    host = making.host_of(challenge)
    winners.ask(by=host, challenge=challenge)
    return f"/challenges/{challenge.slug}/manage/winners", host


def _award() -> tuple[str, Any]:
    challenge = making.closed(2)
    (award,) = winners.ask(by=making.host_of(challenge), challenge=challenge)
    return f"/awards/{award.uid}", award.team.members.get().person


def _story() -> tuple[str, Any]:
    challenge = making.closed(2)
    host = making.host_of(challenge)
    (award,) = winners.ask(by=host, challenge=challenge)
    winners.decline(by=host, award=award, reason="The code does not run.")
    winners.decline(by=host, award=challenge.awards.get(state="asked"), reason="The code does not run.")
    workflow.perform(challenge, "finish", by=host)
    return f"/challenges/{challenge.slug}/story", None


def _queue() -> tuple[str, Any]:
    challenge = making.with_teams(2)
    for at in range(3):
        submitted(entered(challenge, name=f"waiting {at}"), noise=3.0, seed=at)
    return "/problems/queue", person(roles=[Role.OPERATOR])


STEPS = ("data", "answers", "columns", "metric", "split", "phases", "rules", "story", "baselines")
CASES = [
    Case("host-begun", _begun),
    Case("host-checklist", lambda: _step("")),
    *(Case(f"host-{step}", lambda step=step: _step(step)) for step in STEPS),  # type: ignore[misc]  # bound per step
    Case("host-findings", lambda: _step("checks", leak=True)),
    Case("host-running", lambda: _running("")),
    Case("host-submissions", lambda: _running("/submissions")),
    Case("host-versions", _versions),
    Case("host-rescored-board", _rescored_board),
    Case("host-winners", _winners),
    Case("host-award", _award),
    Case("host-story-told", _story),
    Case("host-queue", _queue),
]
