"""How long it is kept, the reminder, the deletion with its receipt, the export, and the account that goes."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest

from dure.foundation import clock
from dure.foundation.models import Notice
from dure.people.events import AccountDeleted
from dure.people.exports import export_of
from dure.people.models import Person
from dure.talent.models import (
    Application,
    ApplyInvitation,
    ConsentGrant,
    DeletionReceipt,
    Endorsement,
    Evidence,
    Prediction,
    Profile,
    SkillPosterior,
    Suggested,
    TeamProposal,
    TeamSeat,
)
from dure.talent.profiles import claims, consent, endorsing, gathering, leaving, moving, record, retention
from dure.talent.profiles.looking import Audience, shown_card
from tests.factories.openings import opening
from tests.factories.people import organisation, person
from tests.factories.talent import SKILL, fact
from tests.factories.teams import sought

pytestmark = pytest.mark.django_db
KEPT_IN = (Profile, Evidence, SkillPosterior, ConsentGrant)


@pytest.fixture
def learner() -> Person:
    """With one row at least in every table."""
    made = person(language="en")
    fact(made)
    claims.claim(by=made, skill=SKILL, level=3)
    endorsing.ask(by=made, verifier=person(), skill=SKILL, level=1, what="Seen.")
    until = clock.today() + timedelta(days=9)
    consent.give(by=made, purpose="be_found", fields=["skills"], expires_on=until)
    shown_card(made, Audience(person(), organisation(), "be_found"))
    found = opening()
    Suggested.objects.create(person=made, opening=found, model_version="m", predicted=0.5)
    ApplyInvitation.objects.create(person=made, opening=found, key="k")
    asked = Application.objects.create(person=made, opening=found, decide_by=clock.now())
    Prediction.objects.create(person=made, opening=found, application=asked, model_version="m", predicted=0.5)
    team = TeamProposal.objects.create(problem=sought(), least=1, most=1, target=50, size=1)
    TeamSeat.objects.create(proposal=team, person=made, key="k", due_at=clock.now())
    return made


def file_of(person: Person, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(export_of(person))) as archive:
        return archive.read(name)


def test_the_receipt_has_counts_and_the_hash_of_the_export(learner: Person) -> None:
    exported = file_of(learner, "talent.json")
    exported_names = json.loads(exported)
    assert all(exported_names.values())
    receipt = retention.delete(learner, why=retention.ASKED)
    assert receipt is not None
    assert receipt.sha256 == hashlib.sha256(exported).hexdigest()
    assert receipt.counts == {**dict.fromkeys(exported_names, 1), "evidence": 2}
    for model, _fields in leaving.OF.values():
        assert not model.objects.filter(person=learner).exists()
    assert retention.delete(learner, why=retention.ASKED) is None


def test_after_it_nothing_is_gathered_until_the_person_comes_back(learner: Person) -> None:
    retention.delete(learner, why=retention.ASKED)
    gathering.hear(str(learner.uid))
    gathering.gather_stale(clock.now())
    gathering.gather(learner)
    assert not any(model.objects.filter(person=learner).exists() for model in KEPT_IN)


def test_the_clock_tells_a_month_ahead_and_deletes_when_the_day_has_passed(learner: Person) -> None:
    until = record.begin(learner).keep_until
    left = timedelta(days=(until - clock.today()).days)
    assert retention.remind(clock.now()) == 0
    with clock.at(clock.now() + left - timedelta(days=retention.REMINDED_DAYS)):
        assert retention.remind(clock.now()) == 1
        assert retention.remind(clock.now()) == 0
        told = Notice.objects.get(person=learner, kind="talent.record_ends")
        assert told.params["day"] == until.isoformat()
        assert retention.delete_due(clock.now()) == 0
    with clock.at(clock.now() + left + timedelta(days=1)):
        assert retention.delete_due(clock.now()) == 1
        assert retention.delete_due(clock.now()) == 0
    receipt = DeletionReceipt.objects.get(person=learner)
    assert receipt.why == "clock"
    assert Notice.objects.get(person=learner, kind="talent.record_deleted").url.endswith(str(receipt.uid))


def test_a_clock_that_stood_still_tells_before_it_deletes(learner: Person) -> None:
    with clock.at(clock.now() + timedelta(days=900)):
        assert retention.delete_due(clock.now()) == 0
        assert retention.remind(clock.now()) == 1
        assert retention.delete_due(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=900 + retention.REMINDED_DAYS + 1)):
        assert retention.delete_due(clock.now()) == 1


def test_who_keeps_it_longer_keeps_it(learner: Person) -> None:
    with clock.at(clock.now() + timedelta(days=350)):
        retention.remind(clock.now())
        until = retention.keep_longer(by=learner).keep_until
        assert until == record.kept_until()
    with clock.at(clock.now() + timedelta(days=400)):
        assert retention.delete_due(clock.now()) == 0


def test_the_export_has_everything_and_other_peoples_words_only_where_they_are_about_one(
    learner: Person,
) -> None:
    row = Endorsement.objects.get()
    moving.act_on_endorsement(row, "give", by=row.verifier, data={"reason": "Seen it."})
    said = json.loads(file_of(learner, "talent.json"))
    assert said["endorsements"][0]["answer"] == "Seen it."
    assert said["looks"][0]["purpose"] == "be_found"
    theirs = json.loads(file_of(row.verifier, "talent-endorsing.json"))
    assert [one["answer"] for one in theirs] == ["Seen it."]
    assert str(learner.uid) not in json.dumps(theirs)
    retention.delete(learner, why=retention.ASKED)
    assert len(json.loads(file_of(learner, "talent-receipts.json"))) == 1


def test_with_the_account_all_of_it_goes(learner: Person) -> None:
    leaving.forget(AccountDeleted(person=learner.pk))
    leaving.forget(AccountDeleted(person=learner.pk))
    assert not any(model.objects.filter(person=learner).exists() for model in KEPT_IN)
    assert DeletionReceipt.objects.get().why == "account"


def test_what_a_verifier_gave_stays_without_their_words_when_they_leave(learner: Person) -> None:
    row = Endorsement.objects.get()
    moving.act_on_endorsement(row, "give", by=row.verifier, data={"reason": "Seen it."})
    leaving.forget(AccountDeleted(person=row.verifier_id))
    row.refresh_from_db()
    assert (row.state, row.answer) == ("given", "")
    assert Evidence.objects.filter(person=learner, kind="endorsement").exists()
