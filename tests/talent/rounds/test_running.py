"""A round from preparation to decision: frozen, drawn, solved once, verified, decided by people."""

import json
from datetime import timedelta
from typing import Any

import pytest

from dure.engines import placement
from dure.engines.faults import Faulty
from dure.foundation import clock, files, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.models import Notice
from dure.people.events import AccountDeleted
from dure.talent import tasks
from dure.talent.models import PlacementDecision, PlacementRound, RoundChoice, RoundEntry, RoundResult
from dure.talent.rounds import (
    classing,
    closing,
    committing,
    deciding,
    gathering,
    leaving,
    preparing,
    queries,
    solving,
)
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


def filed(found: PlacementRound) -> bytes:
    with files.open_blob(found.results.get().file_id) as content:
        return content.read()


def test_a_round_runs_from_rankings_to_a_decision() -> None:
    found = rounds.draft()
    first, second = rounds.seat(found), rounds.seat(found)
    found = rounds.opened(found)
    entries = [rounds.ranked(found, [first], [second]), rounds.ranked(found, [first], [second])]
    found = rounds.solved(found)
    assert found.state == "solved"
    by = rounds.representative(found.organisation)
    found = workflow.perform(found, "decide", by=by)
    told = [queries.outcome(entry) for entry in entries]
    assert {one.seat for one in told} == {first, second}
    assert not any(one.is_overridden for one in told)
    behind = next(one for one in told if one.seat == second)
    assert behind.lines[0].line["why"] == "full"
    assert behind.lines[0].line["cut_off"] == {"class": 1, "by_lottery": True}
    assert Notice.objects.filter(person=entries[0].person, kind="talent.round_decided").count() == 1


def test_classes_go_before_the_lottery() -> None:
    found = rounds.draft()
    only = rounds.seat(found)
    found = rounds.opened(found)
    entries = [rounds.ranked(found, [only]) for _ in range(6)]
    by = rounds.representative(only.opening.organisation)
    classes = {entry.pseudonym: 2 for entry in entries} | {
        entries[3].pseudonym: 1,
        entries[0].pseudonym: None,
    }
    assert classing.plan(only, classes) == classing.Planned(changed=5, refused=1, same=1)
    assert RoundChoice.objects.filter(priority=1).count() == 6
    assert classing.give(only, by=by, classes=classes) == 5
    workflow.perform(rounds.solved(found), "decide", by=people.person(roles=["secretariat"]))
    assert PlacementDecision.objects.get(seat=only).entry == entries[3]


def test_whoever_ranks_again_keeps_the_class() -> None:
    found = rounds.draft()
    one, other = rounds.seat(found), rounds.seat(found, otherwise=None)
    found = rounds.opened(found)
    entry = rounds.ranked(found, [one])
    classing.give(one, by=rounds.representative(one.opening.organisation), classes={entry.pseudonym: 4})
    again = rounds.ranked(found, [other, one], person=entry.person)
    assert again.pk == entry.pk
    assert set(again.choices.values_list("seat", "rank", "priority")) == {(one.pk, 1, 4), (other.pk, 1, None)}


def test_what_auditors_run_again_names_nobody_and_the_certificate_holds_counts() -> None:
    found = rounds.draft()
    seats = [rounds.seat(found), rounds.seat(found)]
    found = rounds.opened(found)
    entry = rounds.ranked(found, seats)
    found = rounds.solved(found)
    content = filed(found)
    assert entry.pseudonym in content.decode()
    assert entry.person is not None
    assert entry.person.name_en not in content.decode()
    verdict = placement.verify(content)
    assert verdict.is_verified
    result = found.results.get()
    assert placement.certify(verdict).decode() == result.certificate
    assert entry.pseudonym not in result.certificate
    assert json.loads(result.certificate)["counts"]["placed"] == 1


def test_run_twice_the_result_is_the_same_and_is_written_once() -> None:
    found = rounds.draft()
    seats = [rounds.seat(found, seats=2) for _ in range(3)]
    found = rounds.opened(found)
    for at in range(9):
        rounds.ranked(found, [seats[at % 3]], seats[: at % 3])
    found = rounds.revealed(rounds.closed(found))
    secrets = solving.secrets_of(found)
    first, second = solving.work_out(found, secrets), solving.work_out(found, secrets)
    assert first.content == second.content
    assert solving.keep(found, first) is not None
    assert solving.keep(found, second) is None
    tasks.solve_round(uid=str(found.uid))
    assert RoundResult.objects.count() == 1


def test_a_row_changed_after_closing_stops_the_solver() -> None:
    found = rounds.draft()
    only = rounds.seat(found)
    found = rounds.opened(found)
    rounds.ranked(found, [only])
    found = rounds.revealed(rounds.closed(found))
    RoundChoice.objects.update(priority=7)
    with pytest.raises(solving.NotVerified):
        solving.solve(found)
    found.refresh_from_db()
    assert (found.state, found.results.count()) == ("closed", 0)


