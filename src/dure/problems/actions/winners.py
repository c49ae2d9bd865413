"""After the close: ask the teams that may win, judge what they hand in, pass on to the next."""

from datetime import timedelta
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, files, notices, workflow
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import notices_hosting, rules, rules_hosting
from dure.problems.actions import reruns
from dure.problems.models import Award, AwardFile, Challenge, Team
from dure.problems.recipients import title_words
from dure.problems.scoring import boards
from dure.problems.scoring.asking import ask_for_board
from dure.problems.winners import Winner

DAYS = 14
MOST_FILES = 20
NOT_CLOSED = Refused(
    "not_closed", _("Winners are settled after the close and before the result is declared.")
)
NO_ONE = Refused("no_ranked_team", _("No team is ranked, so nobody can win; you can declare the result."))
NOT_ASKED = Refused("not_asked", _("What was handed in is being checked; nothing can be added now."))


def _demand_judging(by: people.Person, challenge: Challenge) -> None:
    demand(rules.hosts_challenge(by, challenge))
    if challenge.state != "closed":
        raise Denied(NOT_CLOSED)
    demand(rules_hosting.is_scored(challenge))


@transaction.atomic
def ask(*, by: people.Person, challenge: Challenge, days: int = DAYS) -> list[Award]:
    """Ask every team that wins as things stand for its code and report. Those asked before are left as they are."""
    _demand_judging(by, challenge)
    due = rules_hosting.prospective(challenge)
    if not due:
        raise Denied(NO_ONE)
    teams = {str(team.uid): team for team in Team.objects.filter(uid__in=[winner.team for winner in due])}
    return [_ask(by, challenge, winner, teams[winner.team], days) for winner in due]


def _ask(by: people.Person, challenge: Challenge, winner: Winner, team: Team, days: int) -> Award:
    award, new = Award.objects.get_or_create(
        challenge=challenge,
        team=team,
        defaults={
            "place": winner.place,
            "shared": winner.shared,
            "due_at": clock.now() + timedelta(days=days),
        },
    )
    if not new:
        Award.objects.filter(pk=award.pk).update(place=winner.place, shared=winner.shared)
        return award
    audit.write(by=by, action="award.ask", obj=award, detail={"place": winner.place})
    members = [member.person for member in team.members.filter(left_at=None).select_related("person")]
    params = title_words(challenge.problem)
    notices.notify(members, notices_hosting.ASKED, url=f"/awards/{award.uid}", params=params)
    return award


@transaction.atomic
def add_file(*, by: people.Person, award: Award, stream: IO[bytes], filename: str) -> AwardFile:
    """Add a file of the code or the report. Raises Denied, Faulty (too large) or StorageUnavailable."""
    demand(rules_hosting.wins(by, award))
    if award.state != "asked" or award.files.count() >= MOST_FILES:
        raise Denied(NOT_ASKED)
    try:
        blob = files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error
    made = AwardFile.objects.create(
        award=award, filename=filename[-200:] or "file", blob=blob, added_by=by, added_at=clock.now()
    )
    audit.write(by=by, action="award.add", obj=award, detail={"sha256": blob.sha256})
    return made


def hand_in(*, by: people.Person, award: Award, report: str) -> Award:
    """Hand code and report in for checking."""
    return workflow.perform(award, "hand_in", by=by, data={"report": report.strip()[:20000]})


def give_back(*, by: people.Person, award: Award, reason: str) -> Award:
    """Ask the team for more."""
    return workflow.perform(award, "return", by=by, data={"reason": reason.strip()[:2000]})


@transaction.atomic
def accept(*, by: people.Person, award: Award, reproduced: bool = False) -> Award:
    """Accept a winner; `reproduced` marks the board with "re-run to the same score".

    Where teams hand in code the farm's own run decides that, and nobody's word.
    """
    _demand_judging(by, award.challenge)
    if award.challenge.takes_code:
        reproduced = _farm_reproduced(award)
    accepted = workflow.perform(award, "accept", by=by, data={"reproduced": reproduced})
    ask_for_board(award.challenge)
    return accepted


def _farm_reproduced(award: Award) -> bool:
    board = boards.latest(award.challenge, "private")
    mine = [row["submission"] for row in board.rows if row["team"] == str(award.team.uid)] if board else []
    return any(reruns.was_reproduced(award.challenge, number) for number in mine)


@transaction.atomic
def decline(*, by: people.Person, award: Award, reason: str) -> Award:
    """Pass a team over with a reason it reads; the next in the order is asked."""
    _demand_judging(by, award.challenge)
    declined = workflow.perform(award, "decline", by=by, data={"reason": reason.strip()[:2000]})
    if rules_hosting.prospective(award.challenge):
        ask(by=by, challenge=award.challenge)
    return declined


def act(*, by: people.Person, award: Award, action: str, data: dict[str, Any]) -> Award:
    """One of the four moves by its name, as pages and REST have it. Raises Denied."""
    if action == "hand_in":
        return hand_in(by=by, award=award, report=str(data.get("report", "")))
    if action == "accept":
        return accept(by=by, award=award, reproduced=bool(data.get("reproduced")))
    if action == "decline":
        return decline(by=by, award=award, reason=str(data.get("reason", "")))
    if action == "return":
        return give_back(by=by, award=award, reason=str(data.get("reason", "")))
    raise Denied(workflow.WRONG_STATE, conflict=True)
