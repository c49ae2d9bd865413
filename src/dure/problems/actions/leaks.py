"""Leak checks before a challenge opens: asked for, run by the scorer process, kept with the parts they looked at."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Faulty
from dure.foundation import audit, clock, files, leases, notices, workflow
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.limited import child
from dure.people import api as people
from dure.problems import notices_hosting, readiness, rules, rules_hosting
from dure.problems.bell import ring
from dure.problems.finding_words import FAILED
from dure.problems.models import Challenge
from dure.problems.recipients import title_words
from dure.problems.scoring import LEAKS

SECONDS = 300.0
NO_ROWS = Refused("no_rows_here", _("The rows are not here, so nothing can be checked."))
INCOMPLETE = Refused("incomplete", _("Add the data, the hidden answers, the columns and the metric first."))


@transaction.atomic
def ask(*, by: people.Person, challenge: Challenge) -> None:
    """Have the checks run; asking while they wait or run changes nothing."""
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))
    _demand_checkable(challenge)
    _enqueue(challenge)
    audit.write(by=by, action="challenge.leaks", obj=challenge)


def ask_if_stale(challenge: Challenge) -> None:
    """Have the checks run again when a part they looked at has changed. Harmless when called often."""
    stale = readiness.check_state(challenge) in {"never", "stale"}
    if challenge.state == "draft" and stale and _is_complete(challenge) and challenge.has_rows_here:
        _enqueue(challenge)


def ask_if_stale_by_uid(uid: UUID) -> None:
    """The same for the scorer process, which knows the uid only."""
    challenge = (
        Challenge.objects.select_related("problem", "dataset", "answers")
        .filter(uid=uid, state="draft")
        .first()
    )
    if challenge is not None:
        ask_if_stale(challenge)


def _demand_checkable(challenge: Challenge) -> None:
    if not challenge.has_rows_here:
        raise Denied(NO_ROWS)
    if not _is_complete(challenge):
        raise Denied(INCOMPLETE)


def _is_complete(challenge: Challenge) -> bool:
    return bool(challenge.dataset_id and challenge.answers_id and challenge.scorer_id)


def _enqueue(challenge: Challenge) -> None:
    leases.ask(kind=LEAKS, subject=challenge.uid)
    ring(LEAKS)


def is_running(challenge: Challenge) -> bool:
    """Whether checks wait or run now."""
    found = leases.states(kind=LEAKS, subjects=[challenge.uid]).get(challenge.uid)
    return found in leases.OPEN


def check_now(*, by: people.Person, challenge: Challenge) -> Challenge:
    """Run the checks here and now, for commands that open challenges by themselves. Raises Denied."""
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))
    _demand_checkable(challenge)
    _keep(challenge, _findings(challenge), readiness.parts_digest(challenge))
    return challenge


def check_claimed(claimed: leases.Claim) -> None:
    """Run the checks of the challenge a lease names, keep what they found, and close the lease."""
    challenge = (
        Challenge.objects.select_related("problem", "dataset", "answers").filter(uid=claimed.subject).first()
    )
    if (
        challenge is None
        or challenge.state != "draft"
        or not _is_complete(challenge)
        or not challenge.has_rows_here
    ):
        leases.finish(claimed, state=leases.State.CANCELLED)
        return
    parts = readiness.parts_digest(challenge)
    findings = _findings(challenge)
    with transaction.atomic():
        if leases.hold(claimed):
            _keep(challenge, findings, parts)
            leases.finish(claimed)


def _findings(challenge: Challenge) -> list[dict[str, Any]]:
    assert challenge.answers is not None  # noqa: S101 - check_claimed has looked
    try:
        found = child.call(
            "dure.engines.scoring.leak_report:report",
            seconds=SECONDS,
            schema=challenge.schema,
            answers=str(files.local_path(challenge.answers.blob_id)),
            train=_files(challenge, "train"),
            test=_inputs(challenge),
            baselines=readiness.baseline_scores(challenge),
            target=challenge.target,
            direction=readiness.direction_of(challenge.metric),
        )
    except Faulty as faulty:
        fault = faulty.faults[0]
        return [
            {"code": fault.code, "severity": "stop", "params": dict(fault.params), "column": fault.column}
        ]
    return list(found["findings"])


def _inputs(challenge: Challenge) -> list[tuple[str, str]]:
    """What predictions are made from: of code the hidden inputs, whose rows the answers belong to."""
    if challenge.takes == Challenge.Takes.CODE:
        hidden = challenge.hidden_inputs.order_by("id")
        return [(one.filename, str(files.local_path(one.blob_id))) for one in hidden]
    return _files(challenge, "test")


def _files(challenge: Challenge, part: str) -> list[tuple[str, str]]:
    found = challenge.dataset.files.filter(part=part).order_by("id") if challenge.dataset else ()
    return [(file.filename, str(files.local_path(file.blob_id))) for file in found]


def _keep(challenge: Challenge, findings: list[dict[str, Any]], parts: str) -> None:
    """Write the findings; the hosts are told when one of them would decide the challenge."""
    Challenge.objects.filter(pk=challenge.pk).update(
        findings=findings, findings_of=parts, findings_at=clock.now()
    )
    challenge.findings, challenge.findings_of = findings, parts
    if readiness.check_state(challenge) == "stops":
        url = f"/challenges/{challenge.slug}/manage/checks"
        notices.notify(
            challenge.hosts.all(), notices_hosting.LEAKS, url=url, params=title_words(challenge.problem)
        )


def give_up(subjects: list[UUID]) -> None:
    """Checks that broke three times: the page says so; it can be tried again, or opened with a reason."""
    failed: dict[str, Any] = {"code": FAILED, "severity": "stop", "params": {}, "column": None}
    for challenge in Challenge.objects.select_related("dataset", "answers").filter(uid__in=subjects):
        parts = readiness.parts_digest(challenge)
        Challenge.objects.filter(pk=challenge.pk).update(
            findings=[failed], findings_of=parts, findings_at=clock.now()
        )


@transaction.atomic
def open_all_the_same(*, by: people.Person, challenge: Challenge, reason: str) -> Challenge:
    """Write down why the challenge may open in spite of what was found, or without having looked.

    It counts for the parts as they are now; a change of one of them asks again. The secretariat reads it at the opening.
    """
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))
    demand(workflow.has_reason(challenge, {"reason": reason}))
    challenge.findings_reason = reason.strip()[:1000]
    challenge.findings_reason_for = readiness.parts_digest(challenge)
    challenge.save(update_fields=["findings_reason", "findings_reason_for"])
    audit.write(by=by, action="challenge.open_all_the_same", obj=challenge, detail={"reason": reason})
    return challenge
