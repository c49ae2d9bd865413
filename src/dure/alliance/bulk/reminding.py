"""Reminding whom a thing waits for: who that is for each kind, and that nobody is reminded every day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.bulk import rules
from dure.alliance.desk import table
from dure.alliance.figures.words import both
from dure.foundation import audit, clock, notices
from dure.foundation.access import Refused
from dure.people import api as people

APART: Final = timedelta(days=3)
FROM_DESK: Final = notices.Group(40, _("From the secretariat"))
REMINDER: Final = notices.kinds_under("alliance", FROM_DESK)(
    "desk_reminder",
    _("The secretariat reminds me of what waits for me"),
    _("The secretariat reminds you of what waits for you since %(since)s: %(what)s “%(name)s”."),
)


def _people(**said: Any) -> "QuerySet[people.Person]":
    return people.Person.objects.filter(is_active=True, **said)


def _speakers(*organisations: Any) -> "QuerySet[people.Person]":
    """Whoever represents one of them now."""
    speaking = people.Membership.objects.current().filter(
        organisation__in=organisations, role=people.Membership.Role.REPRESENTATIVE
    )
    return _people(pk__in=speaking.values("person_id"))


def _of_agreement(one: Any) -> "QuerySet[people.Person]":
    """Of the parties that have not approved or not signed."""
    said = one.revision.approvals if one.state == "in_review" else one.revision.signatures
    done = {*said.filter(voided_at=None).values_list("party_id", flat=True)}
    return _speakers(*(party.organisation_id for party in one.standing if party.pk not in done))


def _of_review(one: Any) -> "QuerySet[people.Person]":
    """A reviewer whom a conflict of interest hides it from is told nothing."""
    who = one.reviewer.person
    is_open = type(one).objects.reviewed_by(who).filter(pk=one.pk).exists()
    return _people(pk=who.pk) if is_open else people.Person.objects.none()


WHOM: Final[Mapping[str, Callable[[Any], "QuerySet[people.Person]"]]] = {
    "agreement": _of_agreement,
    "commitment": lambda one: _speakers(one.donor_id),
    "ledger_receipt": lambda one: _speakers(one.receiver_id),
    "research_project": lambda one: _people(pk=one.lead_id),
    "project_milestone": lambda one: _people(pk=one.project.lead_id),
    "joining": lambda one: _speakers(one.organisation_id),
    "proposal": lambda one: _people(pk=one.lead_id),
    "review": _of_review,
    "startup_checkpoint": lambda one: _people(pk__in=one.case.mentors.filter(until=None).values("person_id")),
}
"""For whom a thing waits, by its kind on the desk."""


def refusals(kind: str, thing: Any) -> Iterator[Refused]:
    """Why nobody is reminded of it now."""
    if not WHOM[kind](thing).exists():
        yield rules.NOBODY
    if _reminded(kind, thing):
        yield rules.REMINDED


def _reminded(kind: str, thing: Any) -> bool:
    from dure.alliance.models import BulkItem  # noqa: PLC0415 - the models name the table that leads here

    done = Q(result="done", batch__deed=f"remind_{kind}", batch__state_since__gt=clock.now() - APART)
    return BulkItem.objects.filter(done, kind=kind, thing=thing.uid).exists()


def remind(kind: str, thing: Any, *, by: people.Person, url: str) -> None:
    """Tell everybody for whom it waits, once."""
    params = {
        **{f"what_{code}": words for code, words in both(lambda: table.watched()[kind].label).items()},
        "name_ko": thing.b_ko or thing.b_en,
        "name_en": thing.b_en or thing.b_ko,
        "since": thing.state_since.date().isoformat(),
    }
    notices.notify(WHOM[kind](thing), REMINDER, url=url, params=params)
    audit.write(by=by, action="desk.reminded", obj=thing)
