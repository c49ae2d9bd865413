"""What talent tells other apps. Applications, openings, organisations and persons are uids."""

from dataclasses import dataclass

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class OfferMade(Event):
    """A seat is held for an applicant until they answer."""

    application: str
    opening: str
    organisation: str
    person: str


@dataclass(frozen=True, slots=True)
class OfferAccepted(Event):
    """Somebody has a seat of the opening from now on."""

    application: str
    opening: str
    organisation: str
    person: str


@dataclass(frozen=True, slots=True)
class SeatGivenBack(Event):
    """Whoever had accepted withdrew: the seat is no longer theirs."""

    application: str
    opening: str
    organisation: str
    person: str


@dataclass(frozen=True, slots=True)
class ApplicationDecided(Event):
    """An organisation decided on an application; `code` is one of `applications.reasons.REASONS`."""

    application: str
    opening: str
    organisation: str
    person: str
    code: str


@dataclass(frozen=True, slots=True)
class RoundDecided(Event):
    """A placement round is decided: who has which seat stands in its decisions."""

    placement_round: str


@dataclass(frozen=True, slots=True)
class ConsentTakenBack(Event):
    """A person took back their yes to a purpose, a `ConsentGrant.Purpose`."""

    person: str
    purpose: str


@dataclass(frozen=True, slots=True)
class TeamFormed(Event):
    """Everybody who was proposed for a team said yes."""

    proposal: str
    problem: str
    members: list[str]


@dataclass(frozen=True, slots=True)
class HostAdded(Event):
    """An opening became a host of an intake."""

    host: str


@dataclass(frozen=True, slots=True)
class StayBegan(Event):
    """A person of an intake began their stay with a host; `sponsor` is the organisation that pays for the seat, or ""."""

    stay: str
    intake: str
    person: str
    host: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class StayCompleted(Event):
    """A stay is over and reported."""

    stay: str
    intake: str
    person: str
