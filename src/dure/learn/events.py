"""What learn tells other apps."""

from dataclasses import dataclass

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class SeatsGiven(Event):
    """An organisation gave seats in a cohort (`seats` > 0) or took back unused ones (< 0), as when it is called off.

    Recorded at once, also while the cohort is in preparation: the sum over a block is its seats without those returned.
    Organisations are uids; `reserved_for` is "" where anybody may have them. `returned` counts all seats of the block that were
    taken back so far: block and `returned` name the fact.
    """

    cohort: str
    course: str
    block: str
    sponsor: str
    reserved_for: str
    seats: int
    returned: int = 0


@dataclass(frozen=True, slots=True)
class SeatUsed(Event):
    """Somebody took a seat (`seats` 1) or left it (-1). `used_by` is the uid of their organisation, or "" without one."""

    cohort: str
    course: str
    block: str
    sponsor: str
    used_by: str
    place: str
    seats: int


@dataclass(frozen=True, slots=True)
class PartnerSeatsGiven(Event):
    """An organisation gave seats in a course that is run elsewhere (`seats` > 0) or took back unused ones (< 0).

    Organisations are uids; `reserved_for` is "" where anybody may have them. `returned` as in `SeatsGiven`.
    """

    course: str
    block: str
    giver: str
    reserved_for: str
    seats: int
    returned: int = 0


@dataclass(frozen=True, slots=True)
class PartnerSeatUsed(Event):
    """Somebody was given a seat in a course that is run elsewhere (`seats` 1) or left it (-1). `used_by` as in `SeatUsed`."""

    course: str
    block: str
    giver: str
    used_by: str
    place: str
    seats: int


@dataclass(frozen=True, slots=True)
class CertificateRecognised(Event):
    """A foreign certificate counts from now on, by its `signature` or by a `reviewer`; `skills` maps slugs to levels."""

    recognition: str
    course: str
    person: str
    way: str
    skills: dict[str, int]


@dataclass(frozen=True, slots=True)
class CertificateUnrecognised(Event):
    """It counts no longer: its holder withdrew it, or it was taken back."""

    recognition: str
    person: str


@dataclass(frozen=True, slots=True)
class SkillsChanged(Event):
    """What shows a person's skills (a uid) may have changed: a lab was graded, a credential given, revoked or reinstated."""

    person: str
