"""Nothing that anybody wrote is kept for ever, and a person takes their own along."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from dure.foundation import clock
from dure.foundation.models import Notice
from dure.people.events import AccountDeleted
from dure.people.exports import export_of
from dure.talent.applications import appealing, deciding, keeping, leaving, messages, reviewing
from dure.talent.applications.queries import decisions_of
from dure.talent.models import Appeal, Application, ApplicationMessage, DeletionReceipt, Review
from tests.factories import applications as made

pytestmark = pytest.mark.django_db
SCORES = {"data-leakage": {"score": 3, "words": "zq in a review"}}


@pytest.fixture
def hiring() -> made.Hiring:
    return made.hiring()


def written(hiring: made.Hiring) -> Application:
    """An application about which both sides wrote."""
    application = hiring.applied(statement="zq in the statement", shared=["about"])
    reviewing.write(
        application, by=hiring.speaker, scores=SCORES, recommendation="reject", words="zq in short"
    )
    messages.write(application, by=hiring.speaker, body="zq from them")
    messages.write(application, by=application.person, body="zq from me")
    return application


def words_left() -> list[str]:
    """Every word of the kind that must go, wherever it stands."""
    rows = [
        *Application.objects.values("statement", "reason", "shared"),
        *Review.objects.values("scores", "words"),
        *ApplicationMessage.objects.values("body"),
        *Appeal.objects.values("words", "answer"),
    ]
    return [str(row) for row in rows if "zq" in str(row)]


def strike(days: int) -> int:
    moment = clock.now() + timedelta(days=days)
    with clock.at(moment):
        return keeping.delete_due(moment)


def test_all_words_go_ninety_days_after_the_decision_with_a_receipt(hiring: made.Hiring) -> None:
    application = hiring.moved(written(hiring), "reject")
    assert len(words_left()) == 4
    assert strike(89) == 0
    assert strike(91) == 1
    assert strike(91) == 0
    assert words_left() == []
    receipt = DeletionReceipt.objects.get()
    assert (receipt.person, receipt.why) == (application.person, "application_kept_until")
    assert receipt.counts == {"statement": 1, "reason": 1, "messages": 2, "reviews": 1, "appeals": 0}
    assert len(receipt.sha256) == 64
    assert "zq" not in str(receipt.counts)
    told = Notice.objects.get(person=application.person, kind="talent.application_texts_deleted")
    assert told.params["receipt"] == str(receipt.uid)
    application.refresh_from_db()
    assert application.shared == []
    assert Review.objects.get().scores["data-leakage"] == {"score": 3, "words": ""}
    assert decisions_of(hiring.opening)[0].reason_code == "others_stronger"


def test_what_was_withdrawn_goes_at_once(hiring: made.Hiring) -> None:
    application = written(hiring)
    deciding.act(application, "withdraw", by=application.person)
    assert strike(0) == 1
    assert words_left() == []


def test_an_appeal_that_waits_keeps_the_words_it_is_about(hiring: made.Hiring) -> None:
    application = hiring.moved(written(hiring), "reject")
    one = appealing.appeal(application, by=application.person, words="zq in the appeal")
    assert strike(100) == 0
    appealing.act(one, "withdraw", by=application.person)
    assert strike(100) == 1
    assert words_left() == []


def test_what_is_open_keeps_its_words(hiring: made.Hiring) -> None:
    written(hiring)
    assert strike(1000) == 0
    assert words_left()


def test_a_person_takes_along_what_was_written_but_not_the_reviews_of_others(hiring: made.Hiring) -> None:
    application = hiring.moved(written(hiring), "reject")
    with zipfile.ZipFile(io.BytesIO(export_of(application.person))) as archive:
        kept = json.loads(archive.read("applications.json"))
    assert kept["applications"][0]["statement"] == "zq in the statement"
    assert kept["applications"][0]["reason"] == made.REFUSED["reason"]
    assert [one["body"] for one in kept["messages"]] == ["zq from them", "zq from me"]
    assert "zq in a review" not in json.dumps(kept)


def test_who_leaves_frees_the_seat_and_leaves_no_words(hiring: made.Hiring) -> None:
    application = hiring.moved(written(hiring), "offer")
    waiting = hiring.waiting()
    leaving.forget(AccountDeleted(person=application.person_id))
    leaving.forget(AccountDeleted(person=application.person_id))
    application.refresh_from_db()
    waiting.refresh_from_db()
    assert (application.state, waiting.state) == ("withdrawn", "offered")
    assert not Application.objects.filter(pk=application.pk).exclude(statement="").exists()
    assert DeletionReceipt.objects.count() == 1
