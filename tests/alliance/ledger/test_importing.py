"""Facts from a spreadsheet: every fault at once, a preview, each reference once, nothing in a closed quarter."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.alliance.ledger import importing, periods
from dure.alliance.models import Commitment, LedgerImport, LedgerTransaction
from dure.engines.faults import Faulty
from dure.foundation import clock, files, workflow
from dure.people.exports import export_of
from tests.factories import commitments
from tests.factories.people import client_of, organisation, person, representative

pytestmark = pytest.mark.django_db
HEADINGS = "reference,date,giver,user,unit,quantity,what"
IN_NOVEMBER = datetime(2026, 11, 30, 3, tzinfo=UTC)


def sheet(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("facts.csv", "\n".join([HEADINGS, *rows]).encode(), "text/csv")


def desk() -> Any:
    return person(roles=["secretariat"], language="en")


def uploaded(officer: Any, *rows: str) -> LedgerImport:
    return importing.upload(sheet(*rows), by=officer, filename="facts.csv")


def test_a_file_is_looked_at_taken_over_once_and_a_longer_one_adds_what_is_new() -> None:
    one, other, officer = organisation(), organisation(), desk()
    first = f"A-1,2026-06-01,{one.slug},pool,person_day,40,two people"
    client = client_of(officer)
    page = client.post("/ledger/imports", {"file": sheet(first)}, follow=True).content.decode()
    assert "New: 1. In the ledger already, and not entered again: 0." in page
    assert not LedgerTransaction.objects.exists()
    kept = LedgerImport.objects.get()
    for _again in range(2):
        client.post(f"/ledger/imports/{kept.uid}/apply")
    assert LedgerTransaction.objects.count() == 1
    longer = uploaded(officer, first, f"A-2,2026-06-02,{one.slug},{other.slug},krw,1000,")
    shown = client.get(f"/api/v1/ledger/imports/{longer.uid}").json()
    assert [row["is_known"] for row in shown["rows"]] == [True, False]
    assert importing.take_over(longer, by=officer) == 1
    assert LedgerTransaction.objects.count() == 2
    assert client_of(representative(one)).get(f"/ledger/imports/{kept.uid}").status_code == 403


def test_with_any_fault_nothing_is_entered_and_all_are_told() -> None:
    one, officer = organisation(), desk()
    with clock.at(IN_NOVEMBER):
        workflow.perform(periods.period_of(datetime(2026, 6, 1, tzinfo=UTC)), "close", by=officer)
        kept = uploaded(
            officer,
            f"B-1,2026-06-01,{one.slug},pool,seat,1,",
            f"B-2,2026-12-24,{one.slug},pool,seat,1,",
            "B-3,2026-11-01,nobody,pool,seat,x,",
            f"B-4,1026-11-01,{one.slug},pool,seat,1,",
            f"B-5,2026-11-01,{one.slug},pool,seat,1,",
        )
        found = {(fault.row, fault.code) for fault in importing.look(kept).faults}
        assert found == {
            (2, "ledger_quarter_closed"),
            (3, "ledger_ahead"),
            (4, "ledger_account_unknown"),
            (4, "ledger_quantity_malformed"),
            (5, "ledger_too_early"),
        }
        with pytest.raises(Faulty):
            importing.take_over(kept, by=officer)
    assert not LedgerTransaction.objects.exists()
    assert client_of(officer).post("/ledger/imports", {"file": sheet()}).status_code == 422


def test_a_reference_that_says_something_else_is_refused() -> None:
    one, officer = organisation(), desk()
    importing.take_over(uploaded(officer, f"C-1,2026-11-01,{one.slug},pool,seat,1,"), by=officer)
    changed = uploaded(officer, f"C-1,2026-11-01,{one.slug},pool,seat,2,")
    assert [fault.code for fault in importing.look(changed).faults] == ["ledger_reference_of_other"]


def test_a_row_delivers_what_its_giver_owes() -> None:
    owed = commitments.confirmed(kind="people", unit="person_day", accelerator="")
    assert owed.beneficiary is not None
    row = f"D-1,{clock.today()},{owed.donor.slug},{owed.beneficiary.slug},person_day,100,"
    officer = desk()
    importing.take_over(uploaded(officer, row), by=officer)
    assert Commitment.objects.get(pk=owed.pk).state == "fulfilled"


def test_a_file_that_cannot_be_read_any_more_says_so() -> None:
    kept = LedgerImport.objects.create(blob=files.put_bytes(b"\x00\x01 no table"), filename="old.xlsx")
    client = client_of(person(roles=["secretariat"], language="en"))
    page = client.get(f"/ledger/imports/{kept.uid}")
    assert page.status_code == 200
    assert "Nothing can be taken over" in page.content.decode()
    client.post(f"/ledger/imports/{kept.uid}/apply")
    assert LedgerImport.objects.get().applied_at is None


def test_what_somebody_uploaded_goes_along_in_their_export() -> None:
    keeper = person(roles=["secretariat"])
    LedgerImport.objects.create(blob=files.put_bytes(b"x"), filename="mine.csv", uploaded_by=keeper)
    kept = zipfile.ZipFile(io.BytesIO(export_of(keeper))).read("ledger.json")
    assert b"mine.csv" in kept
