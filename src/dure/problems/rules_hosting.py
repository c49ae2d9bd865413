"""Who may do what when a challenge is prepared, judged and settled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.problems import readiness, rules, winners

RUNNING = Refused(
    "running", _("The challenge has opened; this can no longer change. Publish a new version instead.")
)
NOT_OPERATOR = Refused("not_operator", _("Only operators and the secretariat can do this."))
NO_CODE = Refused("no_code", _("Add your code and write how to run it and get the same score."))
ASK_FIRST = Refused("winners_not_asked", _("Ask the teams that may win for their code and report first."))
UNDECIDED = Refused("winners_open", _("A team that may win has not been accepted or passed over yet."))
STILL_SCORING = Refused("scoring", _("Some submissions are still being scored; wait until all are done."))
BOARD_FIRST = Refused("scoring", _("The final board is being computed; it takes a moment."))
OPEN_STATES = ("queued", "running")


def in_preparation(challenge: Any) -> Decision:
    """What teams build on can change only before the challenge opens."""
    return ALLOWED if challenge.state == "draft" else RUNNING


def is_ready(challenge: Any, _data: Mapping[str, Any]) -> Decision:
    """A challenge can open when every part stands; the refusal names each missing one."""
    missing = readiness.missing(challenge)
    if not missing:
        return ALLOWED
    return Refused("not_ready", gettext("Not ready yet: %(missing)s") % {"missing": " ".join(missing)})


def is_scored(challenge: Any, board: Any = None) -> Decision:
    """Whether every submission has its result under the versions in force, and the board that decides holds them all.

    `board` is the final one in force, for a caller that has read it.
    """
    waiting = challenge.submissions.filter(
        evaluations__answers=challenge.answers_id,
        evaluations__scorer=challenge.scorer_id,
        evaluations__state__in=OPEN_STATES,
    )
    if waiting.exists() or _rescoring(challenge) or _runs_code(challenge):
        return STILL_SCORING
    return ALLOWED if _is_final(board or _final_board(challenge), challenge) else BOARD_FIRST


def _is_final(board: Any, challenge: Any) -> bool:
    """Computed after the close, and from every result. A closed challenge whose board is older is not judged yet."""
    if board is None or (challenge.closed_at and board.computed_at < challenge.closed_at):
        return False
    done = challenge.submissions.filter(
        withdrawn_at=None,
        team__disbanded_at=None,
        evaluations__answers=challenge.answers_id,
        evaluations__scorer=challenge.scorer_id,
        evaluations__state="done",
    )
    return bool(board.scored == done.count())


def _final_board(challenge: Any) -> Any:
    return challenge.boards.filter(
        view="private", answers=challenge.answers_id, scorer=challenge.scorer_id
    ).first()


def _runs_code(challenge: Any) -> bool:
    """Code that came in time still runs; under which versions its predictions will be scored shows when it is done."""
    open_runs = {"code_runs__state": "queued", "code_runs__stage__in": ("public", "trial", "hidden", "site")}
    return challenge.takes_code and bool(challenge.submissions.filter(**open_runs).exists())


def _rescoring(challenge: Any) -> bool:
    return bool(challenge.rescores.filter(finished_at=None).exists())


def winners_settled(challenge: Any, _data: Mapping[str, Any]) -> Decision:
    """The result can be declared when all is scored and every place has an accepted winner, or nobody is left."""
    scored = is_scored(challenge)
    if not scored:
        return scored
    awards = {str(team): state for team, state in challenge.awards.values_list("team__uid", "state")}
    return settled(prospective(challenge), awards)


def settled(due: Sequence[winners.Winner], awards: Mapping[str, str]) -> Decision:
    """Whether each of the teams that win as things stand has been accepted; `awards` maps team → state."""
    states = [awards.get(winner.team) for winner in due]
    if None in states:
        return ASK_FIRST
    return ALLOWED if all(state == "accepted" for state in states) else UNDECIDED


def prospective(challenge: Any) -> list[winners.Winner]:
    """The teams that win as things stand, by the stored final board and the tie rule. Baselines never win."""
    board = _final_board(challenge)
    passed_over = challenge.awards.filter(state="declined").values_list("team__uid", flat=True)
    return winning(challenge, board.rows if board else [], {str(uid) for uid in passed_over})


def winning(
    challenge: Any, rows: Iterable[Mapping[str, Any]], passed_over: Collection[str]
) -> list[winners.Winner]:
    """The same for rows of the final board and teams passed over that are known already."""
    ranked = [
        winners.Ranked(row["team"], row["rank"], row["submitted_at"], row["second"])
        for row in rows
        if row["rank"] and not row["baseline"]
    ]
    return winners.winners(
        ranked,
        rule=challenge.tie_rule,
        places=challenge.places,
        second_direction=readiness.direction_of(challenge.second_metric),
        passed_over=passed_over,
    )


def hosts_award(person: Any, award: Any) -> Decision:
    return rules.hosts_challenge(person, award.challenge)


def wins(person: Any, award: Any) -> Decision:
    """Members of the team that may win."""
    if not person.is_authenticated:
        return SIGN_IN
    inside = any(one.person_id == person.pk and one.left_at is None for one in award.team.members.all())
    return ALLOWED if inside else Refused("not_in_team", _("You are not in this team."))


def has_code(award: Any, data: Mapping[str, Any]) -> Decision:
    """A report in words and at least one file."""
    words = str(data.get("report", "")) or award.report
    return ALLOWED if words.strip() and award.files.exists() else NO_CODE


def operates(person: Any) -> Decision:
    """Operators and the secretariat look after the queue."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.OPERATOR, Role.SECRETARIAT) else NOT_OPERATOR
