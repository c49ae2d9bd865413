"""Choosing and filling terms: a template becomes words frozen under one hash; a new version retires the old."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import notices_needs, rules_needs, terms
from dure.problems.digests import digest
from dure.problems.models import Problem, ProblemTerms

UNKNOWN = Refused("unknown_template", _("There is no such template."))


@transaction.atomic
def choose_terms(
    *, by: people.Person, problem: Problem, template: str, values: Mapping[str, str]
) -> ProblemTerms:
    """Put a filled template in force for a problem; people who accepted older words are asked again.

    The same words again change nothing. Raises Denied, or Faulty for a blank that is too long.
    """
    found = terms.TEMPLATES.get(template)
    if found is None:
        raise Denied(UNKNOWN)
    locked = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    demand(rules_needs.sets_terms(by, locked))
    words = terms.fill(found, problem=locked, values=values)
    sha256 = digest({"kind": found.kind, **words})
    in_force = locked.terms.filter(kind=found.kind, retired_at=None)
    if same := in_force.filter(sha256=sha256).first():
        return same
    return _replace(by=by, problem=locked, found=found, words=words, sha256=sha256)


def _replace(
    *, by: people.Person, problem: Problem, found: terms.Template, words: Mapping[str, str], sha256: str
) -> ProblemTerms:
    version = (problem.terms.filter(kind=found.kind).aggregate(top=Max("version"))["top"] or 0) + 1
    _retire(problem, found.kind)
    made = ProblemTerms.objects.create(
        problem=problem, kind=found.kind, template=found.key, version=version, sha256=sha256, **words
    )
    detail = {"kind": found.kind, "version": version, "sha256_of_text": sha256}
    audit.write(by=by, action="terms.choose", obj=problem, detail=detail)
    return made


def _retire(problem: Problem, kind: str) -> None:
    """End the words in force, and ask everybody who had said yes to them."""
    old = ProblemTerms.objects.filter(problem=problem, kind=kind, retired_at=None)
    asked: list[Any] = list(people.Person.objects.filter(pk__in=old.values("acceptances__person_id")))
    old.update(retired_at=clock.now())
    notices_needs.tell(asked, notices_needs.TERMS, problem, by=None)


@transaction.atomic
def retire_terms(*, by: people.Person, problem: Problem, kind: str) -> None:
    """Take the terms of one kind out of force without new ones; what was accepted stays on record."""
    demand(rules_needs.sets_terms(by, problem))
    if ProblemTerms.objects.filter(problem=problem, kind=kind, retired_at=None).update(
        retired_at=clock.now()
    ):
        audit.write(by=by, action="terms.retire", obj=problem, detail={"kind": kind})
