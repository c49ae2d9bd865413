"""What the alliance tells other apps. Agreements, organisations and circles are uids."""

from dataclasses import dataclass

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class AgreementBegan(Event):
    """All parties have signed and the first day has come; `circle` is theirs ("" for an amendment)."""

    agreement: str
    circle: str


@dataclass(frozen=True, slots=True)
class PartyLeft(Event):
    """An organisation left an agreement that goes on for the others."""

    agreement: str
    organisation: str


@dataclass(frozen=True, slots=True)
class AgreementEnded(Event):
    """It ran out, was ended early or was renewed: `how` is its last state. What was shared in its circle is closed."""

    agreement: str
    how: str
