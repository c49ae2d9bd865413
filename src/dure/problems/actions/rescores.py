"""New answers or a new way of scoring while teams hand in: a new version, everything scored again, teams told what moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.narrowing import Difference, difference
from dure.engines.scoring.schema import from_plain
from dure.foundation import audit, clock, events, leases, notices, prepared
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import notices_hosting, rules
from dure.problems.actions import challenges
from dure.problems.actions.submissions import RESCORING, queue_evaluation
from dure.problems.bell import ring
from dure.problems.events import Rescored
from dure.problems.models import (
    AnswerVersion,
    Board,
    Challenge,
    Evaluation,
    Rescore,
    ScorerVersion,
    TeamMember,
)
from dure.problems.recipients import title_words
from dure.problems.scoring import EVALUATION, choosing
from dure.problems.scoring.answers import PUBLIC, table_of
from dure.problems.scoring.asking import ask_for_board

NOT_RUNNING = Refused(
    "not_running", _("A new version needs a challenge that is open or closed and not finished yet.")
)
AT_SITES = Refused(
    "at_sites", _("The rows stay at their owners' sites, which allowed this way of scoring and no other.")
)
NO_NOTE = Refused("no_note", _("Say why; every team reads it."))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rescore is: `done` of `all` submissions have a result under the new versions."""

    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What corrected answers would change. Files of `short` submissions may lack rows that come back; these would drop out."""

    difference: Difference
    short: int


def look_at_answers(*, by: people.Person, challenge: Challenge, truth: challenges.Table) -> Correction:
    """What corrected answers would change, without changing anything. Raises Denied or Faulty."""
    demand(rules.hosts_challenge(by, challenge))
    _versions_of(challenge)
    found = _difference(challenge, truth)
    if not found.returned.both or challenge.answers is None or challenge.answers.begun_with is None:
        return Correction(found, short=0)
    whole = challenge.answers.begun_with.rows
    return Correction(found, short=challenge.submissions.filter(withdrawn_at=None, rows__lt=whole).count())


def _difference(challenge: Challenge, truth: challenges.Table) -> Difference:
    assert challenge.answers is not None  # noqa: S101 - the caller has asked for both versions
    before, after = table_of(challenge.answers), challenges.read_answers(challenge, truth)
    return difference(before, after, public=PUBLIC, schema=from_plain(challenge.schema))


@transaction.atomic
def change_answers(
    *,
    by: people.Person,
    challenge: Challenge,
    truth: challenges.Table,
    dropped: int = 0,
    note_ko: str = "",
    note_en: str = "",
) -> AnswerVersion:
    """Put corrected answers in force and score everything again. Raises Denied or Faulty; then nothing has changed.

    `dropped` is how many rows the host means to take out. Any other number is refused: half a file must not pass for a correction.
    """
    before = _begin(by, challenge, note_ko or note_en)
    found = _difference(challenge, truth).dropped.both
    if found != dropped:
        raise Faulty([Fault("answers_rows_dropped", {"count": found, "said": dropped})])
    version = challenges.add_answers(
        by=by, challenge=challenge, truth=truth, note_ko=note_ko, note_en=note_en
    )
    rescore(by=by, challenge=challenge, before=before)
    return version


@transaction.atomic
def change_scoring(
    *,
    by: people.Person,
    challenge: Challenge,
    schema: Mapping[str, Any],
    metric: str,
    parameters: Mapping[str, Any] | None = None,
    note_ko: str = "",
    note_en: str = "",
) -> ScorerVersion:
    """Put another metric or other ranges in force and score everything again. Column names stay."""
    before = _begin(by, challenge, note_ko or note_en)
    scorer = challenges.set_scoring(
        by=by, challenge=challenge, schema=schema, metric=metric, parameters=parameters
    )
    ScorerVersion.objects.filter(pk=scorer.pk).update(note_ko=note_ko, note_en=note_en)
    rescore(by=by, challenge=challenge, before=before)
    return scorer


Versions = tuple[AnswerVersion, ScorerVersion]


def _begin(by: people.Person, challenge: Challenge, note: str) -> Versions:
    """Lock the challenge and give the versions in force, which the new ones replace."""
    demand(rules.hosts_challenge(by, challenge))
    locked = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    found = _versions_of(locked)
    if not note.strip():
        raise Denied(NO_NOTE)
    return found


def _versions_of(challenge: Challenge) -> Versions:
    if challenge.is_at_sites:
        raise Denied(AT_SITES)
    if challenge.state not in {"open", "closed"} or challenge.answers is None or challenge.scorer is None:
        raise Denied(NOT_RUNNING)
    return challenge.answers, challenge.scorer


def rescore(*, by: people.Person, challenge: Challenge, before: Versions) -> Rescore:
    """Queue an evaluation of every accepted submission under the versions in force, in the order they came, behind new ones.

    A rescore that still runs goes over into this one, so that teams are told once what moved since they were last told. The
    caller holds the transaction and has put the new versions in force.
    """
    assert challenge.answers is not None  # noqa: S101 - the caller has just set both
    assert challenge.scorer is not None  # noqa: S101 - same
    earlier = Rescore.objects.filter(challenge=challenge, finished_at=None).first()
    if earlier:
        before = (earlier.answers_from, earlier.scorer_from)
        Rescore.objects.filter(pk=earlier.pk).delete()
    made = Rescore.objects.create(
        challenge=challenge,
        answers_from=before[0],
        scorer_from=before[1],
        answers_to=challenge.answers,
        scorer_to=challenge.scorer,
        by=by,
        started_at=clock.now(),
    )
    taken_back = Evaluation.objects.filter(
        submission__challenge=challenge, state=Evaluation.State.CANCELLED
    ).values("submission")
    scorable = challenge.submissions.exclude(pk__in=taken_back).exclude(table=None)
    for submission in scorable.order_by("pk").iterator():
        queue_evaluation(submission, challenge, priority=RESCORING)
    audit.write(by=by, action="challenge.rescore", obj=challenge, detail={"count": progress(made).all})
    ask_for_board(challenge)
    ring(EVALUATION)
    return made


def running(challenge: Challenge) -> Rescore | None:
    """The rescore that runs now."""
    found = prepared.of("problems.rescore", _unfinished, Rescore, challenge.pk)
    return found[0] if found else None


def _unfinished() -> "QuerySet[Rescore]":
    return Rescore.objects.filter(challenge_id=prepared.NUMBER, finished_at=None).order_by("pk")[:1]


def progress(rescore: Rescore) -> Progress:
    """How many submissions have a result under the new versions: one query."""
    rows = Evaluation.objects.filter(
        submission__challenge=rescore.challenge_id,
        answers=rescore.answers_to_id,
        scorer=rescore.scorer_to_id,
    )
    done = Count("pk", filter=~Q(state__in=leases.OPEN))
    return Progress(**rows.aggregate(done=done, all=Count("pk")))


def settle_all() -> int:
    """Finish every rescore whose submissions all have results; harmless when called again."""
    waiting = Rescore.objects.filter(finished_at=None).select_related("challenge__problem")
    return sum(settle(rescore) for rescore in waiting)


def settle_by_uid(uid: UUID) -> int:
    """The same for one challenge."""
    waiting = Rescore.objects.filter(finished_at=None, challenge__uid=uid).select_related(
        "challenge__problem"
    )
    return sum(settle(rescore) for rescore in waiting)


@transaction.atomic
def settle(rescore: Rescore) -> bool:
    """Finish a rescore when nothing of it is open and its board is computed, and tell the teams what moved. True when done now."""
    locked = Rescore.objects.select_for_update(of=("self",)).filter(pk=rescore.pk, finished_at=None).first()
    if locked is None:
        return False
    reached = progress(locked)
    view = view_of(locked.challenge)
    board = _board(locked.challenge, view, (locked.answers_to, locked.scorer_to))
    if reached.done < reached.all or board is None or board.scored < _scored(locked):
        return False
    locked.finished_at = clock.now()
    locked.save(update_fields=["finished_at"])
    _tell(locked, view)
    challenge = locked.challenge
    events.record(Rescored(str(challenge.uid), locked.answers_to.number, locked.scorer_to.number))
    return True


def view_of(challenge: Challenge) -> str:
    """The board teams know: public until the close."""
    return Board.View.PRIVATE if challenge.state in {"closed", "finished"} else Board.View.PUBLIC


def _scored(rescore: Rescore) -> int:
    return choosing.standing(rescore.answers_to, rescore.scorer_to).count()


def _board(challenge: Challenge, view: str, versions: Versions) -> Board | None:
    return Board.objects.filter(
        challenge=challenge, view=view, answers=versions[0], scorer=versions[1]
    ).first()


def _tell(rescore: Rescore, view: str) -> None:
    """One notice per member with what they see on the board: before and after, never a private score before the close."""
    challenge = rescore.challenge
    before = _lines(_board(challenge, view, (rescore.answers_from, rescore.scorer_from)))
    after = _lines(_board(challenge, view, (rescore.answers_to, rescore.scorer_to)))
    members = TeamMember.objects.filter(challenge=challenge, left_at=None).select_related("person", "team")
    for member in members:
        team = str(member.team.uid)
        if team in before or team in after:
            params = {
                **title_words(challenge.problem),
                **_words("why", _why(rescore)),
                "team": member.team.name,
                **_words("before", before.get(team)),
                **_words("after", after.get(team)),
            }
            url = f"/challenges/{challenge.slug}/leaderboard"
            notices.notify([member.person], notices_hosting.RESCORED, url=url, params=params)


def _why(rescore: Rescore) -> tuple[str, str]:
    changed = rescore.scorer_to if rescore.scorer_to_id != rescore.scorer_from_id else rescore.answers_to
    return changed.note_ko or changed.note_en, changed.note_en or changed.note_ko


def _lines(board: Board | None) -> dict[str, tuple[str, str]]:
    return {row["team"]: _line(row) for row in board.rows} if board else {}


def _line(row: Mapping[str, Any]) -> tuple[str, str]:
    return _in("ko", row), _in("en", row)


def _in(language: str, row: Mapping[str, Any]) -> str:
    with translation.override(language):
        if not row["rank"]:
            return str(_("not ranked"))
        return str(_("%(score)s (rank %(rank)s)") % {"score": f"{row['score']:.6g}", "rank": row["rank"]})


def _words(name: str, words: tuple[str, str] | None) -> dict[str, str]:
    ko, en = words or ("–", "–")
    return {f"{name}_ko": ko, f"{name}_en": en}
