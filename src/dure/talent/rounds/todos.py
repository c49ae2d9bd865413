"""What waits because of placement rounds: secrets to commit to and to reveal, and results to decide on."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people
from dure.talent.models import PlacementRound, RoundAppeal, SecretCommitment
from dure.talent.rounds import visibility

OF_ROUND: Final[dict[str, Any]] = {"ref": F("uid"), "title_ko": F("title_ko"), "title_en": F("title_en")}
WITHIN_ROUND: Final[dict[str, Any]] = {"title_ko": F("round__title_ko"), "title_en": F("round__title_en")}


def register() -> None:
    """Called once when the app is ready."""
    for waiting in (*_of_secrets(), *_of_rounds(), _of_appeals()):
        declare(waiting)


def _of_secrets() -> Iterator[Waiting]:
    """For representatives of the organisations that keep them."""
    secrets = {"url": "/placement-rounds/%(ref)s/secrets", "ref": F("round__uid"), **WITHIN_ROUND}
    yield Waiting(
        kind="round_commit",
        rows=_to_commit,
        title=_("Commit to a secret: “%(name)s”"),
        why=_("Your organisation keeps a secret for the lottery."),
        due=F("round__rank_until"),
        **secrets,
    )
    yield Waiting(
        kind="round_reveal",
        rows=_to_reveal,
        title=_("Reveal the secret: “%(name)s”"),
        why=_("Without it there is no lottery, and the round ends without a result."),
        **secrets,
    )


def _of_rounds() -> Iterator[Waiting]:
    """For who runs them."""
    yield Waiting(
        kind="round_decide",
        rows=_to_decide,
        title=_("Decide on a placement: “%(name)s”"),
        why=_("People wait for where they are placed."),
        url="/placement-rounds/%(ref)s/decisions",
        **OF_ROUND,
    )
    yield Waiting(
        kind="round_stuck",
        rows=_stuck,
        title=_("Have a placement round closed: “%(name)s”"),
        why=_("Its deadline has passed and it could not be closed. Its page says what to do."),
        url="/placement-rounds/%(ref)s",
        **OF_ROUND,
    )


def _of_appeals() -> Waiting:
    return Waiting(
        kind="round_appeal",
        rows=_to_answer,
        title=_("Look at an appeal against a round: “%(name)s”"),
        why=_("Somebody who is not concerned answers it."),
        url="/placement-appeals/%(ref)s",
        ref=F("uid"),
        due=F("answer_by"),
        **WITHIN_ROUND,
    )


def _to_commit(person: Any) -> "QuerySet[Any, Any]":
    waits = Q(round__state="open", round__rank_until__gt=clock.now(), commitment="")
    return SecretCommitment.objects.filter(waits, _own(person))


def _to_reveal(person: Any) -> "QuerySet[Any, Any]":
    return SecretCommitment.objects.filter(_own(person), round__state="closed", secret="")


def _own(person: Any) -> Q:
    return Q(organisation_id__in=people.represented_organisations(person))


def _to_decide(person: Any) -> "QuerySet[Any, Any]":
    rows = PlacementRound.objects.filter(state__in=("solved", "by_hand"))
    return rows if has_role(person, Role.SECRETARIAT) else rows.filter(visibility.managed_q(person))


def _stuck(person: Any) -> "QuerySet[Any, Any]":
    """Past its deadline and not closed; what was moved since waits for nobody."""
    rows = PlacementRound.objects.filter(state="open", rank_until__lte=clock.now()).exclude(stuck=[])
    return rows if has_role(person, Role.SECRETARIAT) else rows.filter(visibility.managed_q(person))


def _to_answer(person: Any) -> "QuerySet[Any, Any]":
    """Appeals that wait, less those of one's own side."""
    rows = RoundAppeal.objects.filter(state__in=("filed", "in_review"))
    rows = rows.exclude(by_id=person.pk).exclude(visibility.managed_q(person))
    rows = rows.exclude(round__entries__person_id=person.pk)
    return (
        rows
        if has_role(person, Role.SECRETARIAT)
        else rows.filter(visibility.managed_q(person, prefix="round__"))
    )
