"""Who asks for a report: somebody on a page, or the moment at which an opening or a round is decided."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.foundation import events, workflow
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Hidden, Refused, demand, has_role
from dure.people import api as people
from dure.talent import tasks
from dure.talent.audits import making, subjects, telling
from dure.talent.audits.visibility import OVERSEERS

NOT_OVER: Final = Refused(
    "audit_not_over",
    _("It is still being decided. Audit it once all seats are filled or the round is decided."),
)
NOT_YOURS: Final = Refused("audit_not_yours", _("Only auditors and the secretariat make reports."))


def register() -> None:
    """Called once when the app is ready."""
    events.subscribe(workflow.StateChanged, notice)


def may_ask(person: Any) -> Decision:
    """Whether this person makes reports at all."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, *OVERSEERS) else NOT_YOURS


@transaction.atomic
def ask(kind: str, uid: UUID, *, by: Any) -> None:
    """Have a report made in the background: exact tests of a thousand people take half a minute.

    Raises Hidden for what this person does not see, Denied for who makes no reports or what is not decided yet.
    """
    known = subjects.kind_named(kind)
    if known is None or not known.visible(by, uid):
        raise Hidden(uid)
    demand(may_ask(by))
    found = known.find(uid)
    if found is None or not found.is_over:
        demand(NOT_OVER)
    _later(kind, str(uid), by.pk)


def notice(event: workflow.StateChanged) -> None:
    """What has just been decided is audited. A second delivery makes no second report."""
    known = subjects.kind_named(event.entity)
    if known is not None and event.target in known.audited:
        _later(event.entity, event.uid, None)


def _later(kind: str, uid: str, by: int | None) -> None:
    transaction.on_commit(lambda: tasks.make_audit_report.defer(kind=kind, uid=uid, by=by))


@transaction.atomic
def run(kind: str, uid: UUID, by: int | None) -> None:
    """Make the report and tell about it. Harmless when run twice."""
    subject = subjects.find(kind, uid)
    if subject is None or not subject.is_over:
        return
    person = people.Person.objects.filter(pk=by).first() if by else None
    made = making.make(subject, by=person or SYSTEM)
    if made is not None:
        telling.tell_made(made, to=person)
    elif person is not None:
        telling.tell_unchanged(subject, to=person)
