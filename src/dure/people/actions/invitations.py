"""Invitations by mail: into the platform, and into an organisation when one is named."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.foundation import audit, clock, notices
from dure.foundation.access import ALLOWED, Actor, Decision, Denied, Hidden, Refused, demand
from dure.people import kinds, rules, secrets
from dure.people.actions.memberships import start_membership
from dure.people.models import Invitation, Membership, Organisation, Person

DAYS = 14
MAX_OPEN = 200
LONGEST_EMAIL = 254
UNKNOWN = Refused(
    "invitation_unknown", gettext_lazy("This invitation is not one of ours. Ask for a new one.")
)
ACCEPTED = Refused("invitation_used", gettext_lazy("This invitation has been accepted already."))
REVOKED = Refused("invitation_revoked", gettext_lazy("This invitation was taken back. Ask who invited you."))
EXPIRED = Refused("invitation_expired", gettext_lazy("This invitation has expired. Ask for a new one."))
OTHER_MAIL = Refused(
    "other_email", gettext_lazy("This invitation is for another e-mail address than those of your account.")
)
MAIL_FAILED = Refused("mail_failed", gettext_lazy("The mail could not be sent now. Try again later."))
TOO_MANY = Refused(
    "too_many_invitations", gettext_lazy("There are many open invitations; take some back first.")
)
BAD_MAIL = Refused("bad_email", gettext_lazy("This is no e-mail address."))
ALREADY_IN = Refused("already_member", gettext_lazy("This person has that role in the organisation already."))


def open_invitations(organisation: Organisation | None) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, newest first."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
    ).select_related("invited_by")


@transaction.atomic
def invite(
    *,
    by: Person,
    email: str,
    organisation: Organisation | None = None,
    role: str = Membership.Role.MEMBER,
    base_url: str = "",
) -> Invitation:
    """Invite by mail. An earlier open invitation of the same address to the same organisation is taken back."""
    address = email.strip().lower()
    check_invitation(by=by, email=address, organisation=organisation, role=role)
    open_invitations(organisation).filter(email=address).update(revoked_at=clock.now())
    secret = secrets.fresh()
    invitation = Invitation.objects.create(
        email=address,
        organisation=organisation,
        role=role,
        sha256=secret.sha256,
        invited_by=by,
        expires_at=clock.now() + timedelta(days=DAYS),
    )
    audit.write(
        by=by, action="invitation.sent", obj=invitation, detail={"organisation": organisation, "role": role}
    )
    _tell_account(invitation)
    _send(invitation, secret.plain, base_url=base_url)
    return invitation


def check_invitation(*, by: Person, email: str, organisation: Organisation | None, role: str) -> None:
    """Raise Denied with the reason when this invitation cannot be made."""
    demand(rules.may_invite(by, organisation, email=email, role=role))
    try:
        validate_email(email)
    except ValidationError as error:
        raise Denied(BAD_MAIL) from error
    if len(email) > LONGEST_EMAIL:
        raise Denied(BAD_MAIL)
    if open_invitations(organisation).count() >= MAX_OPEN:
        raise Denied(TOO_MANY)
    held = Membership.objects.open().filter(organisation=organisation, role=role, person__email=email)
    if organisation and held.exists():
        raise Denied(ALREADY_IN, conflict=True)


def _tell_account(invitation: Invitation) -> None:
    """Whoever has an account already sees the invitation among their notices too."""
    person = Person.objects.filter(email=invitation.email, is_active=True).first()
    organisation = invitation.organisation
    if person and organisation:
        params = {"organisation_ko": organisation.name_ko, "organisation_en": organisation.name_en}
        notices.notify([person], kinds.INVITED, url=reverse("people:my-invitations"), params=params)


def _send(invitation: Invitation, token: str, *, base_url: str) -> None:
    """One mail in both languages: we do not know yet which one the invited person reads."""
    link = (base_url or settings.PUBLIC_URL).rstrip("/") + reverse("people:invitation", args=[token])
    parts = []
    for language in ("ko", "en"):
        with translation.override(language):
            parts.append(_letter(invitation, link))
    subject = " / ".join(part.split("\n")[0] for part in parts)
    try:
        EmailMessage(subject, "\n\n".join(parts), to=[invitation.email]).send()
    except (OSError, SMTPException) as error:
        raise Denied(MAIL_FAILED) from error


def _letter(invitation: Invitation, link: str) -> str:
    where = invitation.organisation.name if invitation.organisation else _("the alliance")
    lines = [
        _("Invitation to %(where)s on Dure") % {"where": where},
        _("%(person)s invites you. The link works until %(until)s:")
        % {"person": invitation.invited_by.name, "until": f"{invitation.expires_at:%Y-%m-%d}"},
        link,
        _("If you did not expect this, do nothing."),
    ]
    return "\n".join(lines)


def find_invitation(token: str) -> Invitation | None:
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.filter(sha256=secrets.digest(token)).first()
    return invitation if invitation and secrets.same(token, invitation.sha256) else None


def why_closed(invitation: Invitation | None) -> Refused | None:
    """Why an invitation cannot be accepted any more; None while it is open."""
    if invitation is None:
        return UNKNOWN
    if invitation.accepted_at:
        return ACCEPTED
    if invitation.revoked_at:
        return REVOKED
    return None if invitation.is_open else EXPIRED


def has_address(person: Person, email: str) -> bool:
    """Whether the address is the person's own: their account's, or another one they have verified."""
    if person.email == email:
        return True
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())


def may_accept(person: Person, invitation: Invitation) -> Decision:
    """Only the invited address may accept; and nobody who invited it becomes representative that way."""
    if not has_address(person, invitation.email):
        return OTHER_MAIL
    if invitation.role == rules.REPRESENTATIVE and invitation.invited_by_id == person.pk:
        return rules.NOT_YOURSELF
    return ALLOWED


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Person) -> Invitation:
    """Join. The link in one's own mailbox is the proof of the address. Raises Denied with the reason."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    locked = rows.get(pk=invitation.pk)
    closed = why_closed(locked)
    if closed is not None:
        raise Denied(closed, conflict=True)
    demand(may_accept(by, locked))
    locked.accepted_at = clock.now()
    locked.save(update_fields=["accepted_at"])
    audit.write(by=by, action="invitation.accepted", obj=locked, detail={"role": locked.role})
    if locked.organisation:
        start_membership(by=by, person=by, organisation=locked.organisation, role=locked.role)
        _tell_inviter(locked)
    return locked


