"""Which cookies pass between browsers and labs.

A browser sends the cookies of a host to each of its ports: where Dure and its labs share a host name, Dure's must
reach no lab, and no lab may set them. Cookies are read by hand: what a parser drops, a browser may still take.
"""

from typing import Final

OURS: Final = (
    "jupyterhub-",
    "oauthenticator-",
    "_xsrf",
    "__Host-jupyterhub",
    "__Host-_xsrf",
    "__Secure-jupyterhub",
)
OF_LABS: Final = ("jupyterhub-user-", "_xsrf")
KEPT: Final = ("expires", "httponly", "max-age", "samesite", "secure")


def ours(sent: str) -> str:
    """Of a request's cookies those of the hub and of its notebook servers."""
    pairs = (pair.strip() for pair in sent.split(";"))
    return "; ".join(pair for pair in pairs if pair.startswith(OURS))


def value_of(name: str, sent: str) -> str:
    """One of a request's cookies; empty where it is not there."""
    pairs = (pair.strip().partition("=") for pair in sent.split(";"))
    return next((value.strip('"') for found, _, value in pairs if found == name), "")


def let_through(cookie: str, prefix: str) -> str | None:
    """A cookie that a lab sets, for its own part of the labs' address alone; None for one that it may not set."""
    pair, *more = (part.strip() for part in cookie.split(";"))
    name, is_pair, _value = pair.partition("=")
    attributes = [(key.strip().lower(), part) for part in more for key in [part.partition("=")[0]]]
    is_wide = any(key == "domain" for key, _ in attributes)
    if not is_pair or not name.startswith(OF_LABS) or not cookie.isprintable() or is_wide:
        return None
    kept = [part for key, part in attributes if key in KEPT]
    return "; ".join([pair, f"Path={_path(attributes, prefix)}", *kept])


def _path(attributes: list[tuple[str, str]], prefix: str) -> str:
    """The last one counts, as in a browser; one that is not below the lab's own becomes the lab's own."""
    paths = [part.partition("=")[2].strip() for key, part in attributes if key == "path"]
    return paths[-1] if paths and paths[-1].startswith(prefix) else prefix
