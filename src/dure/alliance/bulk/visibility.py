"""Who may see bulk actions: the secretariat and auditors; of the things in them each those that they may know of."""

from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.foundation.access import Role, has_role

AHEAD: Final = pgettext_lazy("a bulk action", "still ahead")
DONE: Final = pgettext_lazy("a bulk action", "done")
NOT_DONE: Final = _("not done")
TAKEN_BACK: Final = pgettext_lazy("a bulk action", "taken back")


def batch_q(person: Any) -> Q:
    overseen = has_role(person, Role.SECRETARIAT, Role.AUDITOR)
    return Q(pk__isnull=False) if overseen else Q(pk__in=())
