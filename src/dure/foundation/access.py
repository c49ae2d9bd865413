"""Who may: decisions with reasons, the audiences a thing can have, and the errors that carry a refusal to the person."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """How far a thing is shown."""

    PRIVATE = "private", _("Private")
    CIRCLE = "circle", _("Circle")
    MEMBERS = "members", _("Members")
    PUBLIC = "public", _("Public")


class Role(models.TextChoices):
    """Platform-wide roles. Roles inside an organisation stand in a person's memberships."""

    SECRETARIAT = "secretariat", _("Secretariat")
    OPERATOR = "operator", _("Operator")
    AUDITOR = "auditor", _("Auditor")
    FUNDER = "funder", _("Ministry or funder")
    GURU = "guru", _("Guru")
    INSTRUCTOR = "instructor", _("Instructor")


class Actor(Protocol):
    """Whoever acts: a person, a stranger, or the system itself. `id` is None for the last two."""

    @property
    def pk(self) -> Any: ...
    @property
    def is_authenticated(self) -> Any: ...
    @property
    def roles(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Nobody:
    """An actor without an account: a stranger, or the clock."""

    name: str
    pk: None = None
    is_authenticated: bool = False
    roles: tuple[str, ...] = ()


STRANGER = Nobody("stranger")
SYSTEM = Nobody("system")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why: `reason` for programs, `message` for the person, saying what would help."""

    reason: str
    message: str | Promise

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Refused
ALLOWED = Allowed()
SIGN_IN = Refused("sign_in", _("Sign in first."))


class Denied(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """An action refused: pages show the reason, REST answers 403 (409 when the state is wrong)."""

    def __init__(self, refused: Refused, *, conflict: bool = False) -> None:
        super().__init__(refused.reason)
        self.refused = refused
        self.conflict = conflict


class Hidden(Exception):  # noqa: N818 - same
    """The thing does not exist for this person: 404 everywhere, the same as one that never was."""

    def __init__(self, uid: UUID | str = "") -> None:
        super().__init__("hidden")
        self.uid = uid


def demand(decision: Decision) -> None:
    """Raise Denied unless allowed."""
    if isinstance(decision, Refused):
        raise Denied(decision)


def first_refusal(*decisions: Decision) -> Decision:
    """Allowed only when every decision is; else the first reason."""
    return next((decision for decision in decisions if isinstance(decision, Refused)), ALLOWED)


def is_signed_in(actor: Actor) -> bool:
    """Somebody with an account. It costs no query, so that the menu of every page may ask it."""
    return bool(actor.is_authenticated)


def has_role(actor: Actor, *roles: str) -> bool:
    return any(role in actor.roles for role in roles)


def by_role(*roles: str) -> "Rule":
    """A rule that lets holders of any of these platform roles act."""

    def rule(actor: Actor, _obj: Any) -> Decision:
        if not actor.is_authenticated:
            return SIGN_IN
        if has_role(actor, *roles):
            return ALLOWED
        return Refused("not_your_role", _("Only the secretariat or another named role can do this."))

    return rule


def by_clock(actor: Actor, _obj: Any) -> Decision:
    """A rule for transitions that only time or the machinery makes."""
    return (
        ALLOWED
        if actor is SYSTEM
        else Refused("by_clock", _("This happens by itself; nobody does it by hand."))
    )


class Rule(Protocol):
    """Decides whether an actor may do a thing to an object."""

    def __call__(self, actor: Any, obj: Any, /) -> Decision: ...