def test_nothing_solves_before_all_secrets_are_there() -> None:
    found = rounds.draft()
    rounds.seat(found)
    found = rounds.closed(rounds.opened(found))
    kept = found.commitments.first()
    assert kept is not None
    assert solving.solve(found) is None
    by = rounds.representative(kept.organisation)
    with pytest.raises(Faulty) as refused:
        committing.reveal(kept, by=by, secret="3" * 64)
    assert [fault.code for fault in refused.value.faults] == ["placement_commitment_broken"]


def test_a_round_without_two_secrets_stays_open_and_takes_nothing_more() -> None:
    found = rounds.draft()
    only = rounds.seat(found)
    found = rounds.opened(found)
    found.commitments.update(commitment="")
    PlacementRound.objects.update(rank_until=clock.now() - timedelta(seconds=1))
    with pytest.raises(Denied):
        workflow.perform(found, "close", by=SYSTEM)
    with pytest.raises(Denied):
        rounds.ranked(found, [only])
    later = {"rank_until": clock.now() + timedelta(days=1), "reason": "Two secrets are missing."}
    workflow.perform(found, "extend", by=rounds.representative(found.organisation), data=later)
    assert rounds.ranked(found, [only])


def test_a_round_that_cannot_be_closed_waits_for_its_managers_and_says_what_to_do() -> None:
    """More groups need a limit than an opening can have; the limits change after the deadline was moved, and it closes."""
    found = rounds.draft()
    star = {"group": "institution:*", "reserve": 0, "quota": 0}
    crowded = rounds.seat(found, limits=[star])
    found = rounds.opened(found)
    fresh = [RoundEntry(round=found, institution=f"i{number}") for number in range(101)]
    choices = [
        RoundChoice(entry=entry, seat=crowded, rank=1) for entry in RoundEntry.objects.bulk_create(fresh)
    ]
    RoundChoice.objects.bulk_create(choices)
    manager = rounds.representative(found.organisation)
    PlacementRound.objects.update(rank_until=clock.now() - timedelta(seconds=1))
    for _ in range(2):
        assert closing.close_due(clock.now()) == 0
    stuck = Notice.objects.filter(person=manager, kind="talent.round_stuck")
    assert stuck.count() == 1
    found.refresh_from_db()
    assert found.stuck == [["placement_too_large", str(crowded.uid)]]
    browser, url = people.client_of(manager), f"/placement-rounds/{found.uid}"
    assert "Have a placement round closed" in browser.get("/").content.decode()
    assert "more than 100 groups would need a limit" in browser.get(url).content.decode()
    wanted: dict[str, Any] = {
        "opening": crowded.opening,
        "seats": crowded.seats,
        "otherwise": crowded.otherwise,
    }
    with pytest.raises(Denied):
        preparing.put_seat(found, by=manager, **wanted)
    later = {"rank_until": clock.now() + timedelta(days=1), "reason": "The limit of each institution goes."}
    found = workflow.perform(found, "extend", by=manager, data=later)
    assert "Have a placement round closed" not in browser.get("/").content.decode()
    with pytest.raises(Denied):
        preparing.put_seat(found, by=manager, **(wanted | {"seats": 2}))
    with clock.at(clock.now() + timedelta(days=2)):
        assert closing.close_due(clock.now()) == 0
    assert stuck.count() == 2
    found = workflow.perform(
        found, "extend", by=manager, data=later | {"rank_until": clock.now() + timedelta(days=3)}
    )
    preparing.put_seat(found, by=manager, **wanted)
    with clock.at(clock.now() + timedelta(days=4)):
        assert closing.close_due(clock.now()) == 1
    found.refresh_from_db()
    assert (found.state, found.stuck) == ("closed", [])


def test_a_missing_secret_ends_the_round_after_seven_days_and_draws_no_other() -> None:
    found = rounds.draft()
    rounds.seat(found)
    found = rounds.closed(rounds.opened(found))
    desk = people.person(roles=["secretariat"])
    with pytest.raises(Denied):
        workflow.perform(found, "end", by=desk, data={"reason": "No secret came."})
    with clock.at(clock.now() + timedelta(days=7, seconds=1)):
        found = workflow.perform(found, "end", by=desk, data={"reason": "No secret came."})
    assert (found.state, found.results.count()) == ("cancelled", 0)


