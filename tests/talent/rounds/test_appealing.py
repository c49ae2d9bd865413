"""Appeals against a round: who answers, what a correction changes, that the lottery stays, and who keeps what they had."""

import json
from datetime import timedelta
from typing import Any

import pytest

from dure.engines import placement
from dure.engines.faults import Faulty
from dure.foundation import clock, files, workflow
from dure.foundation.access import Denied
from dure.foundation.models import AuditEntry, Notice
from dure.people.models import Person
from dure.talent import tasks
from dure.talent.models import (
    PlacementDecision,
    RoundAppeal,
    RoundChoice,
    RoundCorrection,
    RoundEntry,
    RoundResult,
    RoundSeat,
)
from dure.talent.rounds import appealing, correcting, deciding, queries, rerunning
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
WHY = "The list of classes\nhad two lines swapped."


def content_of(result: RoundResult) -> bytes:
    with files.open_blob(result.file_id) as content:
        return content.read()


class Decided:
    """A decided round with two seats, of one place each, and three people who rank them alike; the classes decide."""

    def __init__(self, *, state: str = "decided") -> None:
        found = rounds.draft()
        self.best, self.next = rounds.seat(found), rounds.seat(found)
        found = rounds.opened(found)
        self.entries = [rounds.ranked(found, [self.best], [self.next]) for _ in range(3)]
        for place, entry in enumerate(self.entries, start=1):
            RoundChoice.objects.filter(entry=entry).update(priority=place)
        self.round = rounds.solved(found)
        self.manager = rounds.representative(found.organisation)
        self.desk = people.person(roles=["secretariat"], language="en")
        if state == "decided":
            self.round = workflow.perform(self.round, "decide", by=self.manager)

    def filed(self, entry: RoundEntry) -> RoundAppeal:
        entry = RoundEntry.objects.select_related("person", "decision").get(pk=entry.pk)
        assert entry.person is not None
        return appealing.appeal(self.round, by=entry.person, words="My class is 1.", entry=entry)

    def taken(self, entry: RoundEntry, by: Person | None = None) -> RoundAppeal:
        return appealing.act(self.filed(entry), "take", by=by or self.desk)

    def swapped(self, one: RoundEntry, other: RoundEntry) -> list[correcting.Edit]:
        """Their classes at both seats are each other's."""
        pairs = ((one, other), (other, one))
        return [
            correcting.Ranked(entry, seat, choice.rank, from_other.priority)
            for entry, beside in pairs
            for seat in (self.best, self.next)
            for choice in RoundChoice.objects.filter(entry=entry, seat=seat)
            for from_other in RoundChoice.objects.filter(entry=beside, seat=seat)
        ]

    def corrected(self, appeal: RoundAppeal, edits: list[correcting.Edit]) -> RoundCorrection:
        made = correcting.correct(appeal, by=self.desk, edits=edits, reason=WHY)
        tasks.rerun_round(uid=str(made.uid))
        made.refresh_from_db()
        return made

    def seats(self) -> list[RoundSeat | None]:
        return [PlacementDecision.objects.get(entry=entry).seat for entry in self.entries]


def told(kind: str) -> set[Any]:
    return set(Notice.objects.filter(kind=f"talent.{kind}").values_list("person_id", flat=True))


