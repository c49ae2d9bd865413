"""The alliance's half of the small alliance: an agreement that everybody knows of, and a draft that only its parties know of."""

from collections.abc import Callable
from typing import Any

from dure.alliance.agreements import drafting
from dure.alliance.models import Agreement
from dure.foundation import files
from dure.people.models import Organisation
from tests.factories import agreements, commitments, people
from tests.web import (
    world_bulk,
    world_calls,
    world_ethics,
    world_figures,
    world_incubation,
    world_meetings,
    world_members,
    world_projects,
    world_residents,
    world_roundtables,
)

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {
    "agreement": {"owner", "secretariat"},
    "agreementcomment": {"owner", "secretariat"},
    "commitment": {"owner", "secretariat"},
    **world_ethics.MAY_READ,
    **world_members.MAY_READ,
    **world_roundtables.MAY_READ,
    **world_projects.MAY_READ,
    **world_incubation.MAY_READ,
    **world_calls.MAY_READ,
    **world_meetings.MAY_READ,
    **world_residents.MAY_READ,
    **world_bulk.MAY_READ,
}
"""A draft: representatives of its parties and the secretariat; neither the auditor nor other people of the parties."""


def shown(world: Any) -> Values:
    """An agreement in force of the firm with its rival, whose title is public."""
    made = agreements.draft(world.firm, _rival(), by=world.people["secretariat"], is_public=True)
    found = _values(made)
    Agreement.objects.filter(pk=made.pk).update(state="active")
    found |= {("commitments", "uid"): commitments.pledged(made).uid}
    found |= world_members.shown(world.firm) | world_ethics.shown(world)
    found |= world_roundtables.shown(world) | world_incubation.shown(world) | world_calls.shown(world)
    found |= world_projects.shown(world) | world_figures.shown(world)
    found |= world_meetings.shown(world) | world_residents.shown(world)
    found |= world_bulk.shown(world)
    return found | {("agreements/followers", "what"): "amend", ("lists", "code"): "events"}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """A draft of the firm with an organisation that is no member, and what is said about it."""
    other = people.organisation(joined_on=None)
    words = {f"title_{code}": text("agreement") for code in ("ko", "en")}
    made = agreements.draft(world.firm, other, by=world.people["secretariat"], **words)
    drafting.comment(made, by=world.people["secretariat"], body=text("agreementcomment"))
    said = {f"what_{code}": text("commitment") for code in ("ko", "en")}
    promise = commitments.pledged(made, by=world.people["secretariat"], **said)
    found = world_members.hide(world.firm, text) | world_ethics.hide(world, text)
    found |= world_roundtables.hide(world, text)
    found |= world_projects.hide(world, text) | world_incubation.hide(world, text)
    found |= world_calls.hide(world, text)
    found |= world_meetings.hide(world, text)
    found |= world_residents.hide(world, text) | world_bulk.hide(world, text)
    return _values(made) | {("commitments", "uid"): promise.uid} | found


def _values(made: Agreement) -> Values:
    party = made.standing[0]
    signature = party.signatures.create(
        revision=made.revision,
        sha256=made.revision.sha256,
        method="file",
        blob=files.put_bytes(b"%PDF-1.7"),
        filename="signed.pdf",
        signer="Owner",
    )
    return {
        ("agreements", "uid"): made.uid,
        ("agreements/parties", "party"): party.uid,
        ("agreements/signatures", "signature"): signature.uid,
        ("agreements/revisions", "number"): 1,
    }


def _rival() -> Organisation:
    return Organisation.objects.get(slug="rival-firm")
