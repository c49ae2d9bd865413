"""Writing a text: each save that changes something is a revision of its own, and people comment on it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from dure.alliance.agreements import rules, telling
from dure.alliance.agreements.canonical import digest
from dure.alliance.agreements.content import Content, PartyNamed, as_json, check, of_json
from dure.alliance.agreements.payments import MOST, Payment
from dure.alliance.agreements.payments import check as check_payment
from dure.alliance.agreements.standing import own_parties
from dure.alliance.models import Agreement, AgreementComment, AgreementRevision
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

Organisations = Iterable[people.Organisation]
COPIED = (
    "kind",
    "title_ko",
    "title_en",
    "authoritative",
    "effective_from",
    "effective_to",
    "is_public",
)


@transaction.atomic
def create(*, by: people.Person, content: Content, organisations: Organisations) -> Agreement:
    """A draft with its first revision. Raises Denied, and Faulty where whoever drafts is no party."""
    demand(rules.may_make(by))
    between = list(organisations)
    spoken = set(people.represented_organisations(by))
    if not people.is_secretary(by) and not spoken & {one.pk for one in between}:
        raise Faulty([Fault("agreement_without_yours", place="organisations")])
    return _made(by, content, between)


@transaction.atomic
def amend(agreement: Agreement, *, by: people.Person) -> Agreement:
    """A draft that changes this agreement, between its parties; its articles are still to be written. Raises Denied."""
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    demand(rules.may_amend(by, locked))
    said = of_json(locked.revision.content).with_changes(
        articles=(), payments=(), is_public=False, amends=str(locked.uid), renews="", effective_to=None
    )
    return _made(by, said, [party.organisation for party in locked.standing], amends=locked)


@transaction.atomic
def renew(agreement: Agreement, *, by: people.Person) -> Agreement:
    """A draft that takes the place of this agreement, with its text. Raises Denied."""
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    demand(rules.may_renew(by, locked))
    said = of_json(locked.revision.content).with_changes(amends="", renews=str(locked.uid), payments=())
    return _made(by, said, [party.organisation for party in locked.standing], renews=locked)


def _made(by: people.Person, content: Content, between: list[people.Organisation], **links: Any) -> Agreement:
    said = content.with_changes(parties=_named(between))
    check(said)
    made = Agreement.objects.create(made_by=by, **_columns(said), **links)
    _set_parties(made, between)
    _add_revision(made, by, said)
    audit.write(by=by, action="agreement.made", obj=made)
    return made


@transaction.atomic
def edit(
    agreement: Agreement, *, by: people.Person, content: Content, organisations: Organisations
) -> Agreement:
    """Write the text anew; without a change there is no new revision. Raises Denied, Faulty."""
    locked = lock(agreement)
    demand(rules.may_edit(by, locked))
    between = list(organisations)
    known = of_json(locked.revision.content)
    said = content.with_changes(parties=_named(between), amends=known.amends, renews=known.renews)
    _check_amended(locked, between)
    check(said)
    _keep(locked, by, said, between)
    return locked


def _check_amended(agreement: Agreement, between: list[people.Organisation]) -> None:
    """An amendment is agreed by every party of what it changes."""
    if agreement.amends is None:
        return
    needed = {party.organisation_id for party in agreement.amends.standing}
    if needed - {one.pk for one in between}:
        raise Faulty([Fault("amendment_drops_party", place="organisations")])


@transaction.atomic
def add_payment(agreement: Agreement, *, by: people.Person, payment: Payment) -> Agreement:
    """A line more in the schedule. Raises Denied, Faulty."""
    locked = lock(agreement)
    demand(rules.may_edit(by, locked))
    check_payment(payment)
    said = of_json(locked.revision.content)
    if len(said.payments) >= MOST:
        raise Faulty([Fault("too_many_payments", {"limit": MOST})])
    rows = sorted((*said.payments, payment), key=lambda one: (one.due_on, one.currency, one.amount))
    changed = said.with_changes(payments=tuple(rows))
    check(changed)
    _keep(locked, by, changed)
    return locked


@transaction.atomic
def remove_payment(agreement: Agreement, *, by: people.Person, number: int) -> Agreement:
    """Take the line with this number out, counted from 1; one that is not there changes nothing. Raises Denied."""
    locked = lock(agreement)
    demand(rules.may_edit(by, locked))
    said = of_json(locked.revision.content)
    rows = tuple(one for at, one in enumerate(said.payments, start=1) if at != number)
    _keep(locked, by, said.with_changes(payments=rows))
    return locked


def _keep(
    agreement: Agreement,
    by: people.Person,
    content: Content,
    between: list[people.Organisation] | None = None,
) -> None:
    if digest(as_json(content)) == agreement.revision.sha256:
        return
    for name, value in _columns(content).items():
        setattr(agreement, name, value)
    agreement.save()
    if between is not None:
        _set_parties(agreement, between)
    _add_revision(agreement, by, content)
    audit.write(
        by=by, action="agreement.revised", obj=agreement, detail={"number": agreement.revision.number}
    )


def _add_revision(agreement: Agreement, by: people.Person, content: Content) -> AgreementRevision:
    kept = as_json(content)
    newest = agreement.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    made = agreement.revisions.create(number=newest + 1, content=kept, sha256=digest(kept), made_by=by)
    agreement.revision = made
    return made


def _set_parties(agreement: Agreement, between: list[people.Organisation]) -> None:
    """The rows follow the text while it is a draft; of one that approved or signed an earlier text the row stays, as left."""
    wanted = {one.pk for one in between}
    gone = agreement.parties.filter(left_at=None).exclude(organisation__in=wanted)
    gone.filter(approvals=None, signatures=None).delete()
    gone.update(left_at=clock.now())
    for at, organisation in enumerate(between):
        agreement.parties.update_or_create(organisation=organisation, left_at=None, defaults={"position": at})
    for name in ("all_parties", "standing"):
        agreement.__dict__.pop(name, None)


def _named(between: Organisations) -> tuple[PartyNamed, ...]:
    return tuple(PartyNamed(str(one.uid), one.name_ko, one.name_en) for one in between)


def _columns(content: Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in COPIED} | {"cooperation": sorted(content.cooperation)}


def lock(agreement: Agreement) -> Agreement:
    """The agreement's row, locked till the transaction ends."""
    return Agreement.objects.select_for_update(of=("self",)).select_related("amends").get(pk=agreement.pk)


@transaction.atomic
def comment(agreement: Agreement, *, by: people.Person, body: str) -> AgreementComment:
    """A word about the newest revision. Raises Denied."""
    demand(rules.may_comment(by, agreement))
    mine = own_parties(by, agreement)
    made = agreement.comments.create(
        revision=agreement.revision,
        organisation=mine[0].organisation if mine else None,
        by=by,
        body=body.strip(),
    )
    audit.write(by=by, action="agreement.commented", obj=agreement)
    telling.tell_comment(agreement, by)
    return made
