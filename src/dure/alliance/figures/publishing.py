"""Publishing the figures of a year: from then on they stand as they were, with their hash."""

from typing import Any

from django.db import transaction

from dure.alliance.agreements.canonical import digest
from dure.alliance.figures import counting, rules
from dure.alliance.models import FiguresPublication
from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people


@transaction.atomic
def publish(year: int, *, by: people.Person, note: str) -> FiguresPublication:
    """Freeze the figures as they stand. Raises Denied; Faulty where a correction does not say what changed."""
    demand(rules.may_publish(by))
    earlier = FiguresPublication.objects.filter(year=year)
    if earlier.exists() and not note.strip():
        raise Faulty([Fault("figures_correction_unexplained", place="note")])
    content = counting.of_year(year)
    made = FiguresPublication.objects.create(
        year=year, content=content, sha256=digest(content), note=note.strip(), published_by=by
    )
    audit.write(by=by, action="figures.publish", obj=made, detail={"year": year, "sha256": made.sha256})
    return made


def is_intact(made: FiguresPublication) -> bool:
    """Whether its content still has the hash that was published."""
    return digest(made.content) == made.sha256


def published() -> Any:
    """All of them, the newest year first, a correction before what it corrects."""
    return FiguresPublication.objects.defer("content").order_by("-year", "-pk")
