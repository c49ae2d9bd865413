"""What else changes with opening, closing and settling a challenge. Each effect gets the locked object, in its transaction."""

from typing import Any

from dure.foundation import clock, events, notices
from dure.foundation.workflow import Change
from dure.problems import notices_hosting as kinds
from dure.problems.events import ChallengeClosed, ChallengeFinished, ChallengeOpened
from dure.problems.recipients import secretaries, title_words


def open_challenge(change: Change) -> None:
    challenge = change.obj
    challenge.opened_at = clock.now()
    events.record(ChallengeOpened(*_names(challenge)))
    told = [person for person in _runners(challenge) if person.pk != change.by.pk]
    notices.notify(
        told, kinds.OPENED, url=f"/challenges/{challenge.slug}", params=title_words(challenge.problem)
    )
    if challenge.findings_reason.strip():
        params = {**title_words(challenge.problem), "reason": challenge.findings_reason[:300]}
        notices.notify(secretaries(), kinds.OPENED_ALL_THE_SAME, url=_checks_url(challenge), params=params)


def close_challenge(change: Change) -> None:
    """Late scores count, so the boards are computed again; then the hosts settle the winners."""
    from dure.problems.scoring.asking import ask_for_board  # noqa: PLC0415 - scoring needs the models, which need this table

    challenge = change.obj
    challenge.closed_at = clock.now()
    ask_for_board(challenge)
    events.record(ChallengeClosed(*_names(challenge)))
    url = f"/challenges/{challenge.slug}/manage/winners"
    notices.notify(_runners(challenge), kinds.CLOSED, url=url, params=title_words(challenge.problem))


def finish_challenge(change: Change) -> None:
    """Every participant takes a result record away; owner and hosts hear that the winners can be met."""
    from dure.problems.results import write_results  # noqa: PLC0415 - same

    challenge = change.obj
    for record in write_results(challenge):
        words = {"team": record.team.name, "rank": record.rank, "teams": record.teams}
        params = {**title_words(challenge.problem), **words}
        notices.notify([record.person], kinds.RESULT, url=f"/challenges/{challenge.slug}", params=params)
    won = list(challenge.awards.filter(state="accepted").values_list("team__uid", flat=True))
    events.record(ChallengeFinished(*_names(challenge), winners=[str(uid) for uid in won]))
    told = [person for person in _runners(challenge) if person.pk != change.by.pk]
    kind, url = kinds.FINISHED if won else kinds.FINISHED_ALONE, f"/challenges/{challenge.slug}"
    notices.notify(told, kind, url=url, params=title_words(challenge.problem))


def _names(challenge: Any) -> tuple[str, str, str]:
    return str(challenge.uid), challenge.slug, str(challenge.problem.uid)


def _runners(challenge: Any) -> list[Any]:
    problem = challenge.problem
    return [person for person in (*challenge.hosts.all(), problem.curator, problem.owner) if person]


def _checks_url(challenge: Any) -> str:
    return f"/challenges/{challenge.slug}/manage/checks"


def tell_hosts_handed(change: Change) -> None:
    award = change.obj
    if change.data.get("report"):
        award.report = change.data["report"]
    params = {**title_words(award.challenge.problem), "team": award.team.name}
    url = f"/challenges/{award.challenge.slug}/manage/winners"
    notices.notify(_runners(award.challenge), kinds.HANDED, url=url, params=params)


def ask_for_more(change: Change) -> None:
    change.obj.reason = change.data["reason"]
    _tell_team(change.obj, kinds.MORE_WANTED, reason=change.data["reason"])


def accept_award(change: Change) -> None:
    """A winner: the team is told, and the board says whether its code gave the same score again."""
    award = change.obj
    award.settled_at, award.reason = clock.now(), ""
    award.reproduced = bool(change.data.get("reproduced"))
    _tell_team(award, kinds.WON, reason="")


def decline_award(change: Change) -> None:
    """Passed over: the reason is kept and the team is told; the next team is asked by the action."""
    award = change.obj
    award.settled_at, award.reason = clock.now(), change.data["reason"]
    _tell_team(award, kinds.PASSED_OVER, reason=award.reason)


def _tell_team(award: Any, kind: str, *, reason: str) -> None:
    members = [member.person for member in award.team.members.filter(left_at=None).select_related("person")]
    params = {**title_words(award.challenge.problem), "reason": reason[:300]}
    notices.notify(members, kind, url=f"/awards/{award.uid}", params=params)
