"""The reviewers of a call: who was asked to be one, how much they take."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.alliance.models import CallReviewer, GuruTerm, ResearchCall
from dure.alliance.projects import tracks
from dure.alliance.reviews import conflicts, rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people

MOST_LOAD: Final = 100
MOST_REVIEWERS: Final = 600
TRACKS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "speech": ("speech", "language"),
    "vision": ("vision",),
    "human": ("humanistic",),
    "media": ("media",),
    "health": ("health",),
    "robots": ("robot", "manufacturing"),
    "infrastructure": ("systems", "learning"),
}
"""The tracks that a guru's field covers."""


@transaction.atomic
def add(call: ResearchCall, *, by: people.Person, given: Mapping[str, Any]) -> CallReviewer:
    """Somebody with an account, by mail address. Raises Denied, Faulty with all that is wrong."""
    demand(rules.may_run(by, call))
    person = people.Person.objects.filter(is_active=True, email__iexact=given["address"].strip()).first()
    faults = [] if person else [Fault("review_person_unknown", place="address")]
    if not 0 <= given["least"] <= given["most"] <= MOST_LOAD:
        faults.append(Fault("review_load_range", {"most": MOST_LOAD}, place="most"))
    if set(given["tracks"]) - set(tracks.Track.values):
        faults.append(Fault("call_track_unknown", place="tracks"))
    if person and call.reviewers.filter(person=person).exists():
        faults.append(Fault("review_person_twice", place="address"))
    if call.reviewers.count() >= MOST_REVIEWERS:
        faults.append(Fault("review_too_many", {"limit": MOST_REVIEWERS}))
    if faults or person is None:
        raise Faulty(faults)
    said = {name: given[name] for name in ("tracks", "least", "most")}
    made = _added(call, person, by=by, said=said)
    conflicts.refresh(call)
    return made


def _added(
    call: ResearchCall, person: people.Person, *, by: people.Person, said: Mapping[str, Any]
) -> CallReviewer:
    made = call.reviewers.create(person=person, added_by=by, **said)
    audit.write(by=by, action="research_call.reviewer_added", obj=call, detail={"reviewer": person})
    telling.tell_pool(made)
    return made


@transaction.atomic
def add_gurus(call: ResearchCall, *, by: people.Person) -> int:
    """All who serve as gurus and are not in the pool; returns how many. Raises Denied."""
    demand(rules.may_run(by, call))
    known = call.reviewers.values("person_id")
    serving = GuruTerm.objects.serving().exclude(person_id__in=known).select_related("person")
    found = list(serving.filter(person__is_active=True).order_by("pk"))
    for term in found:
        fits = sorted({track for field in term.fields for track in TRACKS_OF.get(field, ())})
        _added(call, term.person, by=by, said={"tracks": fits})
    conflicts.refresh(call)
    return len(found)


@transaction.atomic
def remove(reviewer: CallReviewer, *, by: people.Person) -> None:
    """Somebody who was not asked for a review yet. Raises Denied."""
    demand(rules.may_run(by, reviewer.call))
    if reviewer.reviews.exists():
        demand(rules.HAS_REVIEWS)
    detail = {"reviewer": reviewer.person}
    audit.write(by=by, action="research_call.reviewer_removed", obj=reviewer.call, detail=detail)
    reviewer.delete()