def test_a_correction_runs_the_round_again_with_the_first_lottery() -> None:
    scene = Decided()
    first, _second, third = scene.entries
    before = scene.round.results.get()
    appeal = scene.taken(third)
    made = scene.corrected(appeal, scene.swapped(first, third))
    after = scene.round.results.latest("pk")
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer) == ("upheld", "The list of classes had two lines swapped.")
    assert (after.supersedes, after.seed) == (before, before.seed)
    assert made.result == after
    verdict = placement.verify(content_of(after))
    assert verdict.is_verified
    assert placement.certify(verdict).decode() == after.certificate
    assert placement.original_faults(verdict, before.certificate.encode()) == []
    said = json.loads(after.certificate)
    assert said["original"]["inputs_sha256"] == before.inputs_sha256 == scene.round.inputs_sha256
    assert said["corrections"] == [{"sha256": made.sha256, "reason": appeal.answer}]
    assert {tuple(row["row"][:2]): (row["before"], row["after"]) for row in made.rows} == {
        ("choice", first.pseudonym): ([2, 1], [2, 3]),
        ("choice", third.pseudonym): ([2, 3], [2, 1]),
    }
    entry = AuditEntry.objects.get(action="placement_round.corrected")
    assert (entry.actor_id, entry.detail["rows"]) == (scene.desk.pk, made.rows)


def test_who_is_better_placed_moves_nobody_loses_a_seat_and_others_hear_nothing() -> None:
    scene = Decided()
    first, second, third = scene.entries
    assert scene.seats() == [scene.best, scene.next, None]
    scene.corrected(scene.taken(third), scene.swapped(first, third))
    assert scene.seats() == [scene.best, scene.next, scene.best]
    assert third.person is not None
    assert told("round_corrected") == {third.person.pk}
    assert told("round_appeal_answered") == {third.person.pk}
    kept, same, moved = (queries.outcome(entry).corrected for entry in (first, second, third))
    assert kept is not None
    assert moved is not None
    assert (kept.is_kept, kept.found, same) == (True, None, None)
    assert (moved.is_kept, moved.before, moved.found) == (False, None, scene.best)
    assert queries.places_by_hand(scene.round) == {"changed": 0, "seated": 3, "beyond": 1}


def test_before_it_is_decided_the_corrected_result_is_what_is_confirmed() -> None:
    scene = Decided(state="solved")
    first, _second, third = scene.entries
    appeal = scene.taken(third)
    made = correcting.correct(appeal, by=scene.desk, edits=scene.swapped(first, third), reason=WHY)
    with pytest.raises(Denied, match="round_being_corrected"):
        workflow.perform(scene.round, "decide", by=scene.manager)
    tasks.rerun_round(uid=str(made.uid))
    workflow.perform(scene.round, "decide", by=scene.manager)
    assert scene.seats() == [None, scene.next, scene.best]
    assert told("round_corrected") == set()


def test_a_second_correction_stands_on_the_first_and_the_file_holds_both() -> None:
    scene = Decided()
    first, second, third = scene.entries
    scene.corrected(scene.taken(third), scene.swapped(first, third))
    appeal = appealing.appeal(
        scene.round,
        by=rounds.representative(scene.next.opening.organisation),
        words="There are two seats.",
        organisation=scene.next.opening.organisation,
    )
    made = scene.corrected(appealing.act(appeal, "take", by=scene.desk), [correcting.Seats(scene.next, 2)])
    assert made.fault == {}
    verdict = placement.verify(content_of(scene.round.results.latest("pk")))
    assert verdict.is_verified
    assert verdict.original is not None
    assert len(verdict.original.corrections) == 2
    assert scene.seats() == [scene.best, scene.next, scene.best]
    assert second.person is not None
    assert second.person.pk not in told("round_corrected")
    assert scene.round.results.count() == 3


def test_run_twice_a_correction_is_run_once_and_rows_changed_behind_its_back_stop_it() -> None:
    scene = Decided()
    first, _second, third = scene.entries
    appeal = scene.taken(third)
    edits = scene.swapped(first, third)
    RoundChoice.objects.filter(entry=first, seat=scene.best).update(rank=7)
    made = correcting.correct(appeal, by=scene.desk, edits=edits[1:2], reason=WHY)
    tasks.rerun_round(uid=str(made.uid))
    made.refresh_from_db()
    appeal.refresh_from_db()
    assert (made.fault["code"], appeal.state, scene.round.results.count()) == (
        "round_not_rerun",
        "in_review",
        1,
    )
    assert told("round_not_rerun") == {scene.desk.pk}
    RoundChoice.objects.filter(entry=first, seat=scene.best).update(rank=1)
    again = scene.corrected(appeal, scene.swapped(first, third))
    assert again.result is not None
    assert rerunning.run(again.uid) is None
    assert scene.round.results.count() == 2


