"""The secretariat looks at an organisation's papers, and may take back that they are in order."""

from django.db import transaction

from dure.foundation import audit, clock, workflow
from dure.foundation.access import SYSTEM, demand
from dure.foundation.workflow import has_reason
from dure.people import api as people
from dure.talent.models import Opening, VerifiedOrganisation
from dure.talent.openings import rules, telling


@transaction.atomic
def verify(organisation: people.Organisation, *, by: people.Person, papers: str) -> VerifiedOrganisation:
    """Say which papers were looked at; verifying again names the newer ones. Raises Denied."""
    demand(rules.may_verify(by))
    demand(rules.names_papers(papers))
    given = {"by": by, "papers": papers.strip(), "at": clock.now()}
    row, is_new = VerifiedOrganisation.objects.update_or_create(organisation=organisation, defaults=given)
    detail = {"papers": row.papers}
    audit.write(by=by, action="organisation.verified_for_openings", obj=organisation, detail=detail)
    if is_new:
        telling.tell_organisation(telling.VERIFIED, organisation)
    return row


@transaction.atomic
def take_back(organisation: people.Organisation, *, by: people.Person, reason: str) -> int:
    """Verified no longer: what is open closes, and its people are told why. Returns how many closed. Raises Denied."""
    demand(rules.may_verify(by))
    demand(has_reason(organisation, {"reason": reason}))
    VerifiedOrganisation.objects.filter(organisation=organisation).delete()
    detail = {"reason": reason.strip()}
    audit.write(by=by, action="organisation.unverified_for_openings", obj=organisation, detail=detail)
    telling.tell_organisation(telling.UNVERIFIED, organisation, reason=reason.strip())
    rows = Opening.objects.select_for_update().filter(organisation=organisation, state="open")
    return len([workflow.perform(opening, "stop", by=SYSTEM) for opening in rows.order_by("pk")])
