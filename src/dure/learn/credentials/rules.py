"""Who may do what with credentials: pure decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

NOT_ISSUER = Refused(
    "not_issuer", _("Only the secretariat and the course's instructors can revoke a credential.")
)
NOT_HOLDER = Refused("not_holder", _("Only its holder decides who sees it."))


def may_revoke(person: Any, credential: Any) -> Decision:
    """Nobody revokes their own: whoever holds it has an interest in the reason."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT):
        return ALLOWED
    course = credential.course
    writes = course is not None and course.authors.filter(pk=person.pk).exists()
    return ALLOWED if writes and credential.person_id != person.pk else NOT_ISSUER


def may_share(person: Any, credential: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if credential.person_id == person.pk else NOT_HOLDER
