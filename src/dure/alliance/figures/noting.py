"""Noting how large organisations are and where they sit: what breakdowns by size and region rest on."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from dure.alliance.figures import rules
from dure.alliance.models import OrganisationFacts
from dure.engines.openings import REGIONS
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people


@transaction.atomic
def note(organisations: Iterable[people.Organisation], *, by: people.Person, given: Mapping[str, Any]) -> int:
    """Note size, region or both; an empty one is left as it is. Returns of how many. Raises Denied, Faulty."""
    demand(rules.may_publish(by))
    said = {name: given[name] for name in ("size", "region") if given.get(name)}
    _check(said)
    chosen = list(organisations)
    for one in chosen:
        OrganisationFacts.objects.update_or_create(
            organisation=one, defaults={**said, "noted_by": by, "noted_at": clock.now()}
        )
        audit.write(by=by, action="figures.organisation_noted", obj=one, detail=said)
    return len(chosen)


def _check(said: Mapping[str, str]) -> None:
    found = []
    if not said:
        found.append(Fault("figures_nothing_noted", place="size"))
    if said.get("size", "small") not in OrganisationFacts.Size.values:
        found.append(Fault("figures_size_unknown", {"value": said["size"]}, place="size"))
    if said.get("region", "KR-11") not in REGIONS:
        found.append(Fault("figures_region_unknown", {"value": said["region"]}, place="region"))
    if found:
        raise Faulty(found)


def organisations(*, words: str = "", lacking: bool = False) -> Any:
    """All organisations by name with what was noted; `lacking` leaves those of Korea whose size or region is not known."""
    rows = people.Organisation.objects.select_related("alliance_facts")
    if words.strip():
        rows = rows.filter(name_ko__icontains=words.strip()) | rows.filter(name_en__icontains=words.strip())
    if lacking:
        rows = rows.filter(country="KR").exclude(alliance_facts__region__gt="", alliance_facts__size__gt="")
    return rows.order_by("name_ko", "name_en", "pk")
