"""Who may give, ask for and decide about capacity, and what that needs: pure decisions with reasons."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, first_refusal, has_role
from dure.people import api as people

MOST_HOURS: Final = 10_000_000
NOT_REPRESENTATIVE = Refused(
    "not_representative", _("Only a representative of the organisation can do this.")
)
NOT_IN_ALLIANCE = Refused("not_in_alliance", _("This organisation is not a member of the alliance."))
NOT_MEMBER = Refused(
    "not_member", _("Hours are asked for on behalf of a member organisation that you belong to.")
)
NOT_ASKER = Refused(
    "not_asker", _("Only who asked for it, or a representative of the organisation, can do this.")
)
NOT_SECRETARIAT = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_OPERATOR = Refused("not_operator", _("Only an operator looks after the catalogue."))
NOT_GRANTED = Refused("not_granted", _("Only hours that were granted and are not over can be changed."))
ASKED_ALREADY = Refused(
    "asked_already", _("A change is asked for already; wait for its answer or withdraw it.")
)
NOT_A_DRAFT = Refused("not_a_draft", _("What was offered changes only after the secretariat sends it back."))


def speaks_for(person: Any, obj: Any) -> Decision:
    """A representative of the organisation whose it is."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if _represents(person, obj) else NOT_REPRESENTATIVE


def decides(person: Any, _obj: Any) -> Decision:
    """The secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SECRETARIAT


def speaks_for_or_decides(person: Any, obj: Any) -> Decision:
    return ALLOWED if decides(person, obj) else speaks_for(person, obj)


def asked_or_speaks_for(person: Any, obj: Any) -> Decision:
    """Whoever asked for it and belongs to the organisation still, or a representative."""
    if not person.is_authenticated:
        return SIGN_IN
    asked = obj.requested_by_id == person.pk and bool(_roles_in(person, obj))
    return ALLOWED if asked or _represents(person, obj) else NOT_ASKER


def may_ask_for(person: Any, organisation: Any) -> Decision:
    """Whoever belongs today to the organisation, which is a member of the alliance."""
    if not person.is_authenticated:
        return SIGN_IN
    belongs = organisation.is_member and organisation.pk in set(people.organisations_of(person))
    return ALLOWED if belongs else NOT_MEMBER


def may_give(person: Any, organisation: Any) -> Decision:
    """A representative of an organisation that is a member of the alliance."""
    if not person.is_authenticated:
        return SIGN_IN
    speaks = people.represents(person, organisation)
    return first_refusal(
        ALLOWED if speaks else NOT_REPRESENTATIVE, ALLOWED if organisation.is_member else NOT_IN_ALLIANCE
    )


def may_change(person: Any, allocation: Any) -> Decision:
    """Asking to change granted hours: whoever asked for them or a representative, one change at a time."""
    decision = asked_or_speaks_for(person, allocation)
    if not decision:
        return decision
    asked = allocation.changes.filter(state="requested").exists()
    return first_refusal(is_granted(allocation), ASKED_ALREADY if asked else ALLOWED)


def may_edit(person: Any, contribution: Any) -> Decision:
    """A draft, by a representative."""
    decision = speaks_for(person, contribution)
    if not decision:
        return decision
    return ALLOWED if contribution.state == "draft" else NOT_A_DRAFT


def keeps_catalogue(person: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.OPERATOR) else NOT_OPERATOR


def _represents(person: Any, obj: Any) -> bool:
    return people.Membership.Role.REPRESENTATIVE in _roles_in(person, obj)


def _roles_in(person: Any, obj: Any) -> set[str]:
    """What this person is today in the organisation whose it is; nothing outside it.

    Asked once per person and row in memory: a page asks it for every action. `perform` decides on a fresh row.
    """
    known: dict[int, set[str]] = obj.__dict__.setdefault("_roles_in", {})
    if person.pk not in known:
        held = people.organisations_of(person).filter(organisation_id=obj.organisation_id)
        known[person.pk] = set(held.values_list("role", flat=True))
    return known[person.pk]


def is_whole(contribution: Any, _data: Mapping[str, Any]) -> Decision:
    """An offer names the machine and what it has."""
    if contribution.node_name and (contribution.cores or contribution.accelerators):
        return ALLOWED
    return Refused("not_whole", _("Name the machine, and its cores or accelerators."))


def machine_is_free(contribution: Any, _data: Mapping[str, Any]) -> Decision:
    """A machine has one giver at a time."""
    others = type(contribution).objects.filter(node_name=contribution.node_name, state="accepted")
    meets = _overlapping(contribution.starts_on, contribution.ends_on)
    if others.exclude(pk=contribution.pk).filter(meets).exists():
        return Refused("machine_taken", _("This machine is given by another contribution in these days."))
    return ALLOWED


def is_only_one(allocation: Any, data: Mapping[str, Any]) -> Decision:
    """Hours of one type are given once for a project and a time: more of them are a change. And they must lie ahead."""
    hours = data.get("hours")
    if hours is not None and hours < 1:
        return Refused("no_hours", _("Grant one hour at least, or refuse."))
    if hours is not None and hours > MOST_HOURS:
        return Refused("too_many_hours", _("Nobody is granted more than ten million hours."))
    return _are_free(allocation, until=allocation.ends_on)


def _are_free(allocation: Any, *, until: date) -> Decision:
    """Whether it may hold until that day: it lies ahead, and no other hours of its kind are there before it."""
    if until < clock.today():
        return Refused("over", _("Its last day is past; ask anew with later days."))
    same = type(allocation).objects.filter(
        organisation_id=allocation.organisation_id,
        project=allocation.project,
        accelerator_id=allocation.accelerator_id,
        state__in=allocation.workflow.tagged("granted"),
    )
    if same.exclude(pk=allocation.pk).filter(_overlapping(allocation.starts_on, until)).exists():
        return Refused(
            "granted_already", _("There are hours of this type for this project in these days; change those.")
        )
    return ALLOWED


def can_become(change: Any, _data: Mapping[str, Any]) -> Decision:
    """What was granted and is not over may become what is asked for, where that meets no other hours of its kind."""
    return first_refusal(is_granted(change.allocation), _are_free(change.allocation, until=change.ends_on))


def is_granted(allocation: Any) -> Decision:
    return ALLOWED if "granted" in allocation.state_tags else NOT_GRANTED


def _overlapping(starts_on: date, ends_on: date | None) -> Q:
    """Rows whose days meet these; no end means for ever."""
    meets = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    return meets & Q(starts_on__lte=ends_on) if ends_on else meets
