"""Who may write and moderate in the discussion of a problem: pure decisions with reasons."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import workflow
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.problems import rules, visibility

AN_HOUR: Final = 20
LONGEST_TITLE: Final = 160
LONGEST_BODY: Final = 8000
NOT_YET = Refused("talk_not_open", _("The discussion opens once the secretariat has accepted the need."))
TOO_MANY = Refused(
    "too_many_messages", _("You have written twenty messages within an hour; go on a little later.")
)
NO_TITLE = Refused("no_title", _("Give the thread a title of at most 160 characters."))
NO_BODY = Refused("no_message", _("Write a message."))
TOO_LONG = Refused("too_long", _("A message has at most 8,000 characters."))
HIDDEN = Refused(
    "hidden", _("A moderator has hidden the first message of this thread; nobody can answer it.")
)
NOT_MODERATOR = Refused(
    "not_moderator", _("Only the hosts, the owner, the curator and the secretariat can do this.")
)


def may_write(person: Any, problem: Any, *, in_last_hour: int) -> Decision:
    """Everybody with an account who sees the problem, up to twenty messages an hour."""
    if not person.is_authenticated:
        return SIGN_IN
    if problem.state not in visibility.SHOWN:
        return NOT_YET
    return TOO_MANY if in_last_hour >= AN_HOUR else ALLOWED


def answers_for_hosts(person: Any, problem: Any) -> bool:
    """Whether what this person writes is the hosts' answer: owner's side, curator, named host. Costs up to three small queries."""
    if not person.is_authenticated:
        return False
    if problem.curator_id == person.pk or rules.owns_problem(person, problem):
        return True
    challenge = getattr(problem, "challenge", None)
    return challenge is not None and challenge.hosts.filter(pk=person.pk).exists()


def moderates(person: Any, problem: Any) -> Decision:
    """Those who answer for the hosts, and the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT) or answers_for_hosts(person, problem):
        return ALLOWED
    return NOT_MODERATOR


def is_text(body: str) -> Decision:
    if not body.strip():
        return NO_BODY
    return TOO_LONG if len(body) > LONGEST_BODY else ALLOWED


def is_title(title: str) -> Decision:
    return ALLOWED if 0 < len(title.strip()) <= LONGEST_TITLE else NO_TITLE


def has_reason(data: Mapping[str, str]) -> Decision:
    return workflow.has_reason(None, data)