def _tell_inviter(invitation: Invitation) -> None:
    """Without the name of who joined: a notice outlives an account."""
    organisation = invitation.organisation
    if organisation is None:
        return
    params = {
        "organisation_ko": organisation.name_ko,
        "organisation_en": organisation.name_en,
    }
    url = reverse("people:organisation", args=[organisation.slug])
    notices.notify([invitation.invited_by], kinds.JOINED, url=url, params=params)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor) -> Invitation:
    """Take an open invitation back; twice changes nothing."""
    decision = (
        rules.may_edit_organisation(by, invitation.organisation)
        if invitation.organisation
        else rules.only_secretariat(by)
    )
    demand(decision)
    if invitation.revoked_at is None and invitation.accepted_at is None:
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        audit.write(by=by, action="invitation.revoked", obj=invitation)
    return invitation


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """Open invitations to one of the person's own addresses."""
    return open_to(person).select_related("organisation", "invited_by")


def open_to(person: Any) -> QuerySet[Invitation]:
    """The same without what they point to. Of the person only `pk` is asked."""
    verified = EmailAddress.objects.filter(user_id=person.pk, verified=True).exclude(email="")
    own = Q(email__in=verified.values(address=Lower("email")))
    own |= Q(email__in=Person.objects.filter(pk=person.pk).exclude(email="").values("email"))
    alive = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
    return alive.filter(own)


def access_mine(person: Person, uid: UUID) -> Invitation:
    """An open invitation to one of the person's own addresses. Raises Hidden for any other."""
    found = invitations_for(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def accept_by_token(token: str, *, by: Person) -> Invitation:
    """Accept with the word from the link. Raises Denied when there is no such invitation or it is closed."""
    found = find_invitation(token)
    if found is None:
        raise Denied(UNKNOWN)
    return accept_invitation(found, by=by)
