"""What running challenges brings to the ground floor: to-dos, duties of the clock, the operators' link."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dure.foundation import leases, navigation
from dure.problems import clock_hosting as _clock_hosting  # noqa: F401 - importing registers its duties
from dure.problems import rules_hosting
from dure.problems.scoring import LEAKS


def register() -> None:
    """Called once when the app is ready."""
    leases.on_failed(LEAKS, _checks_failed)
    navigation.add(
        _("Scoring queue"), "problems:queue", order=80, shown=_operates, place="account", group="running"
    )


def _operates(person: Any) -> bool:
    return bool(rules_hosting.operates(person))


def _checks_failed(subjects: list[UUID]) -> None:
    from dure.problems.actions import leaks  # noqa: PLC0415 - reads tables; processes that only sweep need not load that

    leaks.give_up(subjects)
