"""Who may vote by a rule today: gurus without a conflict, or the representatives of member organisations."""

from dataclasses import dataclass

from django.db.models import Q

from dure.alliance.models import GuruTerm, Vote
from dure.engines import voting
from dure.foundation import clock
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Voter:
    """A person, and the organisation for which they vote where organisations do."""

    person: int
    organisation: int | None = None
    slug: str = ""


def of(vote: Vote) -> list[Voter]:
    """All who may vote if it opened now."""
    return _organisations() if vote.printed.unit == "organisation" else _gurus(vote)


def _gurus(vote: Vote) -> list[Voter]:
    """Who serves today; a motion about one topic is voted on without those who brought it."""
    serving = GuruTerm.objects.serving().filter(person__is_active=True)
    if vote.printed.method == "motion":
        serving = serving.exclude(person_id__in=_in_conflict(vote))
    return [Voter(pk) for pk in serving.order_by("person_id").values_list("person_id", flat=True)]


def _in_conflict(vote: Vote) -> set[int]:
    """Who proposed the topic, or belongs to the organisation that did."""
    found: set[int] = set()
    for item in vote.items.select_related("topic"):
        topic = item.topic
        if topic.proposed_by_id:
            found.add(topic.proposed_by_id)
        if topic.organisation_id:
            inside = people.Membership.objects.current().filter(organisation_id=topic.organisation_id)
            found |= set(inside.values_list("person_id", flat=True))
    return found


def _organisations() -> list[Voter]:
    """Representatives of member organisations; somebody who speaks for two votes for the one that was there first."""
    today = clock.today()
    joined = Q(organisation__joined_on__lte=today, organisation__suspended_on=None)
    joined &= Q(organisation__left_on=None) | Q(organisation__left_on__gt=today)
    role = people.Membership.Role.REPRESENTATIVE
    speaking = people.Membership.objects.current().filter(joined, role=role, person__is_active=True)
    found: dict[int, Voter] = {}
    for row in speaking.select_related("organisation").order_by("organisation_id", "person_id"):
        found.setdefault(row.person_id, Voter(row.person_id, row.organisation_id, row.organisation.slug))
    return [found[person] for person in sorted(found)]


def telling(vote: Vote) -> list[str]:
    """Organisations whose ballots would show by their weight alone where they come from, by slug."""
    electors = [voting.Elector(str(one.person), one.slug) for one in of(vote)]
    return sorted(set(voting.telling_weights(vote.printed, electors).values()))
