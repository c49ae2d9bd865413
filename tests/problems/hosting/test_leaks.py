"""Leak checks before the opening: a planted leak is found, blocks, and can be mended or answered for."""

import io

import pytest

from dure.foundation import leases, notices, workflow
from dure.foundation.access import Denied, Role
from dure.foundation.models import Lease, Notice
from dure.problems import finding_words, readiness
from dure.problems.actions import leaks, preparing
from dure.problems.scoring import LEAKS
from tests.factories.people import person
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db


def codes(challenge: object, severity: str) -> set[str]:
    findings = making.fresh(challenge).findings  # type: ignore[arg-type]  # a row of the database
    return {found["code"] for found in findings if found["severity"] == severity}


def test_a_planted_leak_is_found_told_and_blocks() -> None:
    challenge, host = making.prepared(leak=True)
    making.score_all()
    challenge = making.fresh(challenge)
    assert {"answers_reachable", "single_feature"} <= codes(challenge, "stop")
    assert readiness.check_state(challenge) == "stops"
    told = finding_words.tell_all(challenge.findings)
    assert told[0].severity == "stop"
    assert {one.column for one in told if one.severity == "stop"} == {"gauge"}
    assert all(one.advice for one in told if one.severity == "stop")
    assert Notice.objects.filter(kind="problems.leaks", person=host).count() == 1
    assert any("checks" in todo.url for todo in notices.todos(host))
    with pytest.raises(Denied, match="not_ready"):
        workflow.perform(challenge, "open", by=host)


def test_mending_the_file_clears_the_finding() -> None:
    challenge, host = making.prepared(leak=True)
    making.score_all()
    _train, test, _sample, _answers = making.columns(leak=False)
    preparing.put_file(
        by=host, challenge=making.fresh(challenge), part="test", filename="test.csv", stream=io.BytesIO(test)
    )
    assert readiness.check_state(making.fresh(challenge)) == "stale"
    making.score_all()
    assert readiness.check_state(making.fresh(challenge)) == "clear"
    assert codes(challenge, "stop") == set()


def test_a_reason_opens_all_the_same_and_the_secretariat_reads_it() -> None:
    secretary = person(roles=[Role.SECRETARIAT])
    challenge, host = making.prepared(leak=True)
    making.score_all()
    challenge = making.fresh(challenge)
    with pytest.raises(Denied, match="no_reason"):
        leaks.open_all_the_same(by=host, challenge=challenge, reason="  ")
    with pytest.raises(Denied, match="not_host"):
        leaks.open_all_the_same(by=person(), challenge=challenge, reason="I want it")
    leaks.open_all_the_same(by=host, challenge=challenge, reason="The gauge is read when it is cast.")
    assert workflow.perform(challenge, "open", by=host).state == "open"
    notice = Notice.objects.get(kind="problems.opened_with_findings", person=secretary)
    assert "The gauge is read" in notices.text(notice)


def test_a_reason_counts_only_for_what_it_was_given_for() -> None:
    challenge, host = making.prepared(leak=True)
    making.score_all()
    leaks.open_all_the_same(by=host, challenge=making.fresh(challenge), reason="It is known.")
    preparing.choose_metric(by=host, challenge=making.fresh(challenge), metric="mae")
    assert readiness.check_state(making.fresh(challenge)) == "stale"


def test_a_baseline_above_the_target_is_found_once_it_is_scored() -> None:
    challenge, host = making.prepared()
    preparing.choose_metric(by=host, challenge=challenge, metric="rmse", target=50.0)
    making.baseline(making.fresh(challenge))
    making.score_all()
    assert "target_reached" in codes(challenge, "stop")


def test_checks_that_break_leave_a_stop_and_can_be_run_again() -> None:
    challenge, host = making.prepared()
    for _ in range(leases.MAX_ATTEMPTS):
        (claimed,) = leases.claim(kind=LEAKS, worker="broken")
        leases.lose(claimed)
    assert codes(challenge, "stop") == {"check_failed"}
    leaks.ask(by=host, challenge=making.fresh(challenge))
    making.score_all()
    assert readiness.check_state(making.fresh(challenge)) == "clear"


def test_a_late_attempt_writes_nothing() -> None:
    challenge, _host = making.prepared()
    (lost,) = leases.claim(kind=LEAKS, worker="lost")
    Lease.objects.filter(kind=LEAKS).update(state="queued", attempt=5)
    leaks.check_claimed(lost)
    assert making.fresh(challenge).findings_of == ""
