"""Contesting, hiding, claiming, endorsing: who does it, and what becomes of the posterior."""

import pytest

from dure.engines import evidence as engine
from dure.engines.faults import Faulty
from dure.foundation import notices
from dure.foundation.access import Denied, Hidden
from dure.foundation.models import Notice
from dure.people.models import Person
from dure.talent.models import Endorsement, Evidence, Profile, SkillPosterior
from dure.talent.profiles import claims, endorsing, moving
from tests.factories.people import member, organisation, person
from tests.factories.talent import SKILL, fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> Person:
    return person(language="en")


@pytest.fixture
def verifier() -> Person:
    return person(language="en", audience="public")


@pytest.fixture
def desk() -> Person:
    return person(roles=["secretariat"], language="en")


def mean(of: Person) -> float | None:
    return SkillPosterior.objects.filter(person=of).values_list("mean", flat=True).first()


def kinds_told(to: Person) -> list[str]:
    return list(Notice.objects.filter(person=to).order_by("pk").values_list("kind", flat=True))


def asked(learner: Person, verifier: Person, level: int = 2) -> Endorsement:
    return endorsing.ask(by=learner, verifier=verifier, skill=SKILL, level=level, what="We worked together.")


def test_what_is_hidden_counts_no_longer_and_shown_it_counts_the_same_as_before(learner: Person) -> None:
    row = fact(learner)
    before = mean(learner)
    row = moving.act_on_evidence(row, "hide", by=learner)
    assert mean(learner) is None
    moving.act_on_evidence(row, "show", by=learner)
    assert mean(learner) == before


def test_contested_evidence_waits_for_the_secretariat_that_strikes_it_with_a_reason(
    learner: Person, desk: Person
) -> None:
    row = moving.act_on_evidence(fact(learner), "contest", by=learner, data={"reason": "Not my lab."})
    assert row.reason == "Not my lab."
    assert mean(learner) is None
    assert [todo.url for todo in notices.todos(desk)] == [f"/talent/contested/{row.uid}"]
    assert "talent.evidence_contested" in kinds_told(desk)
    row = moving.act_on_evidence(row, "strike", by=desk, data={"reason": "It was another's."})
    assert (row.state, row.answer) == ("struck", "It was another's.")
    assert kinds_told(learner) == ["talent.evidence_decided"]
    assert notices.todos(desk) == []


def test_kept_evidence_counts_again_and_may_be_contested_anew(learner: Person, desk: Person) -> None:
    before = mean(learner)
    row = fact(learner)
    before = mean(learner)
    row = moving.act_on_evidence(row, "contest", by=learner, data={"reason": "Wrong date."})
    row = moving.act_on_evidence(row, "keep", by=desk, data={"reason": "The date is right."})
    assert mean(learner) == before
    row = moving.act_on_evidence(row, "contest", by=learner, data={"reason": "No."})
    assert (row.reason, row.answer) == ("No.", "")
    assert moving.act_on_evidence(row, "give_in", by=learner).state == "standing"


def test_nobody_decides_without_a_reason_or_about_themselves(desk: Person) -> None:
    row = moving.act_on_evidence(fact(desk), "contest", by=desk, data={"reason": "Mine."})
    with pytest.raises(Denied) as refused:
        moving.act_on_evidence(row, "keep", by=desk, data={"reason": "I say so."})
    assert refused.value.refused.reason == "own_evidence"
    other = person(roles=["secretariat"])
    with pytest.raises(Denied) as refused:
        moving.act_on_evidence(row, "keep", by=other)
    assert refused.value.refused.reason == "no_reason"
    assert notices.todos(desk) == []


def test_a_claim_weighs_little_shows_no_level_and_is_one_for_each_skill(learner: Person) -> None:
    claims.claim(by=learner, skill=SKILL, level=4)
    row = claims.claim(by=learner, skill=SKILL, level=3)
    assert Evidence.objects.get(person=learner).level == 3
    kept = SkillPosterior.objects.get(person=learner)
    assert engine.shown_level(engine.Posterior(kept.mean, kept.variance, kept.number)) == 0
    with pytest.raises(Denied) as refused:
        moving.act_on_evidence(row, "contest", by=learner, data={"reason": "No."})
    assert refused.value.refused.reason == "own_claim"
    claims.remove(row, by=learner)
    assert not Evidence.objects.exists()
    assert mean(learner) is None


def test_claims_are_limited_and_name_known_skills_and_levels(
    learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "MOST", 1)
    claims.claim(by=learner, skill=SKILL, level=1)
    with pytest.raises(Denied) as refused:
        claims.claim(by=learner, skill="clustering", level=1)
    assert refused.value.refused.reason == "too_many_claims"
    for skill, level in (("no-such-skill", 1), (SKILL, 5)):
        with pytest.raises(Hidden):
            claims.claim(by=learner, skill=skill, level=level)