def test_who_is_concerned_answers_no_appeal() -> None:
    scene = Decided(state="solved")
    first, second, third = scene.entries
    deciding.override(second, by=scene.manager, seat=None, reason="Fell ill.")
    scene.round = workflow.perform(scene.round, "decide", by=scene.manager)
    assert third.person is not None
    people.member(third.person, scene.round.organisation, "representative")
    own, beside = scene.filed(third), scene.filed(second)
    for appeal, by in ((own, third.person), (beside, third.person), (beside, scene.manager)):
        with pytest.raises(Denied, match="round_appeal_concerned"):
            appealing.act(appeal, "take", by=by)
    with pytest.raises(Denied, match="not_round_reviewer"):
        appealing.act(own, "take", by=rounds.representative(scene.best.opening.organisation))
    taken = appealing.act(own, "take", by=scene.manager)
    with pytest.raises(Denied, match="round_appeal_of_another"):
        correcting.correct(taken, by=scene.desk, edits=scene.swapped(first, third), reason=WHY)
    assert third.person.pk not in told("round_appealed")


def test_one_appeals_once_within_fourteen_days_for_ones_own_side() -> None:
    scene = Decided()
    first, _second, third = scene.entries
    made = scene.filed(third)
    with pytest.raises(Denied, match="round_appealed_already"):
        scene.filed(third)
    assert made.by is not None
    appealing.act(made, "withdraw", by=made.by)
    assert scene.filed(third).state == "filed"
    stranger = people.person()
    with pytest.raises(Denied, match="round_no_part"):
        appealing.appeal(scene.round, by=stranger, words="w", entry=first)
    elsewhere = people.organisation()
    by = rounds.representative(elsewhere)
    with pytest.raises(Denied, match="round_no_part"):
        appealing.appeal(scene.round, by=by, words="w", organisation=elsewhere)
    with clock.at(clock.now() + timedelta(days=15)), pytest.raises(Denied, match="round_appeal_too_late"):
        scene.filed(first)


def test_what_people_decided_by_hand_is_answered_with_another_place() -> None:
    scene = Decided(state="solved")
    first, _second, third = scene.entries
    deciding.override(third, by=scene.manager, seat=None, reason="No room.")
    found = workflow.perform(
        scene.round, "take_by_hand", by=scene.manager, data={"reason": "The host asked."}
    )
    scene.round = workflow.perform(found, "decide", by=scene.manager)
    appeal = scene.taken(third)
    with pytest.raises(Denied, match="round_by_hand"):
        correcting.correct(appeal, by=scene.desk, edits=scene.swapped(first, third), reason=WHY)
    appealing.give(appeal, by=scene.desk, seat=scene.best, reason="There was room.")
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer) == ("upheld", "There was room.")
    assert scene.seats() == [None, None, scene.best]


@pytest.mark.parametrize("case", ["nothing", "range", "reserve", "unknown", "no reason"])
def test_a_correction_that_cannot_be_is_refused(case: str) -> None:
    scene = Decided()
    third = scene.entries[2]
    appeal = scene.taken(third)
    RoundSeat.objects.filter(pk=scene.best.pk).update(
        limits=[{"group": "region:KR-26", "reserve": 1, "quota": None}]
    )
    scene.best.refresh_from_db()
    edits: dict[str, tuple[list[correcting.Edit], str, str]] = {
        "nothing": ([correcting.Seats(scene.best, 1)], WHY, "round_correction_empty"),
        "range": ([correcting.Ranked(third, scene.best, 0, 1)], WHY, "round_rank_range"),
        "reserve": ([correcting.Seats(scene.best, 0)], WHY, "placement_reserve_over_capacity"),
        "unknown": ([correcting.Belongs(third, "nobody", "")], WHY, "round_institution_unknown"),
        "no reason": ([correcting.Seats(scene.next, 2)], " ", "no_reason"),
    }
    rows, reason, code = edits[case]
    with pytest.raises(Faulty) as refused:
        correcting.correct(appeal, by=scene.desk, edits=rows, reason=reason)
    assert code in {fault.code for fault in refused.value.faults}


