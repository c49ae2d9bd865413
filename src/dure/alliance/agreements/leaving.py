"""What a person takes along of agreements, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.alliance.models import AgreementApproval, AgreementComment, AgreementSignature
from dure.foundation import events
from dure.people import api as people

OF_COMMENT = ("agreement__uid", "agreement__title_ko", "agreement__title_en", "body", "wants_change", "at")
OF_APPROVAL = ("party__agreement__uid", "party__organisation__slug", "sha256", "at", "voided_at")
OF_SIGNATURE = (*OF_APPROVAL, "method", "signer", "filename")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("agreements", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one wrote, approved and signed."""
    return {
        "comments": list(AgreementComment.objects.filter(by=person).order_by("id").values(*OF_COMMENT)),
        "approvals": list(AgreementApproval.objects.filter(by=person).order_by("id").values(*OF_APPROVAL)),
        "signatures": list(AgreementSignature.objects.filter(by=person).order_by("id").values(*OF_SIGNATURE)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Comments lose their words. Who signed for an organisation stays: the contract of others rests on it."""
    AgreementComment.objects.filter(by_id=event.person).update(body="–")
