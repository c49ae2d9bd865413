"""Who may see which roundtable.

A planned one is the secretariat's. Once announced, gurus and guests see it; once its minutes are published, members read those of
roundtables that are for all members. What stands on an agenda in confidence is read by nobody who may not read the topic.
"""

from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.visibility import serves_q
from dure.foundation.access import Role, has_role
from dure.people import api as people

NOT_ANSWERED: Final = _("has not answered")
COMES: Final = _("comes")
DOES_NOT_COME: Final = _("does not come")
PUBLISHED: Final = "minuted"


def inside_q(person: Any) -> Q:
    """Roundtables of which this person sees place, guests and tasks too."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    takes_part = serves_q(person) | Q(pk__in=_invited(person)) | Q(pk__in=_busy(person))
    return Q(announced_at__isnull=False) & takes_part


def roundtable_q(person: Any) -> Q:
    """Roundtables that this person may read."""
    inside = inside_q(person)
    if not person.is_authenticated or has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return inside
    published = people.audience_q(person, audience="reach", circle=None)
    return inside | (Q(state=PUBLISHED) & published)


def _invited(person: Any) -> Any:
    from dure.alliance.models import RoundtableGuest  # noqa: PLC0415 - the models name this module

    return RoundtableGuest.objects.filter(person_id=person.pk).values("roundtable_id")


def _busy(person: Any) -> Any:
    """Where one has something to do, also after one's term."""
    from dure.alliance.models import RoundtableTask  # noqa: PLC0415 - same

    return RoundtableTask.objects.filter(owner_id=person.pk).values("roundtable_id")
