"""What people tells the floors above."""

from dataclasses import dataclass

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class MembershipStarted(Event):
    """A person now belongs to an organisation (internal ids)."""

    person: int
    organisation: int
    role: str


@dataclass(frozen=True, slots=True)
class MembershipEnded(Event):
    """A person no longer holds this role in an organisation (internal ids)."""

    person: int
    organisation: int
    role: str


@dataclass(frozen=True, slots=True)
class AccountDeleted(Event):
    """A person's row has been emptied (internal id); the floors above empty what names the person there."""

    person: int
