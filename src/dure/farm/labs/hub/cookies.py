"""Which cookies pass between browsers and labs.

A browser sends the cookies of a host to each of its ports: where Dure and its labs share a host name, Dure's must
reach no lab, and no lab may set them.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Final

OURS: Final = (
    "jupyterhub-",
    "oauthenticator-",
    "_xsrf",
    "__Host-jupyterhub",
    "__Host-_xsrf",
    "__Secure-jupyterhub",
)


def ours(sent: str) -> str:
    """Of a request's cookies those of the hub and of its notebook servers."""
    pairs = (pair.strip() for pair in sent.split(";"))
    return "; ".join(pair for pair in pairs if pair.startswith(OURS))


def may_set(cookie: str) -> bool:
    """Whether a lab may set this one: what its notebook server needs, for its own host alone."""
    try:
        parsed = SimpleCookie(cookie)
    except CookieError:
        return False
    return bool(parsed) and all(name.startswith(OURS) and not one["domain"] for name, one in parsed.items())
