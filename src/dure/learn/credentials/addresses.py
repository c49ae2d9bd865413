"""The addresses that credentials name. They stand in signed texts for ever, so each is written in one place."""

from typing import Any, Final

from django.conf import settings

# Where no public address is set, credentials name this one: they verify on our own page, and nobody else can look anything up.
UNKNOWN: Final = "http://localhost"


def home() -> str:
    """The address of this installation, without a slash at its end."""
    return settings.PUBLIC_URL or UNKNOWN


def absolute(place: str) -> str:
    """A path of ours as an address; an address stays as it is."""
    return f"{home()}{place}" if place.startswith("/") else place


def issuer(address: str) -> str:
    return f"{address}/badges/issuer"


def key(address: str, thumbprint: str) -> str:
    return f"{address}/badges/keys/{thumbprint}"


def status(address: str, number: int) -> str:
    return f"{address}/badges/status/{number}"


def credential(address: str, uid: Any) -> str:
    return f"{address}/badges/{uid}"
