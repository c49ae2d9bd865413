"""Handing in: the file is read and checked before it costs anything; what is accepted is queued in the same transaction."""

import hashlib
from dataclasses import dataclass, field, replace
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.farm import api as farm
from dure.foundation import audit, clock, files, leases
from dure.foundation.access import SIGN_IN, Denied, Refused, demand
from dure.foundation.limited import child
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import quota, rules
from dure.problems.actions.teams import team_of
from dure.problems.bell import ring
from dure.problems.codabench import command_words
from dure.problems.code import asking
from dure.problems.models import Challenge, Evaluation, Phase, Submission, Team
from dure.problems.programs import PROGRAM
from dure.problems.programs import asking as programs
from dure.problems.scoring import EVALUATION
from dure.problems.scoring.ids import rows_asked_for
from dure.problems.sites import asking as sites

NO_PHASE = Refused("no_phase", _("No phase takes submissions now; see the dates."))
KEY_TAKEN = Refused(
    "key_taken",
    _("This Idempotency-Key came with another file before; give every new file a key of its own."),
)
NO_TEAM = Refused("no_team", _("Take part first: enter alone or with a team."))


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that passed the door: as handed in, and as our own table with its number of rows, or how its code is started."""

    blob: Blob
    table: Blob | None
    rows: int = 0
    program: dict[str, Any] = field(default_factory=dict)


def check_submit(*, by: Any, challenge: Challenge) -> tuple[Team, Phase]:
    """The team and phase a submission would count for. Raises Denied with the reason."""
    return _demand_submit(by, challenge, team_of(by, challenge))


def _demand_submit(by: Any, challenge: Challenge, team: Team | None) -> tuple[Team, Phase]:
    if not by.is_authenticated:
        raise Denied(SIGN_IN)
    if team is None:
        demand(rules.may_enter(by, challenge))
        raise Denied(NO_TEAM)
    demand(rules.may_enter(by, challenge))
    phase = quota.open_phase(challenge)
    if phase is None:
        raise Denied(NO_PHASE)
    if challenge.takes_code or programs.is_program(challenge):
        demand(farm.may_run())
    demand(rules.within_quota(quota.quota_of(team, phase)))
    return team, phase


def submit(
    *,
    by: Any,
    challenge: Challenge,
    stream: IO[bytes],
    filename: str,
    note: str = "",
    client_key: str = "",
) -> Submission:
    """Take a file in and queue its evaluation; sent again with the same `client_key` it gives back the first submission.

    Raises Denied (also where the key came with another file before), Faulty (every fault at once) or StorageUnavailable; then
    nothing counts.
    """
    key = hashlib.sha256(client_key.encode()).hexdigest() if client_key else None
    mine = team_of(by, challenge)
    if earlier := _sent_before(mine, key):
        return _same_file(earlier, files.hash_of(stream))
    team, phase = _demand_submit(by, challenge, mine)
    taken = take(challenge, stream, filename)
    return _accept(by=by, team=team, phase=phase, taken=taken, filename=filename, note=note, key=key)


def _sent_before(team: Team | None, key: str | None) -> Submission | None:
    if team is None or key is None:
        return None
    return Submission.objects.select_related("challenge__problem").filter(team=team, client_key=key).first()


def _same_file(earlier: Submission, sha256: str) -> Submission:
    if earlier.blob_id != sha256:
        raise Denied(KEY_TAKEN, conflict=True)
    return earlier


def take(challenge: Challenge, stream: IO[bytes], filename: str) -> Taken:
    """Take in what this challenge takes: predictions, or code. Raises Faulty."""
    if challenge.takes_code and programs.ingestion_of(challenge):
        return replace(_take_results(stream), table=None, rows=0, program={"kind": "ingested"})
    if challenge.takes_code:
        blob = _kept(stream)
        path = str(files.local_path(blob.sha256))
        found = child.call("dure.engines.judging.programs:inspect", path=path, filename=filename)
        _demand_command(found["command"])
        return Taken(blob, None, program=found)
    return take_file(challenge, stream)


def take_file(challenge: Challenge, stream: IO[bytes]) -> Taken:
    """Take in a file to be scored as it is: by a metric of ours, or by the host's program. Raises Faulty."""
    return _take_results(stream) if programs.is_program(challenge) else take_predictions(challenge, stream)


def _take_results(stream: IO[bytes]) -> Taken:
    """For a host's program: an archive is written anew without what only its maker's computer put there, any other file kept."""
    blob = _kept(stream)
    with files.scratch() as out:
        path = str(files.local_path(blob.sha256))
        found = child.call("dure.engines.judging.programs:take_results", path=path, out=str(out))
        return Taken(blob, files.put_scratch(out) if found["files"] else blob, found["files"])


def _demand_command(command: str) -> None:
    try:
        command_words(command, role="submission")
    except ValueError as error:
        raise Faulty([Fault("command_quote_open", {"command": command[:200]})]) from error


def take_predictions(challenge: Challenge, stream: IO[bytes]) -> Taken:
    """Keep the file, read it in the limited child, and keep it again as our own table. Raises Faulty."""
    blob = _kept(stream)
    if challenge.answers is None:
        raise Denied(rules.CLOSED)
    with files.scratch() as out:
        found = child.call(
            "dure.engines.scoring.intake:take_predictions",
            path=str(files.local_path(blob.sha256)),
            out=str(out),
            schema=challenge.schema,
            **rows_asked_for(challenge.answers),
        )
        return Taken(blob, files.put_scratch(out), found["rows"])


def _kept(stream: IO[bytes]) -> Blob:
    try:
        return files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error