def test_people_change_a_place_with_a_reason_and_never_beyond_the_seats() -> None:
    found = rounds.draft()
    first, second = rounds.seat(found), rounds.seat(found)
    unwanted = rounds.seat(found)
    found = rounds.opened(found)
    for _ in range(3):
        rounds.ranked(found, [first], [second])
    found = rounds.solved(found)
    by = rounds.representative(found.organisation)
    places = queries.decisions(found)
    without, behind = (next(one for one in places if queries.told_of(one) == seat) for seat in (None, second))
    with pytest.raises(Faulty):
        deciding.override(without, by=by, seat=unwanted, reason="Better.")
    deciding.override(behind, by=by, seat=None, reason="Fell ill.")
    with pytest.raises(Denied):
        deciding.override(without, by=by, seat=first, reason="Better.")
    with pytest.raises(Faulty):
        deciding.override(without, by=by, seat=second, reason=" ")
    deciding.override(without, by=by, seat=second, reason="The host asked for two.")
    workflow.perform(found, "decide", by=by)
    told = queries.outcome(without)
    assert (told.seat, told.is_overridden, told.reason) == (second, True, "The host asked for two.")


def test_by_hand_nobody_has_a_place_unless_people_give_it() -> None:
    found = rounds.draft()
    only = rounds.seat(found)
    found = rounds.opened(found)
    entries = [rounds.ranked(found, [only]) for _ in range(2)]
    by = rounds.representative(found.organisation)
    found = workflow.perform(
        rounds.solved(found), "take_by_hand", by=by, data={"reason": "The host fell ill."}
    )
    deciding.override(entries[1], by=by, seat=only, reason="First in line.")
    workflow.perform(found, "decide", by=by)
    assert [queries.outcome(entry).seat for entry in entries] == [None, only]


def test_quotas_and_reserves_of_institutions_hold() -> None:
    found = rounds.draft()
    house = people.organisation(slug="house")
    star = {"group": "institution:*", "reserve": 0, "quota": 1}
    reserve = {"group": "institution:house", "reserve": 2, "quota": None}
    limited, kept_for = (
        rounds.seat(found, seats=4, limits=[star]),
        rounds.seat(found, seats=3, limits=[reserve]),
    )
    found = rounds.opened(found)
    crowd = people.organisation(slug="crowd")
    for organisation, number in ((crowd, 5), (house, 2)):
        for _ in range(number):
            someone = people.person()
            people.member(someone, organisation)
            rounds.ranked(found, [limited], [kept_for], person=someone, organisation=organisation)
    workflow.perform(rounds.solved(found), "decide", by=people.person(roles=["secretariat"]))
    seated = PlacementDecision.objects.values_list("seat", "entry__institution")
    assert sorted(name for seat, name in seated if seat == limited.pk) == ["crowd", "house"]
    assert sorted(name for seat, name in seated if seat == kept_for.pk) == ["crowd", "crowd", "house"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ([("institution:a", 0, 1), ("region:b", 0, 1)], "round_limits_mixed"),
        ([("institution:a", 3, None)], "placement_reserve_over_capacity"),
        ([("institution:a", 2, 1)], "placement_limit"),
        ([("institution:*", 1, 2)], "round_star_reserve"),
        ([("nothing", 0, 1)], "round_group_malformed"),
        ([("region:a", 0, 1), ("region:a", 0, 2)], "placement_group_twice"),
    ],
)
def test_limits_that_could_not_be_kept_are_refused(limits: list[Any], code: str) -> None:
    given = [{"group": group, "reserve": reserve, "quota": quota} for group, reserve, quota in limits]
    assert code in [fault.code for fault in preparing.limit_faults(given, 2)]


def test_a_round_that_nobody_ranked_in_is_solved_too() -> None:
    found = rounds.draft()
    rounds.seat(found)
    assert rounds.solved(rounds.opened(found)).state == "solved"


def test_rows_in_another_order_freeze_to_the_same_hash() -> None:
    found = rounds.draft()
    seats = [rounds.seat(found) for _ in range(3)]
    found = rounds.opened(found)
    for at in range(4):
        rounds.ranked(found, seats[at % 3 :], seats[: at % 3])
    before = gathering.frozen(found).sha256
    rows = list(RoundChoice.objects.order_by("-pk").values("entry_id", "seat_id", "rank", "priority"))
    RoundChoice.objects.all().delete()
    RoundChoice.objects.bulk_create(RoundChoice(**row) for row in rows)
    assert gathering.frozen(found).sha256 == before


def test_who_leaves_after_closing_stays_by_a_pseudonym_alone() -> None:
    found = rounds.draft()
    only = rounds.seat(found)
    found = rounds.opened(found)
    entry = rounds.ranked(found, [only], words="I build cameras.")
    found = rounds.revealed(rounds.closed(found))
    assert entry.person is not None
    leaving.forget(AccountDeleted(person=entry.person.pk))
    entry.refresh_from_db()
    assert (entry.person_id, entry.words) == (None, "")
    assert solving.solve(found) is not None
