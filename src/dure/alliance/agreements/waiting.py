"""What waits for a person in agreements: approving, signing, opening for signing, deciding on what ends soon."""

from typing import Any, Final

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Agreement, AgreementApproval, AgreementParty, AgreementSignature
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

OF_PARTY: Final[dict[str, Any]] = {
    "ref": F("agreement__uid"),
    "title_ko": F("agreement__title_ko"),
    "title_en": F("agreement__title_en"),
}
OF_AGREEMENT: Final[dict[str, Any]] = {
    "url": "/agreements/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("title_ko"),
    "title_en": F("title_en"),
}
GIVEN: Final = Exists(AgreementApproval.objects.filter(party=OuterRef("pk"), voided_at=None))


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="agreement_approve",
            rows=_to_approve,
            title=_("Approve it or ask for changes: “%(name)s”"),
            why=_("An agreement of your organisation is with its parties."),
            url="/agreements/%(ref)s",
            **OF_PARTY,
        )
    )
    declare(
        Waiting(
            kind="agreement_sign",
            rows=_to_sign,
            title=_("Sign for your organisation: “%(name)s”"),
            why=_("All parties have approved the text."),
            url="/agreements/%(ref)s",
            **OF_PARTY,
        )
    )
    declare(
        Waiting(
            kind="agreement_open_signing",
            rows=_approved,
            title=_("Open it for signing: “%(name)s”"),
            why=_("All parties have approved the same revision."),
            **OF_AGREEMENT,
        )
    )
    declare(
        Waiting(
            kind="agreement_ending",
            rows=_ending,
            title=_("Extend it, renew it or let it run out: “%(name)s”"),
            why=_("It ends soon."),
            due=Cast(F("effective_to"), DateTimeField()),
            **OF_AGREEMENT,
        )
    )


def _own(person: Any, state: str) -> "QuerySet[AgreementParty]":
    """Parties that this person speaks for, of agreements in a state. Titles stand in both languages or in one."""
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    return AgreementParty.objects.filter(
        left_at=None, agreement__state=state, organisation_id__in=represented.values("organisation_id")
    )


def _to_approve(person: Any) -> "QuerySet[Any, Any]":
    """A yes or a signature that is not void is one to the newest revision."""
    return _own(person, "in_review").filter(~GIVEN)


def _to_sign(person: Any) -> "QuerySet[Any, Any]":
    signed = AgreementSignature.objects.filter(party=OuterRef("pk"), voided_at=None)
    return _own(person, "signing").filter(~Exists(signed))


def _approved(person: Any) -> "QuerySet[Any, Any]":
    silent = AgreementParty.objects.filter(~GIVEN, left_at=None, agreement__state="in_review")
    rows = _for_secretariat(person).filter(state="in_review")
    return rows.exclude(pk__in=silent.values("agreement_id"))


def _ending(person: Any) -> "QuerySet[Any, Any]":
    return _for_secretariat(person).filter(state="expiring")


def _for_secretariat(person: Any) -> "QuerySet[Agreement]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Agreement.objects.filter(mine)