@transaction.atomic
def _accept(
    *,
    by: people.Person,
    team: Team,
    phase: Phase,
    taken: Taken,
    filename: str,
    note: str,
    key: str | None = None,
) -> Submission:
    """Count and queue, under the team's lock, so that two uploads at once cannot pass one free place."""
    Team.objects.select_for_update().get(pk=team.pk)
    if earlier := _sent_before(team, key):
        return _same_file(earlier, taken.blob.sha256)
    demand(rules.within_quota(quota.quota_of(team, phase)))
    submission = record(by=by, team=team, phase=phase, taken=taken, filename=filename, note=note, key=key)
    audit.write(
        by=by,
        action="submission.accept",
        obj=submission,
        detail={"rows": taken.rows, "sha256": taken.blob.sha256},
    )
    ring(EVALUATION)
    return submission


@transaction.atomic
def record(
    *,
    by: people.Person,
    team: Team,
    phase: Phase | None,
    taken: Taken,
    filename: str,
    note: str,
    key: str | None = None,
) -> Submission:
    """Write the submission and queue its evaluation under the versions in force."""
    challenge = Challenge.objects.select_for_update(of=("self",)).get(pk=team.challenge_id)
    highest = challenge.submissions.aggregate(top=Max("number"))["top"] or 0
    submission = Submission.objects.create(
        number=highest + 1,
        challenge=challenge,
        phase=phase,
        team=team,
        by=by,
        blob=taken.blob,
        table=taken.table,
        program=taken.program,
        filename=filename[-200:],
        rows=taken.rows,
        note=note[:300],
        accepted_at=clock.now(),
        client_key=key,
    )
    evaluation = _first_evaluation(submission, challenge)
    if taken.program:
        sites.begin(submission, evaluation)
    else:
        _queue(evaluation, _turn(challenge))
    return submission


RESCORING = -1
"""The priority of evaluations that a rescore asks for: behind the new files of other challenges."""


def _turn(challenge: Challenge) -> int:
    """New files of a challenge being rescored wait their turn too: the Ladder goes by the order files are scored in."""
    return RESCORING if challenge.rescores.filter(finished_at=None).exists() else 0


def queue_evaluation(submission: Submission, challenge: Challenge, *, priority: int = 0) -> Evaluation:
    """The one evaluation under the versions in force, queued; the same row when it exists already."""
    evaluation, made = Evaluation.objects.get_or_create(
        submission=submission, answers_id=challenge.answers_id, scorer_id=challenge.scorer_id
    )
    return _queue(evaluation, priority) if made else evaluation


def _first_evaluation(submission: Submission, challenge: Challenge) -> Evaluation:
    """The same for a submission that the present transaction has just made, which no other can know."""
    assert challenge.answers_id is not None  # noqa: S101 - an open challenge has both (rules.is_ready)
    assert challenge.scorer_id is not None  # noqa: S101 - same
    return Evaluation.objects.create(
        submission=submission, answers_id=challenge.answers_id, scorer_id=challenge.scorer_id
    )


def _queue(evaluation: Evaluation, priority: int) -> Evaluation:
    if evaluation.scorer.metric == PROGRAM:
        programs.ask(evaluation)
        return evaluation
    team = str(evaluation.submission.team_id)
    leases.enqueue(kind=EVALUATION, subject=evaluation.uid, fair_key=team, priority=priority)
    return evaluation


@transaction.atomic
def cancel(*, by: people.Person, submission: Submission) -> None:
    """Take a waiting submission back: it frees the queue at once and costs no quota.

    But for code that has begun to run on hidden inputs: it is stopped and counts, or one could look and take it back for ever.
    """
    demand(rules.may_manage_submission(by, submission))
    state = Evaluation.State.FAILED_RUN if asking.has_met_hidden(submission) else Evaluation.State.CANCELLED
    stopped = any([asking.cancel(submission), sites.cancel(submission), programs.cancel(submission)])
    for evaluation in submission.evaluations.filter(state__in=leases.OPEN):
        if leases.cancel(kind=EVALUATION, subject=evaluation.uid) or stopped:
            Evaluation.objects.filter(pk=evaluation.pk).update(state=state, finished_at=clock.now())
    audit.write(by=by, action="submission.cancel", obj=submission)


def drop(submission: Submission) -> None:
    """Take a submission out for good, with its place in the queue: only for baselines before the opening."""
    asking.cancel(submission)
    sites.cancel(submission)
    programs.cancel(submission)
    for evaluation in submission.evaluations.all():
        leases.cancel(kind=EVALUATION, subject=evaluation.uid)
    submission.delete()


@transaction.atomic
def choose_final(*, by: people.Person, submission: Submission, chosen: bool) -> Submission:
    """Mark or unmark a submission for the final board; at most as many as the host allows."""
    demand(rules.may_manage_submission(by, submission))
    demand(rules.still_open(submission.challenge))
    Team.objects.select_for_update().get(pk=submission.team_id)
    finals = Submission.objects.filter(team=submission.team, is_final=True, withdrawn_at=None).exclude(
        pk=submission.pk
    )
    if chosen and finals.count() >= submission.challenge.finals:
        raise Denied(
            Refused(
                "finals_full",
                _("Your team has chosen as many final submissions as allowed; unmark one first."),
            )
        )
    submission.is_final = chosen
    submission.save(update_fields=["is_final"])
    audit.write(by=by, action="submission.final", obj=submission, detail={"chosen": chosen})
    return submission


def annotate(*, by: people.Person, submission: Submission, note: str) -> Submission:
    """Change the team's own note on a submission."""
    demand(rules.may_manage_submission(by, submission))
    submission.note = note.strip()[:300]
    submission.save(update_fields=["note"])
    return submission
