"""Accepting terms: a person's yes to exactly these words."""

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import SIGN_IN, Denied
from dure.people import api as people
from dure.problems.models import Problem, ProblemTerms, TermsAcceptance


@transaction.atomic
def accept_terms(*, by: people.Person, problem: Problem, origin: str = "") -> list[TermsAcceptance]:
    """Say yes to every version in force; each hash is recorded once per person."""
    if not by.is_authenticated:
        raise Denied(SIGN_IN)
    in_force = ProblemTerms.objects.filter(problem=problem, retired_at=None)
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
