"""The trail takes new entries only."""

import pytest
from django.db import ProgrammingError, transaction

from dure.foundation import audit
from dure.foundation.access import SYSTEM
from dure.foundation.models import AuditEntry


@pytest.mark.django_db
def test_an_entry_can_be_written_but_neither_changed_nor_deleted() -> None:
    audit.write(by=SYSTEM, action="test.done", detail={"password": "x", "n": 1})
    entry = AuditEntry.objects.get(action="test.done")
    assert entry.detail == {"n": 1}
    for change in (lambda: AuditEntry.objects.update(action="other"), entry.delete):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            change()
