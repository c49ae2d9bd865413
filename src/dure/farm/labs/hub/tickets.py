"""Whose browser is in front of a lab.

All labs share one origin, and a lab's server is its person's to change: a page of a stranger's lab that a browser showed could do
in one's own lab whatever one can do oneself. So the proxy asks first: a browser gets a ticket by the hub's sign-in, and with it
to its own lab and to no other. A link into another person's lab ends at the hub, which refuses it; nothing of that lab is shown.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from dure.farm.labs.hub import cookies

TOKENS: Final = ("token ", "bearer ")


class Tickets:
    """Made and read with a key that the hub keeps; a browser holds one at a time, that of who signed in last."""

    def __init__(self, key: bytes, *, is_secure: bool) -> None:
        self._key = hmac.digest(key, b"dure-labs-ticket", "sha256")
        self._is_secure = is_secure
        self._name = "__Host-dure-lab" if is_secure else "dure-lab"

    def cookie_for(self, person: str) -> str:
        """What a browser is told to keep; scripts cannot read it and labs never see it."""
        more = "; Secure" if self._is_secure else ""
        return f"{self._name}={person}.{self._proof(person)}; Path=/; HttpOnly; SameSite=Lax{more}"

    def is_held(self, sent: str, person: str) -> bool:
        """Whether these cookies of a request hold this person's ticket."""
        holder, _, proof = cookies.value_of(self._name, sent).rpartition(".")
        return holder == person and hmac.compare_digest(proof.encode(), self._proof(person).encode())

    def let_in(self, headers: Mapping[str, str], person: str) -> bool:
        """Whoever shows a token in a header is a program: no link and no form in a browser makes one."""
        is_program = headers.get("Authorization", "").lower().startswith(TOKENS)
        return is_program or self.is_held(headers.get("Cookie", ""), person)

    def _proof(self, person: str) -> str:
        return hmac.new(self._key, person.encode(), hashlib.sha256).hexdigest()
