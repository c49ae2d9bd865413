"""Accepting terms: a person's yes to exactly these words."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit
from dure.foundation.access import SIGN_IN, Denied, Refused
from dure.people import api as people
from dure.problems.models import Problem, ProblemTerms, TermsAcceptance

CHANGED = Refused("terms_changed", _("The terms have changed while you read them; read the new ones first."))


@transaction.atomic
def accept_terms(
    *, by: people.Person, problem: Problem, origin: str = "", read: Collection[str] | None = None
) -> list[TermsAcceptance]:
    """Say yes to every version in force; each hash is recorded once per person.

    `read` are the hashes that stood on the page: when other words are in force by now, nothing is accepted and Denied says so.
    """
    if not by.is_authenticated:
        raise Denied(SIGN_IN)
    in_force = list(
        ProblemTerms.objects.select_for_update().filter(problem=problem, retired_at=None).order_by("pk")
    )
    if read is not None and {terms.sha256 for terms in in_force} != set(read):
        raise Denied(CHANGED, conflict=True)
    accepted = [
        TermsAcceptance.objects.get_or_create(
            person=by, terms=terms, defaults={"sha256": terms.sha256, "origin": origin[:64]}
        )
        for terms in in_force
    ]
    made = [acceptance for acceptance, new in accepted if new]
    for acceptance in made:
        audit.write(by=by, action="terms.accept", obj=problem, detail={"sha256_of_text": acceptance.sha256})
    return made