def test_appeal_correction_and_certificates_on_pages() -> None:
    scene = Decided()
    first, _second, third = scene.entries
    assert third.person is not None
    url = f"/placement-rounds/{scene.round.uid}"
    theirs, desk = people.client_of(third.person), people.client_of(scene.desk)
    filed = theirs.post(f"{url}/appeals", {"side": "0", "words": "My class is 1."})
    appeal = RoundAppeal.objects.get()
    assert filed["Location"] == f"/placement-appeals/{appeal.uid}"
    page = f"/placement-appeals/{appeal.uid}"
    assert "Look at an appeal against a round" in desk.get("/").content.decode()
    assert people.client_of(people.person()).get(page).status_code == 404
    assert first.person is not None
    assert people.client_of(first.person).get(page).status_code == 404
    assert theirs.get(f"{page}/correction").status_code == 403
    desk.post(f"{page}/act", {"action": "take"})
    form = desk.get(f"{page}/correction").context["form"]
    given = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    assert desk.post(f"{page}/correction", given | {"reason": "Swapped."}).status_code == 422
    given |= {f"class_{scene.best.uid.hex}": 1, "reason": "Class 1 was read as 3."}
    assert desk.post(f"{page}/correction", given).status_code == 302
    made = RoundCorrection.objects.get()
    assert [(row["before"], row["after"]) for row in made.rows] == [([1, 3], [1, 1])]


def test_the_superseded_certificate_stays_and_rest_says_the_same() -> None:
    scene = Decided()
    first, _second, third = scene.entries
    appeal = scene.taken(third)
    desk = people.client_of(scene.desk)
    path = f"/api/v1/placement-appeals/{appeal.uid}"
    choices = [
        {"entry": entry.pseudonym, "seat": str(scene.best.uid), "rank": 1, "priority": priority}
        for entry, priority in ((first, 3), (third, 1))
    ]
    body = json.dumps({"reason": "Swapped.", "choices": choices})
    answer = desk.post(f"{path}/correction", body, content_type="application/json")
    assert answer.status_code == 201
    tasks.rerun_round(uid=answer.json()["uid"])
    assert desk.get(path).json()["corrections"][0]["is_run"] is True
    assert first.person is not None
    assert third.person is not None
    assert people.client_of(third.person).get(path).json()["corrections"] == []
    url = f"/placement-rounds/{scene.round.uid}"
    runs = desk.get(f"/api/v1{url}/runs").json()
    assert [one["is_superseded"] for one in runs] == [True, False]
    reader = people.client_of(people.person(language="en"))
    assert "superseded" in reader.get(f"{url}/certificate?of=1").content.decode()
    assert "Swapped." in reader.get(f"{url}/certificate").content.decode()
    assert reader.get(f"{url}/certificate?of=9").status_code == 404
    old, new = (reader.get(f"/api/v1{url}/certificate?of={of}").json() for of in (1, 2))
    assert (old["seed"], old["inputs_sha256"]) == (new["seed"], new["original"]["inputs_sha256"])
    assert "You keep the seat" in people.client_of(first.person).get(f"{url}/my-result").content.decode()
    assert (
        "run again after a correction"
        in people.client_of(third.person).get(f"{url}/my-result").content.decode()
    )
    for browser in (desk, people.client_of(third.person)):
        assert browser.get(f"/placement-appeals/{appeal.uid}").status_code == 200
        assert browser.get(f"{url}/appeals").status_code == 200
