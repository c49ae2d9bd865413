"""Whether a job is taken, by the hours of its account: what was granted, what is used by now, and what needs none."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from dure.farm import api as farm
from dure.farm.actions import allocations
from dure.farm.clock import close_usage_hours
from dure.farm.hours import seconds_used
from dure.farm.models import Node
from dure.foundation import clock
from dure.foundation.access import Denied
from dure.people.models import Organisation
from tests.factories.accounts import kept_run, node
from tests.factories.farm import machine
from tests.factories.people import client_of, member, organisation, person
from tests.factories.sharing import contributed, granted, secretary

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def asks(
    firm: Organisation | None,
    *,
    project: str = "speech",
    hours: float = 0.1,
    job_class: str = "normal",
    **needs: int,
) -> str:
    """Hand a job in; the reason why it is refused, or nothing."""
    limits = farm.Limits(cores=needs.pop("cores", 1), wall_seconds=round(hours * 3600))
    types = {name.replace("_", ":"): count for name, count in needs.items()}
    spec = farm.JobSpec(command=("/usr/bin/true",), limits=limits, accelerators=types)
    try:
        farm.submit(spec, name="j", organisation=firm, project=project, job_class=farm.Job.Class(job_class))
    except Denied as denied:
        return denied.refused.reason
    return ""


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """What ran before an allocation began is not charged to it: just after midnight, runs of some hours would be of yesterday."""
    noon = datetime.combine(clock.today(), time(12), tzinfo=timezone.get_default_timezone())
    with clock.at(noon):
        yield


def used(firm: Organisation, on: Node, *, hours: float, project: str = "speech", **kinds: Any) -> None:
    """Something ran for so long and has just ended."""
    now = clock.now()
    kept_run(
        started=now - hours * HOUR, ended=now, on=on, organisation=firm, project=project, cores=1, **kinds
    )


def test_an_accelerator_needs_hours_and_they_run_out() -> None:
    firm, machine = organisation(), node()
    assert asks(firm, npu_atom=1) == "no_hours_granted"
    granted(firm, hours=10)
    assert asks(firm, npu_atom=1, hours=10) == ""
    assert asks(firm, npu_atom=1, hours=11) == "too_few_hours"
    used(firm, machine, hours=4, accelerators={"npu:atom": 2})
    assert asks(firm, npu_atom=1, hours=2.5) == "too_few_hours"
    assert asks(firm, npu_atom=1, hours=1.9) == ""
    used(firm, machine, hours=1, accelerators={"npu:atom": 2})
    assert asks(firm, npu_atom=1) == "hours_used_up"
    assert asks(firm, gpu_h100=1) == "no_hours_granted"


def test_scavengers_and_the_platform_need_none() -> None:
    firm = organisation()
    assert asks(firm, npu_atom=1, job_class="scavenger") == ""
    assert asks(None, npu_atom=1) == ""


def test_a_giver_uses_what_it_gives() -> None:
    firm = organisation()
    contributed(firm, accelerators={"npu:atom": 8})
    assert asks(firm, npu_atom=1) == ""
    assert asks(firm, gpu_h100=1) == "no_hours_granted"


def test_cores_are_shared_without_hours_but_granted_ones_hold() -> None:
    firm, machine = organisation(), node()
    assert asks(firm, cores=4, hours=100) == ""
    granted(firm, accelerator="", hours=8)
    assert asks(firm, cores=4, hours=2) == ""
    assert asks(firm, cores=4, hours=2.1) == "too_few_hours"
    assert asks(firm, cores=4, hours=100, project="other") == ""
    used(firm, machine, hours=8)
    assert asks(firm) == "hours_used_up"
    assert asks(firm, job_class="evaluation") == ""


def test_hours_for_the_member_hold_where_a_project_has_none_of_its_own() -> None:
    firm, machine = organisation(), node()
    whole = granted(firm, project="", hours=10)
    own = granted(firm, project="speech", hours=5)
    used(firm, machine, hours=2, accelerators={"npu:atom": 1})
    used(firm, machine, hours=3, accelerators={"npu:atom": 1}, project="vision")
    found = {pk: float(seconds) / 3600 for pk, seconds in seconds_used([whole.pk, own.pk]).items()}
    assert found == {whole.pk: pytest.approx(3, abs=0.01), own.pk: pytest.approx(2, abs=0.01)}
    assert asks(firm, npu_atom=1, hours=3.5) == "too_few_hours"
    assert asks(firm, npu_atom=1, hours=6.5, project="vision") == ""


def test_what_is_entered_and_what_ran_since_are_counted_once_each() -> None:
    firm, machine = organisation(), node()
    hours = granted(firm, starts_on=clock.today() - timedelta(days=2), hours=100)
    now = clock.now()
    kept_run(
        started=now - 5 * HOUR,
        ended=None,
        on=machine,
        organisation=firm,
        project="speech",
        accelerators={"npu:atom": 1},
    )
    lost = {"organisation": firm, "project": "speech", "accelerators": {"npu:atom": 1}, "excused": True}
    kept_run(started=now - 3 * HOUR, ended=now - HOUR, on=machine, **lost)  # type: ignore[arg-type]
    before = seconds_used([hours.pk], now=now)[hours.pk]
    close_usage_hours(now)
    after = seconds_used([hours.pk], now=now)[hours.pk]
    assert float(before) == float(after) == pytest.approx(5 * 3600)


def test_revoked_hours_are_gone_at_once() -> None:
    firm = organisation()
    hours = granted(firm)
    allocations.act(hours, "revoke", by=secretary(), data={"reason": "Mined coins."})
    assert asks(firm, npu_atom=1) == "no_hours_granted"


def test_a_project_whose_hours_were_revoked_is_charged_to_those_of_the_member() -> None:
    firm, machine = organisation(), node()
    whole, own = granted(firm, project="", hours=10), granted(firm, project="speech", hours=5)
    used(firm, machine, hours=1, accelerators={"npu:atom": 1})
    allocations.act(own, "revoke", by=secretary(), data={"reason": "The project is over."})
    with clock.at(clock.now() + 3 * HOUR):
        used(firm, machine, hours=2, accelerators={"npu:atom": 1})
        found = {pk: float(seconds) / 3600 for pk, seconds in seconds_used([whole.pk, own.pk]).items()}
        assert found == {whole.pk: pytest.approx(2), own.pk: pytest.approx(1)}
        assert asks(firm, npu_atom=1, hours=8.5) == "too_few_hours"
        assert asks(firm, npu_atom=1, hours=8) == ""


def test_a_refused_job_can_be_asked_for_again_under_its_uid_once_hours_are_there() -> None:
    firm = organisation()
    spec = farm.JobSpec(command=("/usr/bin/true",), accelerators={"npu:atom": 1})
    uid = farm.Job(name="x").uid
    with pytest.raises(Denied, match="no_hours_granted") as denied:
        farm.submit(spec, name="x", organisation=firm, uid=uid)
    assert "npu:atom" in str(denied.value.refused.message)
    assert not farm.Job.objects.exists()
    granted(firm, project="")
    assert farm.submit(spec, name="x", organisation=firm, uid=uid).uid == uid


def test_what_people_hand_in_themselves_is_held_to_the_same_hours() -> None:
    """On the page and over REST, an array counted whole, on the account of the project they name."""
    machine(accelerators={"npu:atom": 8})
    firm, someone = organisation(), person()
    member(someone, firm)
    client = client_of(someone)
    asked = {"name": "j", "command": ["true"], "wall_seconds": 3600, "accelerators": ["npu:atom=1"]}

    def answer(**more: Any) -> tuple[int, str]:
        said = client.post("/api/v1/farm/jobs", {**asked, **more})
        return said.status_code, said.json().get("code", "")

    assert answer() == (403, "no_hours_granted")
    granted(firm, project="speech", hours=3)
    assert answer() == (403, "no_hours_granted")
    assert answer(project="speech", count=4) == (403, "too_few_hours")
    assert answer(project="speech", count=3)[0] == 201
    assert answer(job_class="scavenger")[0] == 201
    assert {job.project for job in farm.Job.objects.all()} == {"speech", ""}
