"""Who may see which proposal: query conditions for list, page, search, count, export and REST alike.

Rivals are members side by side, and the secretariat sits at one of them: a draft is its own people's alone. What was submitted is
read by the secretariat and auditors too, and by reviewers as far as `reviews.visibility` lets them.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from dure.alliance.reviews.visibility import BEGUN
from dure.foundation.access import Role, has_role
from dure.people import api as people


def proposal_q(person: Any) -> Q:
    """Those that this person may read."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return inside_q(person) | Q(submitted_at__isnull=False)
    return inside_q(person) | reviewed_q(person)


def reviewed_q(person: Any) -> Q:
    """Those that this person has accepted to review, and no conflict of interest hides."""
    from dure.alliance.models import Review  # noqa: PLC0415 - the models name this module

    mine = Review.objects.reviewed_by(person).filter(proposal_id=OuterRef("pk"), state__in=BEGUN)
    return Q(Exists(mine))


def inside_q(person: Any) -> Q:
    """Those in which this person takes part: leads it, is named in it, or speaks for a partner that has not refused."""
    if not person.is_authenticated:
        return Q(pk__in=())
    from dure.alliance.models import ProposalPartner, ProposalPerson  # noqa: PLC0415 - the models name this module

    mine = people.represented_organisations(person)
    partners = ProposalPartner.objects.filter(proposal_id=OuterRef("pk"), organisation_id__in=mine)
    named = ProposalPerson.objects.filter(proposal_id=OuterRef("pk"), person_id=person.pk)
    return Q(lead_id=person.pk) | Q(Exists(named)) | Q(Exists(partners.exclude(answer="refused")))
