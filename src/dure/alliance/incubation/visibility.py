"""Who may see which batch and which startup of it.

Rivals are members side by side, and so are founders: who has applied nobody learns but the secretariat and the jury. Once a startup
is taken in, members know its name and its one sentence; its file is read by its founder, its mentors, the secretariat and auditors.
"""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from dure.alliance.scouting.visibility import NOTHING, member_organisations
from dure.foundation.access import Role, has_role

TAKEN_IN: Final = ("incubating", "demo_day", "graduated")
JUDGED: Final = ("applied", "selected")
ALL: Final = Q(pk__isnull=False)


def batch_q(person: Any) -> Q:
    """Calls are public; a draft is the secretariat's."""
    return ALL if has_role(person, Role.SECRETARIAT) else ~Q(state="draft")


def case_q(person: Any) -> Q:
    """Startups of which this person may know."""
    if not person.is_authenticated:
        return NOTHING
    known = Q(state__in=TAKEN_IN) & Q(Exists(member_organisations(person)))
    return known | inside_q(person) | judged_q(person)


def inside_q(person: Any) -> Q:
    """Startups whose file this person may read."""
    from dure.alliance.models import StartupMentor  # noqa: PLC0415 - the models name this module

    if not person.is_authenticated:
        return NOTHING
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return ~near_q(person)
    mentored = StartupMentor.objects.filter(case=OuterRef("pk"), person_id=person.pk, until=None)
    return Q(founder_id=person.pk) | Q(Exists(mentored))


def judged_q(person: Any) -> Q:
    """Startups whose pitch this person judges: a juror of the batch, unless the own startup or too near to it."""
    from dure.alliance.models import IncubationJuror  # noqa: PLC0415 - same

    seats = IncubationJuror.objects.filter(batch=OuterRef("batch_id"), person_id=person.pk)
    own = Q(founder_id=person.pk) & Q(founder__isnull=False)
    return Q(state__in=JUDGED) & Q(Exists(seats)) & ~own & ~near_q(person)


def near_q(person: Any) -> Q:
    """Startups to which this person has declared to be too near, while they are judged."""
    from dure.alliance.models import PitchScore  # noqa: PLC0415 - same

    said = PitchScore.objects.filter(case=OuterRef("pk"), juror_id=person.pk, is_conflict=True)
    return Q(state__in=JUDGED) & Q(Exists(said))
