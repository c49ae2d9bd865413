"""Reporting an incident."""

from datetime import date

from django.db import transaction

from dure.alliance.ethics import subjects, telling
from dure.alliance.models import EthicsIncident
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.people import api as people


@transaction.atomic
def report(
    subject: subjects.Subject, *, by: people.Person, severity: str, what: str, happened_on: date
) -> EthicsIncident:
    """By anybody who sees the subject. Raises Faulty with all that is wrong."""
    faults = [] if what.strip() else [Fault("ethics_no_words", place="what")]
    faults += [Fault("ethics_later", place="happened_on")] if happened_on > clock.today() else []
    if faults:
        raise Faulty(faults)
    made = EthicsIncident.objects.create(
        kind=subject.kind,
        subject=subject.uid,
        title_ko=subject.title_ko,
        title_en=subject.title_en,
        organisation_id=subject.organisation_id,
        reporter=by,
        severity=severity,
        what=what.strip(),
        happened_on=happened_on,
    )
    audit.write(by=by, action="ethics_incident.reported", obj=made, detail={"severity": severity})
    telling.tell_reported(made)
    return made
