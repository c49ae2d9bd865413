"""Rules, electorates and ballots: every fault at once, weights that add up, ties broken by the printed rule alone."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import voting
from dure.engines.faults import Faulty
from dure.engines.voting import (
    HALF,
    Choice,
    Elector,
    Rule,
    Share,
    all_votes,
    choice_faults,
    electorate_faults,
    result_said,
    rule_data,
    rule_faults,
    rule_of,
    rule_said,
    settle,
    tally,
    telling_weights,
    turnout,
    weights,
)
from tests.engines.voting.elections import held, ranked, spread, standing

RANKING = Rule(method="ranking", options=("A", "B", "C"))
APPROVAL = Rule(method="approval", options=("A", "B", "C"), winners=2, most_approvals=2)
MOTION = Rule(method="motion")
FRACTIONS = Rule(method="motion", unit="organisation", within="equal_fractions", quorum=HALF)
MEMBERS = [
    Elector("k1", "kt"),
    Elector("k2", "kt"),
    Elector("k3", "kt"),
    Elector("e1", "etri"),
    Elector("h1", "hyu"),
    Elector("h2", "hyu"),
]


def codes(faults: list[Any]) -> list[str]:
    return [fault.code for fault in faults]


def test_all_faults_of_a_rule_at_once() -> None:
    wrong = Rule(
        method="ranking",
        options=("A", "A", "B\n"),
        quorum=Share(Fraction(3, 2)),
        majority=Share(Fraction(1), more=True),
        winners=3,
        most_approvals=1,
        ties="fails",
    )
    assert codes(rule_faults(wrong)) == [
        "vote_only_motions_fail",
        "vote_share_range",
        "vote_share_range",
        "vote_option_twice",
        "vote_option_malformed",
        "vote_winners_range",
        "vote_only_approvals_limited",
    ]
    assert codes(rule_faults(replace(MOTION, options=("A", "B")))) == ["vote_motion_options"]
    assert codes(rule_faults(replace(RANKING, options=("A",)))) == ["vote_options_count"]
    assert codes(rule_faults(replace(APPROVAL, most_approvals=4))) == ["vote_approvals_range"]


@pytest.mark.parametrize("rule", [MOTION, FRACTIONS, RANKING, APPROVAL])
def test_a_rule_comes_back_from_json(rule: Rule) -> None:
    assert rule_faults(rule) == []
    assert rule_of(json.loads(json.dumps(rule_data(rule)))) == rule


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"method": "plurality"}, "vote_word_unknown"),
        ({"winners": "2"}, "vote_rule_shape"),
        ({"quorum": {"of": "1/0", "more": True}}, "vote_rule_shape"),
        ({"quorum": "half"}, "vote_rule_shape"),
        ({"options": "ABC"}, "vote_rule_shape"),
        ({"colour": "red"}, "vote_rule_shape"),
    ],
)
def test_what_is_no_rule_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Faulty) as refused:
        rule_of({**rule_data(RANKING), **change})
    assert codes(refused.value.faults) == [code]
    with pytest.raises(Faulty):
        rule_of({})


@pytest.mark.parametrize(
    ("rule", "choice", "expected"),
    [
        (RANKING, (("A", "B"), ("C",)), []),
        (RANKING, (("A", "X"), (), ("A",)), ["vote_option_unknown", "vote_option_twice", "vote_tier_empty"]),
        (APPROVAL, (("A", "B", "C"),), ["vote_approvals_too_many"]),
        (APPROVAL, (("A",), ("B",)), ["vote_not_ranked"]),
        (MOTION, (("yes", "no"),), ["vote_one_answer"]),
        (MOTION, (("maybe",),), ["vote_option_unknown"]),
        (MOTION, (), []),
    ],
)
def test_all_faults_of_a_ballot_at_once(rule: Rule, choice: Choice, expected: list[str]) -> None:
    assert codes(choice_faults(rule, choice)) == expected


def test_a_tally_names_every_fault_of_every_ballot() -> None:
    with pytest.raises(Faulty) as refused:
        tally(MOTION, [Elector("a"), Elector("a")], {"a": (("perhaps",),), "z": ()})
    assert codes(refused.value.faults) == ["vote_elector_twice", "vote_option_unknown", "vote_not_elector"]


def test_where_organisations_vote_each_has_one_vote() -> None:
    assert weights(FRACTIONS, MEMBERS) == {
        **dict.fromkeys(("k1", "k2", "k3"), Fraction(1, 3)),
        **dict.fromkeys(("h1", "h2"), Fraction(1, 2)),
        "e1": Fraction(1),
    }
    assert all_votes(FRACTIONS, MEMBERS) == 3
    assert telling_weights(FRACTIONS, MEMBERS) == {
        Fraction(1, 3): "kt",
        Fraction(1, 2): "hyu",
        Fraction(1): "etri",
    }
    assert telling_weights(FRACTIONS, [*MEMBERS, Elector("n1", "nipa")]).keys() == {
        Fraction(1, 3),
        Fraction(1, 2),
    }
    assert telling_weights(MOTION, MEMBERS) == {}
    named = replace(FRACTIONS, within="named_voter")
    assert codes(electorate_faults(named, [*MEMBERS, Elector("x")])) == [
        "vote_organisation_missing",
        "vote_named_voters",
        "vote_named_voters",
    ]
    assert electorate_faults(named, MEMBERS[2:5]) == []


def test_fractions_are_exact_and_those_not_cast_are_lost() -> None:
    yes, no = (("yes",),), (("no",),)
    ballots: dict[str, Choice] = {"k1": yes, "k2": yes, "k3": no, "e1": no, "h1": yes}
    assert turnout(FRACTIONS, MEMBERS, ballots).cast == Fraction(5, 2)
    result = tally(FRACTIONS, MEMBERS, ballots)
    assert result.count is not None
    assert result.count.votes == {"yes": Fraction(7, 6), "no": Fraction(4, 3)}
    assert standing(result).winners == ("no",)


def test_without_a_quorum_nothing_is_counted() -> None:
    result = tally(FRACTIONS, MEMBERS, {"e1": (("yes",),), "k1": (("yes",),)})
    assert (result.turnout.is_quorum, result.count, result.standing) == (False, None, None)
    assert [said.code for said in result_said(FRACTIONS, result)] == ["vote_turnout", "vote_without_quorum"]
    assert dict(result_said(FRACTIONS, result)[0].params) == {"cast": "1 1/3", "whole": 3}


def test_the_chair_decides_a_tie_where_the_rule_says_so() -> None:
    rule = replace(RANKING, ties="chair")
    tied = standing(held(rule, spread({"ABC": 1, "BAC": 1})))
    assert (tied.tied, tied.left) == (("A", "B"), 1)
    done = settle(rule, tied, chair=["B", "A"])
    assert (done.winners, done.settled_by) == (("B",), "chair")
    for order in ([], ["B"], ["B", "C"]):
        with pytest.raises(Faulty, match="vote_chair_order"):
            settle(rule, tied, chair=order)
    assert settle(replace(rule, ties="open"), tied, chair=["B", "A"]) == tied
    with pytest.raises(Faulty, match="vote_seed_missing"):
        settle(replace(rule, ties="lottery"), tied)


def test_the_chair_cannot_put_a_loser_before_who_beat_it() -> None:
    rule = Rule(method="ranking", options=tuple("ABCD"), winners=2, ties="chair")
    tied = standing(ranked("ABCD", {"ABCD": 3, "DABC": 2, "DBCA": 2, "CBDA": 2}, winners=2))
    assert settle(rule, tied, chair=["A", "C", "B", "D"]).winners == ("B", "C")


def test_a_motion_with_as_many_for_as_against_fails_where_the_rule_says_so() -> None:
    rule = replace(MOTION, ties="fails")
    tied = held(rule, [(("yes",),), (("no",),)])
    done = settle(rule, standing(tied))
    assert done.winners == ("no",)
    assert [said.code for said in result_said(rule, tied, done)] == [
        "vote_turnout",
        "vote_tied",
        "vote_settled_fails",
        "vote_not_carried",
    ]


RULES = st.builds(
    Rule,
    method=st.sampled_from(["motion", "approval", "ranking"]),
    options=st.just(("A", "B", "C")),
    unit=st.sampled_from(["person", "organisation"]),
    within=st.sampled_from(["named_voter", "equal_fractions"]),
    quorum=st.builds(Share, st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(2, 3)]), st.booleans()),
    majority=st.builds(Share, st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(2, 3)]), st.booleans()),
    base=st.sampled_from(["yes_and_no", "cast", "electorate"]),
    most_approvals=st.sampled_from([None, 2]),
    ties=st.sampled_from(["chair", "lottery", "open", "fails"]),
)


@given(RULES)
def test_every_rule_can_be_printed(rule: Rule) -> None:
    for said in rule_said(rule):
        assert voting.SENTENCES[said.code] % dict(said.params)


def test_codes_and_sentences_match() -> None:
    folder = Path(voting.__file__).parent
    apart = {"fault_codes.py", "sentences.py", "__init__.py"}
    text = "".join(file.read_text() for file in folder.glob("*.py") if file.name not in apart)
    raised = set(re.findall(r'Fault\(\s*"(vote_[a-z_]+)"', text))
    assert raised == set(voting.FAULTS)
    named = set(re.findall(r'"(vote_[a-z_]+)"', text)) - raised
    begun = (*re.findall(r'"(vote_[a-z_]+_)\{', text), "vote_quorum_", "vote_majority_")
    assert {code for code in voting.SENTENCES if not code.startswith(begun)} <= named
    assert named - set(voting.SENTENCES) == {"vote_quorum", "vote_majority"}
