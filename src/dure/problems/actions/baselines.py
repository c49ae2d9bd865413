"""Baselines: what simple methods reach. The host hands their predictions in; they cost no quota and never win."""

from collections.abc import Callable
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import rules, rules_hosting
from dure.problems.actions import leaks, submissions
from dure.problems.bell import ring
from dure.problems.models import Challenge, Submission, Team
from dure.problems.scoring import EVALUATION

NAME_TAKEN = Refused("name_taken", _("Another team has this name; choose a different one."))
NO_NAME = Refused("no_name", _("Give the baseline a name that says how it works."))
NOT_SCORABLE = Refused("not_scorable", _("Set the hidden answers, the columns and the metric first."))
NO_BASELINE = Refused("no_baseline", _("This team is no baseline."))


def add_baseline(
    *, by: people.Person, challenge: Challenge, name: str, stream: IO[bytes], filename: str, note: str = ""
) -> Submission:
    """Take a baseline's predictions in and queue them. Raises Denied, Faulty or StorageUnavailable."""
    demand(rules.hosts_challenge(by, challenge))
    if challenge.state not in {"draft", "open"}:
        raise Denied(rules.CLOSED)
    if not (challenge.answers_id and challenge.scorer_id):
        raise Denied(NOT_SCORABLE)
    if not name.strip():
        raise Denied(NO_NAME)
    take = submissions.take_file if not challenge.is_at_sites else _take_code(filename)
    taken = take(challenge, stream)
    with transaction.atomic():
        team = _team(challenge, name.strip()[:60])
        made = submissions.record(by=by, team=team, phase=None, taken=taken, filename=filename, note=note)
        audit.write(by=by, action="baseline.add", obj=made, detail={"name": team.name})
    ring(EVALUATION)
    return made


def _take_code(filename: str) -> Callable[[Challenge, IO[bytes]], submissions.Taken]:
    """Where the rows stay at sites nobody can make predictions for them: a baseline is code."""
    return lambda challenge, stream: submissions.take(challenge, stream, filename)


def _team(challenge: Challenge, name: str) -> Team:
    found = Team.objects.filter(challenge=challenge, name=name).first()
    if found and not found.is_baseline:
        raise Denied(NAME_TAKEN)
    if found:
        return found
    try:
        with transaction.atomic():
            return Team.objects.create(challenge=challenge, name=name, is_baseline=True)
    except IntegrityError as error:
        raise Denied(NAME_TAKEN) from error


@transaction.atomic
def remove_baseline(*, by: people.Person, team: Team) -> None:
    """Take a baseline out while the challenge is being prepared."""
    challenge = team.challenge
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))
    if not team.is_baseline:
        raise Denied(NO_BASELINE)
    for submission in team.submissions.all():
        submissions.drop(submission)
    audit.write(by=by, action="baseline.remove", obj=team, detail={"name": team.name})
    team.delete()
    challenge.boards.all().delete()
    leaks.ask_if_stale(challenge)
