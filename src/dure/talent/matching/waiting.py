"""What waits for a person because of matching: invitations to apply."""

from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation.waiting import Waiting
from dure.talent.models import ApplyInvitation


def _sent(person: Any) -> "QuerySet[ApplyInvitation]":
    return ApplyInvitation.objects.filter(person_id=person.pk, state="sent")


INVITED: Final = Waiting(
    kind="matching.invited",
    rows=_sent,
    title=_("Answer an invitation to apply: “%(name)s”"),
    why=_("The organisation does not know who you are."),
    url="/apply-invitations/%(ref)s",
    ref=F("uid"),
    title_ko=F("opening__title_ko"),
    title_en=F("opening__title_en"),
    due=F("opening__deadline"),
)
