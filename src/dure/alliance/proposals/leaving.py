"""What a person takes along of proposals, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import Proposal, ProposalPartner, ProposalPerson, ProposalRevision
from dure.foundation import events
from dure.people import api as people

OF_PROPOSAL: Final = (
    "uid",
    "state",
    "track",
    "title_ko",
    "title_en",
    "summary_ko",
    "summary_en",
    "text_ko",
    "text_en",
    "created_at",
)
OF_PERSON: Final = ("proposal__uid", "proposal__title_ko", "proposal__title_en")
OF_ANSWER: Final = (*OF_PERSON, "answer", "answered_at")
OF_REVISION: Final = (*OF_PERSON, "number", "submitted_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("proposals", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one leads, is named in, answered and submitted."""
    answered = ProposalPartner.objects.filter(answered_by=person).order_by("id")
    submitted = ProposalRevision.objects.filter(submitted_by=person).order_by("id")
    return {
        "leads": list(Proposal.objects.filter(lead=person).order_by("id").values(*OF_PROPOSAL)),
        "named_in": list(ProposalPerson.objects.filter(person=person).order_by("id").values(*OF_PERSON)),
        "answered": list(answered.values(*OF_ANSWER)),
        "submitted": list(submitted.values(*OF_REVISION)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """A proposal stays with its organisations, without a name; a draft without a lead lapses with its call."""
    Proposal.objects.filter(lead_id=event.person).update(lead=None)
    ProposalPerson.objects.filter(person_id=event.person).delete()
    ProposalPartner.objects.filter(answered_by_id=event.person).update(answered_by=None)
    ProposalRevision.objects.filter(submitted_by_id=event.person).update(submitted_by=None)
