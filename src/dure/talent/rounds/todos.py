"""What waits because of placement rounds: secrets to commit to and to reveal, and results to decide on."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people
from dure.talent.models import PlacementRound, SecretCommitment
from dure.talent.rounds import visibility


def register() -> None:
    """Called once when the app is ready."""
    titles = {"title_ko": F("round__title_ko"), "title_en": F("round__title_en"), "ref": F("round__uid")}
    secrets = "/placement-rounds/%(ref)s/secrets"
    declare(
        Waiting(
            kind="round_commit",
            rows=_to_commit,
            title=_("Commit to a secret: “%(name)s”"),
            why=_("Your organisation keeps a secret for the lottery."),
            url=secrets,
            due=F("round__rank_until"),
            **titles,
        )
    )
    declare(
        Waiting(
            kind="round_reveal",
            rows=_to_reveal,
            title=_("Reveal the secret: “%(name)s”"),
            why=_("Without it there is no lottery, and the round ends without a result."),
            url=secrets,
            **titles,
        )
    )
    declare(
        Waiting(
            kind="round_decide",
            rows=_to_decide,
            title=_("Decide on a placement: “%(name)s”"),
            why=_("People wait for where they are placed."),
            url="/placement-rounds/%(ref)s/decisions",
            ref=F("uid"),
            title_ko=F("title_ko"),
            title_en=F("title_en"),
        )
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
