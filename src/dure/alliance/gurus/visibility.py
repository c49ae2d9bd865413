"""Who may see which guru: those who have accepted are known to members and gurus, an invitation to the invited person alone."""

from typing import Any, Final

from django.db.models import Exists, Q

from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.people import api as people

KNOWN: Final = ("serving", "ended")


def term_q(person: Any) -> Q:
    """Terms that this person may read."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    mine = Q(person_id=person.pk)
    return mine | Q(state__in=KNOWN) if is_inside(person) else mine


def is_inside(person: Any) -> bool:
    """Whether the person belongs to a member of the alliance, or is a guru."""
    reached = people.reached_q("members") | serves_q(person)
    return people.Person.objects.filter(reached, pk=person.pk).exists()


def is_guru(person: Any) -> bool:
    """Whether a term of this person runs today."""
    from dure.alliance.models import GuruTerm  # noqa: PLC0415 - the models name this module

    return bool(person.is_authenticated) and GuruTerm.objects.serving().filter(person_id=person.pk).exists()


def serves_q(person: Any) -> Q:
    """The same as a condition on rows of any kind: true for all of them, or for none."""
    from dure.alliance.models import GuruTerm  # noqa: PLC0415 - the models name this module

    return Q(Exists(GuruTerm.objects.serving().filter(person_id=person.pk)))


def is_past(term: Any) -> bool:
    return bool(term.ends_on < clock.today())
