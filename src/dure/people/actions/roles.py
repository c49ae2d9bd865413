"""Platform roles and closing accounts: by the secretariat and operators, never one's own, always on record."""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, notices
from dure.foundation.access import SYSTEM, Actor, Denied, Refused, Role, demand
from dure.foundation.models import AuditEntry
from dure.people import kinds, rules
from dure.people.models import Person

UNKNOWN_ROLE = Refused("unknown_role", _("There is no such platform role."))
OWN_ACCOUNT = Refused("own_account", _("Nobody closes their own account here; delete it from your profile."))
LAST_SECRETARY = Refused(
    "last_secretary", _("This is the last member of the secretariat; name another first.")
)
ROLE_ACTIONS = ("person.role_granted", "person.role_revoked", "person.closed", "person.reopened")


@transaction.atomic
def grant_role(person: Person, role: str, *, by: Actor) -> Person:
    """Give a platform role; twice changes nothing. `by` SYSTEM is the operator's command line."""
    locked = _checked(person, role, by=by)
    if role not in locked.roles:
        _set(locked, sorted({*locked.roles, role}))
        audit.write(by=by, action="person.role_granted", obj=locked, detail={"role": role})
        _tell(locked)
    return locked


@transaction.atomic
def revoke_role(person: Person, role: str, *, by: Actor) -> Person:
    """Take a platform role away; twice changes nothing. The last active member of the secretariat keeps theirs."""
    lock_secretariat()
    locked = _checked(person, role, by=by)
    if role in locked.roles:
        if role == Role.SECRETARIAT and not another_secretary(locked):
            raise Denied(LAST_SECRETARY)
        _set(locked, sorted(set(locked.roles) - {role}))
        audit.write(by=by, action="person.role_revoked", obj=locked, detail={"role": role})
        _tell(locked)
    return locked


def _checked(person: Person, role: str, *, by: Actor) -> Person:
    if role not in Role.values:
        raise Denied(UNKNOWN_ROLE)
    demand(rules.may_change_roles(by, person))
    return Person.objects.select_for_update().get(pk=person.pk)


def another_secretary(person: Person) -> bool:
    """Whether somebody else is in the secretariat."""
    rows = Person.objects.filter(roles__contains=[Role.SECRETARIAT], is_active=True)
    return rows.exclude(pk=person.pk).exists()


def lock_secretariat() -> None:
    """Hold the secretariat's rows until the transaction ends: two cannot leave at once as the last but one."""
    rows = Person.objects.select_for_update().filter(roles__contains=[Role.SECRETARIAT], is_active=True)
    list(rows.order_by("pk").values_list("pk"))


def _set(person: Person, roles: list[str]) -> None:
    person.roles = roles
    person.save(update_fields=["roles"])


def _tell(person: Person) -> None:
    notices.notify([person], kinds.ROLES_CHANGED, url=reverse("people:profile"), params={})


@transaction.atomic
def set_active(person: Person, *, by: Actor, active: bool) -> Person:
    """Close an account (nobody can enter with it; sessions and tokens stop at once) or open it again."""
    demand(rules.only_secretariat_or_operator(by))
    if by is not SYSTEM and by.pk == person.pk:
        raise Denied(OWN_ACCOUNT)
    lock_secretariat()
    locked = Person.objects.select_for_update().get(pk=person.pk, deleted_at=None)
    if not active and Role.SECRETARIAT in locked.roles and not another_secretary(locked):
        raise Denied(LAST_SECRETARY)
    if locked.is_active != active:
        locked.is_active = active
        locked.save(update_fields=["is_active"])
        audit.write(by=by, action="person.reopened" if active else "person.closed", obj=locked)
    return locked


def role_history(person: Person) -> QuerySet[AuditEntry]:
    """Who gave or took which role, and opened or closed the account, newest first."""
    return AuditEntry.objects.filter(uid=person.uid, action__in=ROLE_ACTIONS).select_related("actor")
