"""The box gives nothing away, the list can be counted by anybody, and a receipt shows what became of its ballot."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from dure.engines.faults import Faulty
from dure.engines.voting import (
    Box,
    Choice,
    Elector,
    Entry,
    Published,
    Receipt,
    Row,
    Rule,
    cast,
    digest,
    empty_box,
    nonce_faults,
    opened,
    published,
    published_faults,
    receipt,
    recount,
    tally,
    token_of,
    verify,
)

KEY, OTHER = b"k" * 32, b"o" * 32
RULE = Rule(method="ranking", options=("기상", "물류", "의료"))
PEOPLE = ("kim", "lee", "park", "choi")
TOKENS = {person: token_of(KEY, "v1", person) for person in PEOPLE}
ELECTORS = [Elector(token) for token in TOKENS.values()]
A: Choice = (("기상",), ("물류", "의료"))
B: Choice = (("의료",),)
WORDS = "비 오는 날의 두레박"


def vote(box: Box, person: str, choice: Choice, words: str = WORDS) -> tuple[Box, Receipt]:
    held = receipt("v1", TOKENS[person], choice, words)
    return cast(KEY, RULE, box, TOKENS[person], Entry(choice, held.code)), held


def voted() -> tuple[Published, dict[str, Receipt]]:
    box, receipts = empty_box(KEY, RULE, TOKENS.values()), {}
    for person, choice in (("lee", B), ("kim", A), ("park", B), ("lee", A)):
        box, receipts[f"{person} {choice == A}"] = vote(box, person, choice)
    return published("v1", RULE, ELECTORS, opened(KEY, RULE, box)), receipts


def test_the_list_recounts_to_the_same_result() -> None:
    listed, _receipts = voted()
    ballots = {TOKENS["lee"]: A, TOKENS["kim"]: A, TOKENS["park"]: B}
    assert recount(listed) == tally(RULE, ELECTORS, ballots)


def test_each_voter_finds_the_last_ballot_and_no_earlier_one() -> None:
    listed, receipts = voted()
    for name in ("lee True", "kim True", "park False"):
        assert verify(listed, receipts[name]) == []
    assert [fault.code for fault in verify(listed, receipts["lee False"])] == ["vote_receipt_not_listed"]


def test_what_was_changed_shows() -> None:
    listed, receipts = voted()
    mine = receipts["kim True"]
    row = next(row for row in listed.rows if row.code == mine.code)

    def found(rows: tuple[Row, ...], held: Receipt = mine) -> list[str]:
        return [fault.code for fault in verify(replace(listed, rows=rows), held)]

    assert found((replace(row, choice=B),)) == ["vote_ballot_changed"]
    assert found(()) == ["vote_receipt_not_listed"]
    assert found((row, row)) == ["vote_code_twice"]
    assert found((row,), replace(mine, choice=B)) == ["vote_receipt_altered"]
    assert found((row,), receipt("v2", mine.token, A, WORDS)) == ["vote_receipt_elsewhere"]


def test_a_list_that_cannot_be_honest_is_not_counted() -> None:
    listed, _receipts = voted()
    row = listed.rows[0]
    stuffed = replace(listed, whole=2)
    assert [fault.code for fault in published_faults(stuffed)] == ["vote_too_many_votes"]
    twice = replace(listed, rows=(row, row, replace(row, code="X", weight=Fraction(3, 2), choice=(("?",),))))
    assert [fault.code for fault in published_faults(twice)] == [
        "vote_code_twice",
        "vote_option_unknown",
        "vote_weight_range",
    ]
    with pytest.raises(Faulty):
        recount(stuffed)


def test_the_list_holds_no_token_and_no_order_of_casting() -> None:
    listed, _receipts = voted()
    text = repr(listed)
    assert not any(token in text for token in TOKENS.values())
    assert [row.code for row in listed.rows] == sorted(row.code for row in listed.rows)
    box = empty_box(KEY, RULE, TOKENS.values())
    for person, choice in (("park", B), ("lee", A), ("kim", A)):
        box, _held = vote(box, person, choice)
    again = published("v1", RULE, ELECTORS, opened(KEY, RULE, box))
    assert (again, digest(again)) == (listed, digest(listed))
    assert digest(replace(listed, whole=5)) != digest(listed)


def test_the_box_shows_neither_who_voted_nor_what() -> None:
    before = empty_box(KEY, RULE, TOKENS.values())
    after, _held = vote(before, "kim", A)
    assert list(before) == list(after) == sorted(TOKENS.values())
    assert all(before[token] != after[token] for token in before)
    assert len({len(sealed) for box in (before, after) for sealed in box.values()}) == 1
    assert json.loads(json.dumps(after)) == after


def test_the_widest_ballot_is_as_long_as_none() -> None:
    wide = Rule(method="ranking", options=tuple(f"option {number}" for number in range(50)))
    token = TOKENS["kim"]
    box = empty_box(KEY, wide, [token])
    choice = tuple((option,) for option in wide.options)
    full = cast(KEY, wide, box, token, Entry(choice, receipt("v1", token, choice, WORDS).code))
    assert len(full[token]) == len(box[token])
    assert opened(KEY, wide, full)[token].choice == choice


def test_a_box_opens_with_its_own_key_and_entries_in_their_own_places() -> None:
    box, _held = vote(empty_box(KEY, RULE, TOKENS.values()), "kim", A)
    swapped = {TOKENS["kim"]: box[TOKENS["lee"]], TOKENS["lee"]: box[TOKENS["kim"]]}
    broken = {TOKENS["kim"]: box[TOKENS["kim"]][:-4] + "AAAA"}
    for key, one in ((OTHER, box), (KEY, swapped), (KEY, broken)):
        with pytest.raises(Faulty, match="vote_box_broken"):
            opened(key, RULE, one)
    with pytest.raises(Faulty, match="vote_not_elector"):
        cast(KEY, RULE, box, "f" * 64, Entry(A, "X"))


def test_tokens_follow_from_key_vote_and_person() -> None:
    assert len({token_of(KEY, "v1", "kim"), token_of(KEY, "v2", "kim"), token_of(OTHER, "v1", "kim")}) == 3
    assert token_of(KEY, "v1", "kim") == TOKENS["kim"]
    with pytest.raises(ValueError, match="32 bytes"):
        token_of(b"short", "v1", "kim")


def test_codes_differ_by_voter_ballot_and_words_and_can_be_read_aloud() -> None:
    token = TOKENS["kim"]
    held = [
        receipt("v1", token, A, WORDS),
        receipt("v1", token, B, WORDS),
        receipt("v1", token, A, WORDS + "!"),
        receipt("v1", TOKENS["lee"], A, WORDS),
    ]
    assert len({one.code for one in held}) == 4
    assert [len(group) for group in held[0].code.split("-")] == [5] * 5
    assert receipt("v1", token, (("기상",), ("의료", "물류")), WORDS) == held[0]
    assert [fault.code for fault in nonce_faults("짧다")] == ["vote_nonce_malformed"]
    with pytest.raises(Faulty):
        receipt("v1", token, A, "x" * 201)
