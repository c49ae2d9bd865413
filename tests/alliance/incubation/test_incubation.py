"""A batch from the call to the graduation with time moved forward; who decides, who judges, who reads."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dure.alliance.incubation import applying, batches, by_date, judging, leaving, queries, walking
from dure.alliance.models import IncubationBatch, PitchScore, StartupCase, StartupCheckpoint
from dure.foundation import clock, notices, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people import api as people_api
from tests.factories import agreements, people, startups

pytestmark = pytest.mark.django_db
FIGURES = {"revenue": Decimal(1_000_000), "currency": "KRW", "staff": 4, "customers": 2, "words": ""}


def told(person: Any, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=f"alliance.{kind}").count()


def waits(person: Any) -> list[str]:
    return [one.url for one in notices.todos(person) if "/startups/" in one.url]


def refused(row: Any, action: str, by: Any, **data: Any) -> str:
    with pytest.raises(Denied) as error:
        workflow.perform(row, action, by=by, data=data)
    return error.value.refused.reason


def selecting(*cases: str, **changed: Any) -> tuple[Any, IncubationBatch, list[StartupCase]]:
    """The desk, a batch whose call is over, and startups with these names that the jury has heard."""
    desk, batch = agreements.secretary(), startups.called(**changed)
    found = [startups.heard(startups.applied(batch, name_en=name)) for name in cases or ("One",)]
    return desk, workflow.perform(after_the_call(batch), "close", by=desk_of_time()), found


def after_the_call(batch: IncubationBatch) -> IncubationBatch:
    IncubationBatch.objects.filter(pk=batch.pk).update(apply_until=clock.today() - timedelta(days=1))
    return IncubationBatch.objects.get(pk=batch.pk)


def desk_of_time() -> Any:
    from dure.foundation.access import SYSTEM  # noqa: PLC0415

    return SYSTEM


def test_a_batch_is_walked_from_the_call_to_what_it_ends_with() -> None:
    desk, mentor = agreements.secretary(), people.person()
    batch = startups.called(seats=2)
    cases = [startups.applied(batch, name_en=f"Startup {number}") for number in range(4)]
    first, second, third, last = cases
    assert told(desk, "startup_applied") == 4
    jurors = startups.jury_of(batch)
    assert len(waits(jurors[0])) == 4
    for case in (first, second, third):
        startups.heard(case)
    assert refused(first, "select", desk) == "batch_not_selecting"
    assert by_date.close(clock.now()) == 0
    with startups.at(batch.apply_until + timedelta(days=1)):
        assert by_date.close(clock.now()) == 1
        assert by_date.close(clock.now()) == 0
        assert len(waits(desk)) == 3
        assert refused(last, "select", desk) == "pitch_too_few_jurors"
        for case in (first, second):
            workflow.perform(case, "select", by=desk)
        assert refused(third, "select", desk) == "batch_no_seat"
        assert refused(batch_now(batch), "begin", desk) == "batch_undecided"
        for case in (third, last):
            workflow.perform(case, "reject", by=desk, data={"reason": "Two seats"})
    with startups.at(batch.starts_on):
        assert refused(first, "admit", desk) == "startup_not_ready"
        workflow.perform(batch, "begin", by=desk)
        startups.moved_in(first, mentor, desk)
        startups.moved_in(second, mentor, desk)
    months = list(first.checkpoints.order_by("number"))
    assert [one.number for one in months] == [1, 2, 3]
    walk_a_month(months[0], mentor)
    late_month(months[1], mentor, desk)
    present_and_graduate(first, second, desk)


def walk_a_month(month: StartupCheckpoint, mentor: Any) -> None:
    """Reminded of once, figures from the founder, a log from the mentor: in time."""
    founder: Any = month.case.founder
    with startups.at(month.due_on - timedelta(days=7)):
        assert by_date.remind(clock.now()) == 2
        assert by_date.remind(clock.now()) == 0
        assert (told(founder, "checkpoint_soon"), told(mentor, "checkpoint_soon")) == (1, 2)
        assert [len(waits(one)) for one in (founder, mentor)] == [1, 2]
        walking.report(month, by=founder, given=FIGURES)
        assert waits(founder) == []
        with pytest.raises(Denied):
            walking.report(month, by=mentor, given=FIGURES)
    with startups.at(month.due_on):
        assert refused(month, "log", mentor) == "checkpoint_no_log"
        workflow.perform(month, "log", by=mentor, data={"log": "Two pilots agreed."})
        assert told(founder, "startup_logged") == 1
        assert by_date.late(clock.now()) == 0


def late_month(month: StartupCheckpoint, mentor: Any, desk: Any) -> None:
    """The day passes: late, told once, held after all, and the flag stays."""
    with startups.at(month.due_on + timedelta(days=1)):
        assert by_date.late(clock.now()) == 3
        assert by_date.late(clock.now()) == 0
        assert told(desk, "checkpoint_late") == 3
        assert [one.__dict__["is_late"] for one in queries.cases(desk, month.case.batch)][:2] == [True, True]
        workflow.perform(month, "log", by=mentor, data={"log": "No time to sell."})
    month.refresh_from_db()
    assert (month.state, month.was_late) == ("done", True)


def present_and_graduate(first: StartupCase, second: StartupCase, desk: Any) -> None:
    """One graduates with a proof of concept, one is extended once and then leaves."""
    batch = first.batch
    assert refused(first, "demo", desk) == "demo_day_ahead"
    with startups.at(batch.demo_on):
        for case in (first, second):
            workflow.perform(case, "demo", by=desk)
        assert refused(first, "graduate", desk, outcome="poc") == "startup_no_outcome"
        done = workflow.perform(first, "graduate", by=desk, data={"outcome": "poc", "words": "Line 3"})
        assert (done.state, done.checkpoints.filter(state="dropped").count()) == ("graduated", 1)
        until = batch.ends_on + timedelta(days=61)
        why = {"reason": "A pilot is under way", "until": until}
        longer = workflow.perform(second, "extend", by=desk, data=why)
        assert longer.checkpoints.count() == 5
        workflow.perform(longer, "demo", by=desk)
        more = why | {"until": until + timedelta(days=30)}
        assert refused(longer, "extend", desk, **more) == "startup_extended_before"
        assert refused(batch_now(batch), "end", desk) == "batch_not_over"
        workflow.perform(longer, "exit", by=desk, data={"reason": "Sold to a partner"})
        assert workflow.perform(batch_now(batch), "end", by=desk).state == "ended"


def batch_now(batch: IncubationBatch) -> IncubationBatch:
    return IncubationBatch.objects.get(pk=batch.pk)


def test_of_two_officers_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    desk, _batch, (case,) = selecting()
    seen_by_both = StartupCase.objects.get(pk=case.pk)
    workflow.perform(case, "select", by=desk)
    with pytest.raises(Denied) as late:
        workflow.perform(seen_by_both, "reject", by=agreements.secretary(), data={"reason": "No"})
    assert late.value.conflict
    client = people.client_of(agreements.secretary())
    answer = client.post(f"/startups/{case.uid}/act", {"action": "reject", "reason": "No"})
    assert answer.status_code in {403, 409}
    assert StartupCase.objects.get(pk=case.pk).state == "selected"


def test_a_juror_who_is_too_near_sees_it_no_more_until_it_is_decided_and_their_points_are_gone() -> None:
    batch = startups.called()
    case = startups.heard(startups.applied(batch))
    near, other = startups.jury_of(batch)
    client = people.client_of(near)
    page = f"/startups/{case.uid}/pitch"
    assert client.get(page).status_code == 200
    assert client.post(page, {"near": "1"}).status_code == 302
    assert client.get(page).status_code == 404
    assert client.get(f"/startups/{case.uid}").status_code == 404
    assert "Sample Sound" not in client.get(f"/incubation/{batch.uid}").content.decode()
    judged = judging.of_case(case)
    assert (judged.near, [one.juror for one in judged.scores]) == (1, [other])
    with pytest.raises(Denied):
        judging.score(case, by=near, points=[1, 1, 1])
    officer = people.person(roles=["secretariat"])
    IncubationBatch.objects.get(pk=batch.pk).jurors.create(person=officer)
    judging.declare(case, by=officer)
    assert not StartupCase.objects.visible_to(officer).exists()
    with pytest.raises(Denied):
        workflow.perform(case, "reject", by=officer, data={"reason": "No"})


def test_points_are_read_by_the_desk_and_the_own_ones_by_a_juror_and_never_by_the_founder() -> None:
    batch = startups.called()
    founder = people.person()
    case = startups.applied(batch, by=founder)
    one, other = startups.jury_of(batch)
    client = people.client_of(one)
    page = f"/startups/{case.uid}/pitch"
    assert client.post(page, {"line0": 41, "line1": 0, "line2": 0}).status_code == 422
    assert client.post(page, {"line0": 40, "line1": 30, "line2": 30, "words": "Bright"}).status_code == 302
    judging.score(case, by=other, points=[20, 15, 15], words="Dim")
    assert "Dim" not in client.get(page).content.decode()
    assert people.client_of(founder).get(page).status_code == 404
    shown = people.client_of(agreements.secretary()).get(page).content.decode()
    assert "75.00" in shown
    assert "25.00" in shown
    answer = people.client_of(agreements.secretary()).get(f"/api/v1{page}").json()
    assert (answer["mean_exact"], answer["count"], answer["own"]) == ("75", 2, [])
    with pytest.raises(Denied):
        judging.score(case, by=people.person(), points=[1, 1, 1])
    applying.apply(batch, by=founder, given=startups.application(pitch="Another one"))
    assert not PitchScore.objects.filter(case=case).exists()


def test_who_applied_no_member_learns_and_who_was_taken_in_members_know_by_name_alone() -> None:
    desk, batch, (case,) = selecting()
    rival, stranger = people.representative(people.organisation()), people.person()
    assert people.client_of(rival).get(f"/startups/{case.uid}").status_code == 404
    workflow.perform(case, "select", by=desk)
    workflow.perform(batch, "begin", by=desk)
    mentor = people.person()
    startups.moved_in(case, mentor, desk)
    shown = people.client_of(rival).get(f"/startups/{case.uid}").content.decode()
    assert "Listens to small factories." in shown
    assert "Machines tell when they break." not in shown
    assert people.client_of(rival).get(f"/startups/{case.uid}/checkpoints").status_code == 404
    assert people.client_of(stranger).get(f"/startups/{case.uid}").status_code == 404
    inside = people.client_of(mentor).get(f"/startups/{case.uid}").content.decode()
    assert "Machines tell when they break." in inside
    body = people.client_of(rival).get(f"/api/v1/startups/{case.uid}").json()
    assert (body["is_inside"], body["pitch"], body["actions"]) == (False, "", [])


def test_a_batch_that_is_called_off_takes_its_startups_along() -> None:
    desk, batch, (one, other) = selecting("One", "Other")
    workflow.perform(one, "select", by=desk)
    workflow.perform(other, "select", by=desk)
    workflow.perform(batch, "begin", by=desk)
    startups.moved_in(one, people.person(), desk)
    workflow.perform(batch, "cancel", by=desk, data={"reason": "No money"})
    found = {case.name_en: (case.state, case.reason) for case in StartupCase.objects.all()}
    assert found == {"One": ("exited", "No money"), "Other": ("rejected", "No money")}
    assert not StartupCheckpoint.objects.exclude(state="dropped").exists()


def test_a_founder_applies_on_pages_once_and_changes_it_while_the_call_is_open() -> None:
    batch = startups.called()
    founder = people.person(language="en")
    client = people.client_of(founder)
    page = f"/incubation/{batch.uid}/apply"
    form = startups.application(fields_of=["speech"])
    empty = client.post(page, {**form, "pitch": "", "name_ko": "", "name_en": "", "site": "x"})
    assert (empty.status_code, len(empty.context["form"].errors)) == (422, 3)
    assert client.post(page, form).status_code == 302
    assert client.post(page, {**form, "name_en": "Another name"}).status_code == 302
    case = StartupCase.objects.get()
    assert case.name_en == "Another name"
    assert client.post(f"/startups/{case.uid}/act", {"action": "withdraw"}).status_code == 302
    with pytest.raises(Denied):
        applying.apply(batch, by=founder, given=startups.application())
    with startups.at(batch.apply_until + timedelta(days=1)), pytest.raises(Denied):
        startups.applied(batch)


def test_the_desk_makes_a_batch_on_pages_and_is_told_all_that_is_missing() -> None:
    desk = agreements.secretary()
    client = people.client_of(desk)
    form = startups.batch_said(rubric="")
    assert client.post("/incubation/new", form | {"demo_on": form["apply_until"]}).status_code == 422
    assert client.post("/incubation/new", form).status_code == 302
    batch = IncubationBatch.objects.get()
    page = f"/incubation/{batch.uid}"
    assert refused(batch, "open", desk) == "batch_not_ready"
    assert client.post(f"{page}/edit", startups.batch_said(rubric="broken")).status_code == 422
    assert client.post(f"{page}/edit", startups.batch_said()).status_code == 302
    for juror in (people.person(), people.person()):
        assert client.post(f"{page}/jury", {"address": juror.email}).status_code == 302
    assert client.post(f"{page}/jury", {"address": juror.email}).status_code == 422
    assert client.post(f"{page}/act", {"action": "open"}).status_code == 302
    assert people.client_of(people.person()).get(page).status_code == 200
    with pytest.raises(Denied):
        batches.change(batch, by=desk, given=startups.batch_said())
    until = batch.apply_until + timedelta(days=30)
    assert client.post(f"{page}/act", {"action": "extend", "until": until}).status_code == 403


def test_figures_that_say_nothing_or_cannot_be_are_refused() -> None:
    desk, batch, (case,) = selecting()
    workflow.perform(case, "select", by=desk)
    workflow.perform(batch, "begin", by=desk)
    startups.moved_in(case, people.person(), desk)
    month, founder = case.checkpoints.order_by("number")[0], case.founder
    assert founder is not None
    nothing = dict.fromkeys(("revenue", "staff", "customers")) | {"currency": "KRW", "words": " "}
    for wrong in (nothing, FIGURES | {"revenue": Decimal("1.5")}, FIGURES | {"currency": "XXX"}):
        with pytest.raises(Faulty):
            walking.report(month, by=founder, given=wrong)
    client = people.client_of(founder)
    page = f"/startups/{case.uid}/checkpoints/1"
    assert client.post(page, {"revenue": "5000", "currency": "KRW", "staff": 3}).status_code == 302
    assert client.get(page).status_code == 200
    assert client.get(f"/startups/{case.uid}/checkpoints/9").status_code == 404


def test_a_deleted_account_leaves_the_startup_without_a_name_and_its_points_go() -> None:
    batch = startups.called()
    case = startups.heard(startups.applied(batch))
    founder, juror = case.founder, startups.jury_of(batch)[0]
    assert founder is not None
    assert len(leaving.exported(founder)["founded"]) == 1
    assert leaving.exported(juror)["judged"][0]["points"] == [40, 30, 30]
    for one in (founder, juror):
        leaving.forget(people_api.AccountDeleted(person=one.pk))
    assert StartupCase.objects.get().founder is None
    assert PitchScore.objects.count() == 1


def test_pages_take_at_most_twelve_queries(django_assert_max_num_queries: Any) -> None:
    desk, batch, cases = selecting("One", "Two", "Three", seats=3)
    mentor = people.person()
    for case in cases:
        workflow.perform(case, "select", by=desk)
    workflow.perform(batch, "begin", by=desk)
    for case in cases:
        startups.moved_in(case, mentor, desk)
    own = f"/startups/{cases[0].uid}"
    pages = ["/incubation", f"/incubation/{batch.uid}", own, f"{own}/pitch", f"{own}/checkpoints"]
    for reader in (desk, mentor):
        client = people.client_of(reader)
        for address in [*pages, f"{own}/checkpoints/1", f"/api/v1{own}", f"/api/v1{own}/checkpoints"]:
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code in {200, 404}
