"""The only way a page, route or task gets an object: by who asks. What one may not see does not exist."""

from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from dure.foundation import prepared
from dure.foundation.access import Hidden, demand
from dure.people import api as people
from dure.problems import rules
from dure.problems.models import Challenge, DatasetFile, Phase, Problem, Submission, Team

M = TypeVar("M", bound=Model)


def access_problem(person: Any, uid: UUID | str) -> Problem:
    return _one(
        Problem.objects.visible_to(person).select_related("organisation", "owner", "curator", "challenge"),
        Q(uid=uid),
        uid,
    )


def access_challenge(person: Any, slug: str) -> Challenge:
    """A challenge by its slug, with what every page of it needs: one query, and one for its phases."""
    found: list[Any] = prepared.objects(
        "problems.challenge",
        _by_slug,
        person,
        Challenge,
        related=AROUND,
        also=("host", "represented"),
        put={prepared.WORD: slug},
    )
    if not found:
        raise Hidden(slug)
    challenge = found[0]
    prepared.hold(challenge, "phases", prepared.of("problems.phases", _phases, Phase, challenge.pk))
    challenge.named_host = (person.pk, challenge.host)
    rules.remember_represents(person, challenge.problem, answer=challenge.represented)
    return cast("Challenge", challenge)


AROUND = ("problem", "problem__organisation", "answers", "scorer", "dataset")


def _phases() -> "QuerySet[Phase]":
    return Phase.objects.filter(challenge_id=prepared.NUMBER)


def _by_slug(person: Any) -> "QuerySet[Challenge]":
    hosts = Challenge.hosts.through.objects.filter(challenge_id=OuterRef("pk"), person_id=person.pk)
    seen = Challenge.objects.visible_to(person).filter(slug=prepared.WORD).order_by()
    speaks = people.Membership.objects.current().filter(
        person_id=person.pk, organisation_id=OuterRef("problem__organisation_id"), role__in=rules.OWNER_ROLES
    )
    return seen.annotate(host=Exists(hosts), represented=Exists(speaks))


def access_hosted(person: Any, slug: str) -> Challenge:
    """A challenge this person runs; others who see it are told why not."""
    challenge = access_challenge(person, slug)
    demand(rules.hosts_challenge(person, challenge))
    return challenge


def access_submission(person: Any, uid: UUID | str) -> Submission:
    related = Submission.objects.visible_to(person).select_related(
        "challenge__problem", "team", "by", "phase"
    )
    return _one(related, Q(uid=uid), uid)


def access_team(person: Any, uid: UUID | str) -> Team:
    """A team of a challenge this person sees."""
    seen = Challenge.objects.visible_to(person).values("pk")
    return _one(
        Team.objects.filter(challenge__in=seen).select_related("challenge__problem", "organisation"),
        Q(uid=uid),
        uid,
    )


def _one(rows: "QuerySet[M]", which: Q, uid: UUID | str) -> M:
    try:
        found = rows.filter(which).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise Hidden(uid)
    return found


def access_file(person: Any, slug: str, uid: UUID | str) -> DatasetFile:
    """A file of a challenge's data in force. Those who see it but did not accept the terms are told so."""
    challenge = access_challenge(person, slug)
    file = _one(
        DatasetFile.objects.filter(dataset=challenge.dataset_id).select_related("blob"), Q(uid=uid), uid
    )
    demand(rules.may_download(person, challenge))
    return file
