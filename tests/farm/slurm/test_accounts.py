"""The tree of accounts: what Slurm lacks is told in its own words, and what is not ours is left alone."""

from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from dure.farm import api as farm
from dure.farm.models import SlurmJob
from dure.farm.slurm.accounts import CLASSES, SPARE, Difference, Payer, Tree, differences, tree_of, wanted
from dure.farm.slurm.naming import PLAIN
from dure.farm.slurm.runner import Runner
from dure.farm.slurm.states import Waits, waits_of
from tests.cli.waiting import until
from tests.factories.farm import program
from tests.factories.people import organisation
from tests.farm.engines import SlurmEngine, running

PERSON = UUID("01934d1e-7c00-7000-8000-00000000000a")
LEAF = f"dure.kt.call-1.{PERSON.hex}"


def words(found: list[Difference]) -> list[str]:
    return [" ".join(one.words) for one in found]


def test_an_empty_slurm_hears_of_classes_then_of_parents_then_of_their_children() -> None:
    want = wanted([Payer("kt", "call-1", PERSON)], {("kt",): 2.5})
    assert words(differences(want, Tree(), user="dure")) == [
        "add qos scavenger set Priority=0 UsageFactor=0.25",
        "add qos normal set Priority=1000 Preempt=scavenger",
        "add qos evaluation set Priority=2000 Preempt=scavenger",
        "add qos lab set Priority=3000 Preempt=scavenger",
        "add account dure parent=root",
        "add account dure.kt parent=dure",
        "add account dure.kt.call-1 parent=dure.kt",
        f"add account {LEAF} parent=dure.kt.call-1",
        "modify account dure.kt set fairshare=250",
        "modify account dure.kt.call-1 set fairshare=100",
        f"add user dure account={LEAF} qos=evaluation,lab,normal,scavenger",
    ]
    assert differences(want, want, user="dure") == []


def test_what_differs_is_put_right_and_what_is_not_ours_is_named_or_not_even_seen() -> None:
    want = wanted([Payer("kt", "call-1", PERSON)])
    have = tree_of(
        "root|||normal|1\nchemistry|root||normal|1\ndure|root|||1\ndure.kt|chemistry|||7\ndure.gone|dure|||1\n"
        f"dure.kt.call-1|dure.kt|||100\n{LEAF}|dure.kt.call-1|||1\n{LEAF}||dure|normal|1\n{LEAF}||somebody|lab|1\n",
        "normal|\nscavenger|\nevaluation|scavenger\nlab|other,scavenger\n",
        user="dure",
    )
    found = differences(want, have, user="dure")
    assert words(found) == [
        "modify qos normal set Preempt=scavenger",
        "modify account dure.kt set parent=dure",
        "modify account dure.kt set fairshare=100",
        f"modify user where user=dure account={LEAF} set qos=evaluation,lab,normal,scavenger",
        "",
    ]
    assert found[-1] == Difference("unknown", ("dure.gone",))


@given(st.lists(st.builds(Payer, st.text(max_size=70), st.text(max_size=90), st.none() | st.uuids())))
def test_whatever_they_are_called_accounts_are_plain_and_differ_as_their_payers_do(
    payers: list[Payer],
) -> None:
    accounts = {payer.account for payer in payers}
    assert len(accounts) == len(set(payers))
    assert all(PLAIN.fullmatch(account) for account in accounts)


def test_the_class_that_gives_way_is_told_first() -> None:
    assert next(iter(CLASSES)) == SPARE
    assert set(CLASSES) == {one.value for one in farm.Job.Class}


def told(*words: str) -> str:
    said = StringIO()
    call_command("slurm_accounts", *words, stdout=said)
    return said.getvalue()


@pytest.mark.slurm
@pytest.mark.django_db(transaction=True)
def test_a_dry_run_prints_and_changes_nothing_and_applied_it_is_done(slurm: SlurmEngine) -> None:
    member = organisation(slug="dry-run")
    farm.submit(program("print(1)"), name="asked", organisation=member, project="연구 과제")
    first = told()
    assert "add account dure.dry-run" in first
    assert "nothing was changed" in first
    assert told() == first
    told("--apply")
    assert "Slurm has all of it." in told()
    assert "dure.dry-run" in slurm.cluster.run("sacctmgr", "-n", "-P", "show", "account", "format=account")


@pytest.mark.slurm
@pytest.mark.sandbox
@pytest.mark.django_db(transaction=True)
def test_a_job_on_an_account_that_slurm_does_not_know_waits_until_it_does(
    slurm: SlurmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.farm.slurm.handing.AGAIN_AFTER", timedelta(seconds=1))
    with running(slurm) as runner:
        assert isinstance(runner, Runner)
        job = farm.submit(program("print(1)"), name="new", organisation=organisation(slug="newcomer"))
        until(lambda: SlurmJob.objects.filter(state=SlurmJob.State.REFUSED).exists(), within_s=30)
        row = SlurmJob.objects.get(run__job=job)
        assert waits_of(row.reason) is Waits.NO_ACCOUNT
        assert farm.Job.objects.get(pk=job.pk).state == "queued"
        slurm.know_accounts()
        until(lambda: farm.Job.objects.get(pk=job.pk).state == "done", within_s=60)
    assert list(job.runs.values_list("attempt", "excused")) == [(1, False)]