def test_only_claims_and_only_own_ones_can_be_removed(learner: Person) -> None:
    row = fact(learner)
    with pytest.raises(Hidden):
        claims.remove(row, by=learner)
    row = claims.claim(by=learner, skill=SKILL, level=1)
    with pytest.raises(Hidden):
        claims.remove(row, by=person())


def test_an_endorsement_becomes_evidence_by_its_verifier(learner: Person, verifier: Person) -> None:
    row = asked(learner, verifier)
    assert [todo.url for todo in notices.todos(verifier)] == [f"/me/talent/endorsements/{row.uid}"]
    moving.act_on_endorsement(row, "give", by=verifier, data={"reason": "They split it by time."})
    evidence = Evidence.objects.get(person=learner)
    assert (evidence.kind, evidence.level, evidence.source) == ("endorsement", 2, str(row.uid))
    assert evidence.origin == f"verifier:{verifier.pk}"
    assert mean(learner) is not None
    assert kinds_told(learner) == ["talent.endorsement_given"]
    assert notices.todos(verifier) == []


@pytest.mark.parametrize(("action", "by"), [("withdraw", "learner"), ("take_back", "verifier")])
def test_taken_back_by_either_it_counts_no_longer(
    learner: Person, verifier: Person, action: str, by: str
) -> None:
    row = moving.act_on_endorsement(asked(learner, verifier), "give", by=verifier, data={"reason": "Yes."})
    actor = learner if by == "learner" else verifier
    moving.act_on_endorsement(row, action, by=actor, data={"reason": "A mistake."})
    assert not Evidence.objects.exists()
    assert mean(learner) is None


def test_who_declines_leaves_no_evidence(learner: Person, verifier: Person) -> None:
    moving.act_on_endorsement(asked(learner, verifier), "decline", by=verifier)
    assert not Evidence.objects.exists()
    assert kinds_told(learner) == ["talent.endorsement_declined"]


def test_nobody_endorses_themselves_or_is_asked_twice_or_by_too_many_requests(
    learner: Person, verifier: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = []
    with pytest.raises(Denied) as refused:
        asked(learner, learner)
    reasons.append(refused.value.refused.reason)
    asked(learner, verifier)
    with pytest.raises(Denied) as refused:
        asked(learner, verifier)
    reasons.append(refused.value.refused.reason)
    monkeypatch.setattr(endorsing, "MOST_ASKED", 1)
    with pytest.raises(Denied) as refused:
        asked(learner, person())
    reasons.append(refused.value.refused.reason)
    assert reasons == ["endorse_oneself", "already_asked", "too_many_asked"]


def test_a_verifier_is_found_by_address_or_page_but_only_where_one_may_open_it(
    learner: Person, verifier: Person
) -> None:
    recluse = person(audience="private")
    page = f"https://dure.example/people/{verifier.uid}"
    for words in (str(verifier.email).upper(), str(verifier.uid), page):
        assert endorsing.verifier_named(learner, words) == verifier
    for words in (str(recluse.email), str(recluse.uid), "nobody@example.org", ""):
        with pytest.raises(Denied) as refused:
            endorsing.verifier_named(learner, words)
        assert refused.value.refused.reason == "verifier_not_found"


def test_what_the_law_keeps_out_is_warned_of_and_what_names_one_is_refused(
    learner: Person, verifier: Person
) -> None:
    def say(what: str, *, confirmed: bool) -> Endorsement:
        return endorsing.ask(
            by=learner, verifier=verifier, skill=SKILL, level=1, what=what, confirmed=confirmed
        )

    with pytest.raises(Faulty) as faulty:
        say("I am married.", confirmed=False)
    assert [fault.code for fault in faulty.value.faults] == ["talent_text_marriage"]
    assert say("I am married.", confirmed=True).what == "I am married."


def test_whether_both_are_of_one_house_is_known(learner: Person, verifier: Person) -> None:
    assert not endorsing.are_colleagues(learner, verifier)
    home = organisation()
    member(learner, home)
    member(verifier, home)
    assert endorsing.are_colleagues(learner, verifier)


def test_whoever_moves_something_of_their_own_keeps_their_record_for_another_year(learner: Person) -> None:
    row = fact(learner)
    Profile.objects.update(keep_until="2026-01-01", reminded_on="2026-01-01")
    moving.act_on_evidence(row, "hide", by=learner)
    kept = Profile.objects.get(person=learner)
    assert kept.reminded_on is None
    assert kept.keep_until.isoformat() > "2026-06-01"
