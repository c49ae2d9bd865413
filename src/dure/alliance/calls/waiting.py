"""What waits for the secretariat because of calls: closed ones to review and decide."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import ResearchCall
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="call_run",
            rows=_running,
            title=_("Take the call further: “%(name)s”"),
            why=_("It has closed. Its proposals are screened, reviewed and decided."),
            url="/calls/%(ref)s",
            ref=F("uid"),
            title_ko=F("title_ko"),
            title_en=F("title_en"),
        )
    )


def desk_q(person: Any) -> Q:
    """True of every row for the secretariat, of none for others."""
    return Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())


def _running(person: Any) -> "QuerySet[Any, Any]":
    return ResearchCall.objects.filter(desk_q(person), state__in=("reviewing", "deciding"))
