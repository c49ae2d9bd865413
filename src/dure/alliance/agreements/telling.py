"""What people are told about agreements."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

AGREEMENTS: Final = notices.Group(40, _("Agreements and commitments"))
_kind = notices.kinds_under("alliance", AGREEMENTS)

CIRCULATED: Final = _kind(
    "agreement_circulated",
    _("An agreement of my organisation waits for approval"),
    _("Read it and approve it, or ask for changes: “%(name)s”."),
)
CHANGES: Final = _kind(
    "agreement_changes",
    _("Somebody asks for changes of an agreement"),
    _("A party asks for changes: “%(name)s”. It is being drafted again."),
)
APPROVED: Final = _kind(
    "agreement_approved",
    _("All parties have approved a text"),
    _("All parties have approved the same revision: “%(name)s”. It can be opened for signing."),
)
SIGNING: Final = _kind(
    "agreement_signing",
    _("An agreement of my organisation waits for its signature"),
    _("All parties have approved it. Sign it for your organisation: “%(name)s”."),
)
SIGNED: Final = _kind(
    "agreement_signed",
    _("All parties have signed an agreement"),
    _("All parties have signed: “%(name)s”. It comes into force on its first day."),
)
REOPENED: Final = _kind(
    "agreement_reopened",
    _("An agreement that was being signed goes back to drafting"),
    _("It goes back to drafting, and approvals are void: “%(name)s”. The reason stands among the comments."),
)
ABANDONED: Final = _kind(
    "agreement_abandoned",
    _("A draft is given up"),
    _("The draft is given up: “%(name)s”. The reason stands there."),
)
COMMENTED: Final = _kind(
    "agreement_commented",
    _("Somebody comments on a draft of my organisation"),
    _("%(by)s comments on “%(name)s”."),
)
BEGUN: Final = _kind("agreement_begun", _("An agreement comes into force"), _("It is in force: “%(name)s”."))
LEFT: Final = _kind(
    "agreement_left",
    _("A party leaves an agreement"),
    _("%(party)s has left “%(name)s”. It sees no more what is shared there."),
)
ENDING: Final = _kind(
    "agreement_ending",
    _("An agreement ends soon"),
    _("“%(name)s” ends on %(day)s. Decide whether it is extended, renewed or runs out."),
)
ENDED: Final = _kind(
    "agreement_ended",
    _("An agreement has ended"),
    _("It has ended: “%(name)s”. What was shared in its circle is closed."),
)


def tell_parties(kind: str, agreement: Any) -> None:
    """Tell the representatives of its parties."""
    _tell(representatives(agreement), kind, agreement)


def tell_secretariat(kind: str, agreement: Any) -> None:
    _tell(people.secretaries(), kind, agreement)


def tell_all(kind: str, agreement: Any) -> None:
    """Tell representatives and the secretariat."""
    _tell([*representatives(agreement), *people.secretaries()], kind, agreement)


def tell_comment(agreement: Any, by: Any) -> None:
    """Tell everybody on the draft except whoever wrote."""
    said = {"by_ko": by.name_ko or by.name_en, "by_en": by.name_en or by.name_ko}
    others = [*representatives(agreement), *people.secretaries()]
    _tell([one for one in others if one.pk != by.pk], COMMENTED, agreement, said)


def tell_left(agreement: Any, party: Any) -> None:
    organisation = party.organisation
    named = {
        "party_ko": organisation.name_ko or organisation.name_en,
        "party_en": organisation.name_en or organisation.name_ko,
    }
    _tell([*representatives(agreement), *people.secretaries()], LEFT, agreement, named)


def tell_ending(agreement: Any) -> None:
    said = {"day": agreement.effective_to.isoformat()}
    _tell([*representatives(agreement), *people.secretaries()], ENDING, agreement, said)


def representatives(agreement: Any) -> "Iterable[people.Person]":
    """Who speaks for its parties now."""
    speaking = people.Membership.objects.current().filter(
        organisation__in=[party.organisation_id for party in agreement.standing],
        role=people.Membership.Role.REPRESENTATIVE,
    )
    return people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))


def _tell(
    whom: "Iterable[people.Person]", kind: str, agreement: Any, more: dict[str, str] | None = None
) -> None:
    params = {
        "name_ko": agreement.title_ko or agreement.title_en,
        "name_en": agreement.title_en or agreement.title_ko,
    }
    notices.notify(whom, kind, url=f"/agreements/{agreement.uid}", params=params | (more or {}))
