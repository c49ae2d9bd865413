"""What evidence said when somebody applied: kept by consent alone, and counted by group in the audit."""

import json
from datetime import timedelta

import pytest

from dure.foundation import clock
from dure.talent.applications import applying
from dure.talent.audits import of_openings, of_rounds, record
from dure.talent.matching import suggesting
from dure.talent.models import Application, AuditReport, ConsentGrant, Opening, Prediction
from dure.talent.profiles import consent, leaving, retention
from tests.factories import audits, matching, openings, people, rounds

pytestmark = pytest.mark.django_db
LEAKAGE = "data-leakage"
GROUPS = [({"sex": "female"}, 9, 4), ({"sex": "male"}, 9, 4), ({}, 3, 1)]


def predict(made: Opening, *, agree: bool = True) -> None:
    """Rows only: whoever was offered a seat had the better prediction, but for one of each."""
    asked = Application.objects.filter(opening=made).select_related("person").order_by("pk")
    for at, row in enumerate(asked):
        if agree:
            until = clock.today() + timedelta(days=9)
            ConsentGrant.objects.create(person=row.person, purpose="audits", expires_on=until)
        Prediction.objects.create(
            person=row.person,
            opening=made,
            application=row,
            model_version="1",
            predicted=0.8 if row.state == "accepted" or at % 9 == 8 else 0.3,
        )


@pytest.fixture
def report() -> AuditReport:
    made = audits.decided(people.organisation(), groups=GROUPS)
    predict(made)
    return audits.report(made)


def test_an_application_keeps_the_probability_of_the_score_by_consent_alone() -> None:
    firm = people.organisation()
    agreed, silent = (matching.seeker({LEAKAGE: 3}) for _ in range(2))
    grant = matching.agreed(agreed, purpose="audits")
    opening, asks_nothing = openings.opening(firm, must={LEAKAGE: 2}), openings.opening(firm)
    (match,) = [one for one in suggesting.matches_of(agreed).found if one.opening == opening]
    for person in (agreed, silent):
        applying.apply(by=person, opening=opening)
    applying.apply(by=agreed, opening=asks_nothing)
    (kept,) = Prediction.objects.all()
    assert (kept.person, kept.opening, kept.predicted) == (agreed, opening, match.predicted)
    told = {one.person: one.predicted for one in of_openings.considered(opening)}
    assert told == {agreed.pk: match.predicted, silent.pk: None}
    consent.take_back(grant, by=agreed)
    assert {one.predicted for one in of_openings.considered(opening)} == {None}


def test_it_is_exported_and_goes_with_the_record_of_its_person() -> None:
    person = matching.seeker({LEAKAGE: 3})
    matching.agreed(person, purpose="audits")
    applying.apply(by=person, opening=openings.opening(people.organisation(), must={LEAKAGE: 2}))
    (told,) = leaving.exported(person)["predictions"]
    assert told["predicted"] == Prediction.objects.get().predicted
    retention.delete(person, why=retention.ASKED)
    assert not Prediction.objects.exists()
    assert Application.objects.filter(person=person).exists()


def test_a_ranking_keeps_it_for_the_opening_that_stands_first() -> None:
    found = rounds.draft()
    first = rounds.seat(found, opening=openings.opening(found.organisation, must={LEAKAGE: 3}))
    second = rounds.seat(found, opening=openings.opening(found.organisation, must={LEAKAGE: 1}))
    opened, person = rounds.opened(found), matching.seeker({LEAKAGE: 2})
    matching.agreed(person, purpose="audits")
    for order in ([second, first], [first, second]):
        rounds.ranked(opened, *([one] for one in order), person=person)
    (kept,) = Prediction.objects.all()
    assert kept.opening == first.opening
    (told,) = of_rounds.considered(opened)
    assert (told.predicted, told.was_given, told.selected) == (kept.predicted, False, False)


def test_a_report_says_of_each_group_what_was_to_be_expected_and_what_happened(report: AuditReport) -> None:
    kept = record.read(bytes(report.record))
    assert kept.predictions == record.Predictions(known=21, unknown=0)
    found = {one.group: one for one in kept.report.calibrations}
    assert found.keys() == {"female", "male"}
    for one in found.values():
        assert (one.overall.n, one.verdict) == (9, "too_few")
        assert one.overall.observed is not None
        assert one.overall.observed.value == pytest.approx(4 / 9)
    browser = people.client_of(audits.auditor())
    page = browser.get(f"/audits/{report.uid}").content.decode()
    assert "With a prediction: 21 people. Without one: 0." in page
    assert "Sex: Woman" in page
    table = browser.get(f"/audits/{report.uid}/report.csv").content.decode()
    assert "Predicted and observed, Sex" in table
    said = browser.get(f"/api/v1/audits/{report.uid}").json()
    assert said["unpredicted"] == 0
    assert [one["n"] for one in said["calibrations"]] == [9, 9]
    assert browser.get(f"/audits/{report.uid}/report.pdf").content.startswith(b"%PDF-")


def test_without_consent_all_are_counted_as_unknown_and_no_group_is_shown() -> None:
    made = audits.decided(people.organisation(), groups=GROUPS)
    predict(made, agree=False)
    report = audits.report(made)
    kept = record.read(bytes(report.record))
    assert kept.predictions == record.Predictions(known=0, unknown=21)
    assert kept.report.calibrations == ()
    page = people.client_of(audits.auditor()).get(f"/audits/{report.uid}").content.decode()
    assert "No group can be shown" in page


def test_a_report_from_before_is_read_as_it_was(report: AuditReport) -> None:
    whole = json.loads(bytes(report.record))
    del whole["predictions"]
    old = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert record.read(old).predictions is None
    assert record.read(old).report == record.read(bytes(report.record)).report
