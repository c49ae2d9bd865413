"""Who may see which review: one condition for list, page, count, to-do, notice and REST.

A conflict of interest hides the proposal from the reviewer as if it had never been: it is not counted, and no address leads to it.
"""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

BEGUN: Final = ("accepted", "submitted")
"""States in which a reviewer reads the whole proposal."""
STANDING: Final = ("invited", *BEGUN)
"""States in which a reviewer knows of it."""


def review_q(person: Any) -> Q:
    """Those that this person may read."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return reviewer_q(person) | ~Q(Exists(_taking_part(person)))
    return reviewer_q(person)


def reviewer_q(person: Any) -> Q:
    """This person's own that go on or are submitted, where no conflict of interest stands that is not waived."""
    return own_q(person) & Q(state__in=STANDING)


def own_q(person: Any) -> Q:
    """All of their own, past ones too, where no conflict of interest stands that is not waived."""
    if not person.is_authenticated:
        return Q(pk__in=())
    from dure.alliance.models import ReviewConflict  # noqa: PLC0415 - the models name this module

    conflicts = ReviewConflict.objects.filter(
        proposal_id=OuterRef("proposal_id"), reviewer_id=OuterRef("reviewer_id"), is_waived=False
    )
    mine = Q(reviewer__person_id=person.pk)
    return mine & ~Q(Exists(conflicts)) & ~Q(Exists(_led_or_named(person)))


def _led_or_named(person: Any) -> Any:
    from dure.alliance.models import Proposal, ProposalPerson  # noqa: PLC0415 - same

    named = ProposalPerson.objects.filter(proposal_id=OuterRef("pk"), person_id=person.pk)
    own = Q(lead_id=person.pk) | Q(Exists(named))
    return Proposal.objects.filter(own, pk=OuterRef("proposal_id"))


def _taking_part(person: Any) -> Any:
    """The proposal, where this person or an organisation of theirs takes part: nobody reads what is said of their own."""
    from dure.alliance.models import Proposal  # noqa: PLC0415 - same

    return Proposal.objects.filter(takes_part_q(person), pk=OuterRef("proposal_id"))


def takes_part_q(person: Any) -> Q:
    """A condition on proposals: this person leads it, is named in it, or belongs to a partner."""
    from dure.alliance.models import ProposalPartner, ProposalPerson  # noqa: PLC0415 - same

    named = ProposalPerson.objects.filter(proposal_id=OuterRef("pk"), person_id=person.pk)
    partners = ProposalPartner.objects.filter(
        proposal_id=OuterRef("pk"), organisation_id__in=people.organisations_of(person)
    ).exclude(answer="refused")
    return Q(lead_id=person.pk) | Q(Exists(named)) | Q(Exists(partners))
