"""Deleting one's account: every field that names the person is emptied; the row stays, so that trail and results stay whole."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, events, gates, search
from dure.foundation.access import Audience, Decision, Refused, Role, demand
from dure.foundation.models import Notice, NoticePreference, Webhook
from dure.people import rules
from dure.people.actions.memberships import close_membership, lock_organisations
from dure.people.actions.roles import another_secretary, lock_secretariat
from dure.people.events import AccountDeleted
from dure.people.models import (
    CircleMember,
    Invitation,
    LoginLink,
    Membership,
    Person,
    PersonalAccessToken,
)
from dure.people.visibility import organisations_of

GATE = "people.delete"
EMPTIED = ("name_ko", "name_en", "headline_ko", "headline_en", "about_ko", "about_en")
LAST_SECRETARY = Refused(
    "last_secretary", _("You are the last member of the secretariat. Name another one before you go.")
)


def may_delete(person: Person) -> Decision:
    """Whether the account can go now; else what to do first. Higher floors add checks to the gate `people.delete`."""
    mine = Membership.objects.current().filter(person=person).select_related("organisation")
    for membership in mine:
        decision = rules.keeps_a_representative(membership)
        if isinstance(decision, Refused):
            return _first_name_another(membership)
    if Role.SECRETARIAT in person.roles and not another_secretary(person):
        return LAST_SECRETARY
    return gates.check(GATE, person, person)


def _first_name_another(membership: Membership) -> Refused:
    name = membership.organisation.name
    message = _("You are the only representative of %(name)s. Make somebody else representative first.")
    return Refused(rules.SOLE_REPRESENTATIVE.reason, message % {"name": name})


@transaction.atomic
def delete_account(person: Person) -> Person:
    """Empty the account. The caller has asked the person to prove themselves again. Raises Denied with what to do first."""
    lock_secretariat()
    lock_organisations(organisations_of(person))
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.deleted_at:
        return locked
    demand(may_delete(locked))
    _leave_everything(locked)
    _forget_ways_in(locked)
    _empty(locked)
    audit.write(by=locked, action="person.deleted", obj=locked)
    events.record(AccountDeleted(person=locked.pk))
    return locked


def _leave_everything(person: Person) -> None:
    rows = Membership.objects.open().filter(person=person).select_related("organisation", "person")
    for membership in rows.select_for_update(of=("self",)):
        close_membership(membership, by=person)
    CircleMember.objects.filter(person=person, until=None).update(until=clock.now())


def _forget_ways_in(person: Person) -> None:
    """Sessions end by themselves: they carry a hash of the password, and an inactive account opens none."""
    now = clock.now()
    PersonalAccessToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    addressed = Q(email=person.email) if person.email else Q(pk__in=[])
    Invitation.objects.filter(addressed, accepted_at=None, revoked_at=None).update(revoked_at=now)
    Invitation.objects.filter(addressed).update(email="")
    for model in (EmailAddress, SocialAccount, Authenticator):
        model.objects.filter(user=person).delete()
    LoginLink.objects.filter(person=person).delete()


def _empty(person: Person) -> None:
    for name in EMPTIED:
        setattr(person, name, "")
    person.email = None
    person.roles = []
    person.audience = Audience.PRIVATE
    person.is_active = False
    person.deleted_at = clock.now()
    person.set_unusable_password()
    person.save()
    Notice.objects.filter(person=person).delete()
    NoticePreference.objects.filter(person=person).delete()
    Webhook.objects.filter(person=person).delete()
    search.remove(kind="person", uid=person.uid)
