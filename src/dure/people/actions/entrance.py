"""One-time login links: a way in that proves itself and works once."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock
from dure.foundation.access import ALLOWED, Decision, Denied, Refused, demand
from dure.people import secrets
from dure.people.models import LoginLink, Person

LINK_MINUTES = 10
UNKNOWN = Refused("link_unknown", _("This link is not one of ours. Ask for a new one."))
USED = Refused("link_used", _("This link has been used already. It works once; ask for a new one."))
EXPIRED = Refused("link_expired", _("This link has expired. Ask for a new one."))
CLOSED = Refused("account_closed", _("This account is closed. Ask the operator."))


def issue_login_link(person: Person, *, minutes: int = LINK_MINUTES) -> str:
    """A path that signs `person` in once within `minutes`. Whoever calls this has proven to be the operator."""
    secret = secrets.fresh()
    expires_at = clock.now() + timedelta(minutes=minutes)
    LoginLink.objects.create(person=person, sha256=secret.sha256, expires_at=expires_at)
    return reverse("people:enter", args=[secret.plain])


def check_login_link(token: str) -> Decision:
    """Whether the link would work now; changes nothing, so that a mail scanner cannot burn it."""
    link = LoginLink.objects.select_related("person").filter(sha256=secrets.digest(token)).first()
    if link is None or not secrets.same(token, link.sha256):
        return UNKNOWN
    return _state_of(link)


def _state_of(link: LoginLink) -> Decision:
    if link.used_at:
        return USED
    if link.expires_at <= clock.now():
        return EXPIRED
    return ALLOWED if link.person.is_active else CLOSED


@transaction.atomic
def use_login_link(token: str) -> Person:
    """Spend the link and return its person. Raises Denied when it is unknown, used or expired."""
    rows = LoginLink.objects.select_for_update(of=("self",)).select_related("person")
    link = rows.filter(sha256=secrets.digest(token)).first()
    if link is None or not secrets.same(token, link.sha256):
        raise Denied(UNKNOWN)
    demand(_state_of(link))
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    audit.write(by=link.person, action="person.entered_by_link", obj=link.person)
    return link.person
