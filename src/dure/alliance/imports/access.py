"""The only ways to a list from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.agreements.access import access_agreement
from dure.alliance.imports.table import ENTRIES, Entry, commitments_of
from dure.foundation.access import Hidden


def access_list(code: str) -> Entry:
    """The list of this code. Raises Hidden for none."""
    if code not in ENTRIES:
        raise Hidden(code)
    return ENTRIES[code]


def access_commitments(person: Any, uid: UUID) -> Entry:
    """The commitments of an agreement. Raises Hidden unless this person may know of it."""
    return commitments_of(access_agreement(person, uid))
