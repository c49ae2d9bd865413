"""Who may do what with gurus' terms: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.visibility import is_past
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused

NOT_INVITED = Refused("not_invited_guru", _("Only the person who was invited can do this."))
NOT_PAST = Refused("guru_term_not_past", _("The last day of the term has not passed."))


def is_self(person: Any, term: Any) -> Decision:
    """Whose term it is."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if term.person_id == person.pk else NOT_INVITED


def is_over(term: Any, data: Mapping[str, Any]) -> Decision:
    """Its last day has passed, or the account is gone."""
    return ALLOWED if is_past(term) or data.get("is_gone") else NOT_PAST
