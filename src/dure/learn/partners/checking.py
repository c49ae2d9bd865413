"""Whether a signed certificate settles itself: every reason why not, for the reviewer and the person alike."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dure.engines import credentials as ob
from dure.engines.faults import Fault
from dure.foundation import clock, outward
from dure.learn.models import PartnerCourse, TrustedIssuer
from dure.learn.partners import issuers
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: no faults means that the signature settles it. `said` holds what the signed text says, in plain values."""

    faults: tuple[Fault, ...]
    issuer: TrustedIssuer | None = None
    said: dict[str, Any] = field(default_factory=dict)


def check(token: str, *, course: PartnerCourse, person: people.Person) -> Checked:
    """Signature, issuer, dates, which achievement, whose it is, and only then, from the issuer, whether it was revoked."""
    trusted = issuers.trusted_for(course)
    found = ob.verify_foreign(
        token,
        keys=issuers.public_keys(trusted),
        now=clock.now(),
        addresses=people.addresses_of(person),
        names=(person.name_ko, person.name_en),
    )
    said = found.verdict.said
    if said is None or not found.verdict.is_valid:
        return Checked(found.verdict.faults)
    signed = _signer(token, trusted)
    faults = [*_achievement_faults(found, course), *_recipient_faults(found)]
    if not faults:
        faults = _status_faults(found, signed)
    told = {
        "issuer": said.issuer,
        "name": said.name,
        "awarded_at": said.awarded_at.isoformat(),
        "url": said.url,
        "achievement": found.achievement,
    }
    return Checked(tuple(faults), signed, told)


def _signer(token: str, trusted: list[TrustedIssuer]) -> TrustedIssuer:
    """Whose key it was."""
    for issuer in trusted:
        if ob.verify_foreign(token, keys=issuers.public_keys([issuer]), now=clock.now()).verdict.is_valid:
            return issuer
    raise LookupError("a verdict without a key")


def _achievement_faults(found: ob.Foreign, course: PartnerCourse) -> list[Fault]:
    if not course.achievement:
        return [Fault("achievement_not_named")]
    if found.achievement != course.achievement:
        return [Fault("achievement_other", {"found": found.achievement[:200]})]
    return []


def _recipient_faults(found: ob.Foreign) -> list[Fault]:
    if found.recipient == "proven":
        return []
    return [Fault("recipient_named" if found.recipient == "named" else "recipient_unknown")]


def _status_faults(found: ob.Foreign, issuer: TrustedIssuer) -> list[Fault]:
    """Asked of the issuer alone: a list on another host than the one that was named is not fetched."""
    for place in found.places:
        answer = _revoked(place, issuer)
        if answer is not False:
            return [Fault("credential_revoked" if answer else "credential_status_unknown")]
    return []


def _revoked(place: ob.Place, issuer: TrustedIssuer) -> bool | None:
    if urlsplit(place.url).netloc != urlsplit(issuer.keys_url).netloc:
        return None
    try:
        listed = outward.fetch(place.url, most=issuers.MOST_BYTES).decode()
    except (outward.OutwardError, UnicodeDecodeError):
        return None
    return ob.revoked_in(listed, place, keys=issuers.public_keys([issuer]), now=clock.now())
