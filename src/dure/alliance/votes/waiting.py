"""What waits for a person because of votes: a ballot to cast, a tie to decide."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Vote, VoteElector
from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="vote_cast",
            rows=_to_cast,
            title=_("Vote: “%(name)s”"),
            why=_("You may vote, and your ballot can be changed until the close."),
            url="/votes/%(ref)s",
            ref=F("vote__uid"),
            title_ko=F("vote__title_ko"),
            title_en=F("vote__title_en"),
            due=F("vote__closes_at"),
        )
    )
    declare(
        Waiting(
            kind="vote_settle",
            rows=_tied,
            title=_("Decide a tie: “%(name)s”"),
            why=_("By the printed rule the chair decides it."),
            url="/votes/%(ref)s",
            ref=F("uid"),
            title_ko=F("title_ko"),
            title_en=F("title_en"),
        )
    )


def _to_cast(person: Any) -> "QuerySet[Any, Any]":
    is_open = Q(vote__state="open", vote__closes_at__gt=clock.now())
    return VoteElector.objects.filter(is_open, person_id=person.pk, has_cast=False)


def _tied(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Vote.objects.filter(mine, is_tied=True)
