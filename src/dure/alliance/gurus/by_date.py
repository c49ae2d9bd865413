"""Terms end by the clock. Running it twice changes nothing."""

from datetime import datetime

from dure.alliance.models import GuruTerm
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM


@clock.on_clock("alliance.guru_terms_end")
def end_all(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """End the terms, and the invitations nobody answered, whose last day has passed; returns how many."""
    rows = GuruTerm.objects.filter(state__in=("invited", "serving"), ends_on__lt=clock.today())
    found = list(rows.order_by("pk"))
    for term in found:
        workflow.perform(term, "end", by=SYSTEM)
    return len(found)
