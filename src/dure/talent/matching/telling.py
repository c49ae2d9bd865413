"""What people are told about matching."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.talent.models import ApplyInvitation

MATCHING: Final = notices.Group(25, _("Openings that may fit me"))
_kind = notices.kinds_under("talent", MATCHING)

INVITED: Final = _kind(
    "invited_to_apply",
    _("An organisation invites me to apply"),
    _("%(organisation)s invites you to apply for “%(name)s”. It does not know who you are."),
)


def tell_invited(invitation: ApplyInvitation) -> None:
    opening = invitation.opening
    params = {
        "name_ko": opening.title_ko,
        "name_en": opening.title_en,
        "organisation_ko": opening.organisation.name_ko,
        "organisation_en": opening.organisation.name_en,
    }
    notices.notify([invitation.person], INVITED, url=f"/apply-invitations/{invitation.uid}", params=params)
