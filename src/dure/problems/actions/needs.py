"""Needs: begun, written, given files and messages. Moves between states go through the workflow."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import IO, Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, files
from dure.foundation.access import Audience, Denied, Refused, demand
from dure.people import api as people
from dure.problems import index_needs, notices_needs, recipients, rules_needs
from dure.problems.models import Attachment, Message, Problem

TEXTS: Final = tuple(
    f"{name}_{language}"
    for name in ("title", "summary", "hurts", "cost", "data", "worth")
    for language in ("ko", "en")
)
CHOICES: Final = ("original", "contact", "sensitivity", "industry", "wish")
FIELDS: Final = (*TEXTS, *CHOICES)
MOST_FILES: Final = 10
LARGEST_FILE: Final = 20 * 1024 * 1024
LONGEST_MESSAGE: Final = 8000
NOT_MEMBER = Refused("not_member", _("You can post a need only for an organisation you belong to."))
NO_MESSAGE = Refused("no_message", _("Write a message."))


@transaction.atomic
def start_need(
    *, by: people.Person, organisation: people.Organisation | None, title: str, original: str
) -> Problem:
    """Begin a draft that only the owner's side sees. The same title twice gives the same draft, so a double click is harmless."""
    demand(rules_needs.may_start(by))
    if organisation is None or organisation.pk not in set(people.organisations_of(by)):
        raise Denied(NOT_MEMBER)
    people.Person.objects.select_for_update().get(pk=by.pk)
    given: dict[str, Any] = {f"title_{original}": title.strip()[:160], "original": original}
    begun = Problem.objects.filter(owner=by, organisation=organisation, state="draft", **given).first()
    if begun is not None:
        return begun
    problem = Problem.objects.create(
        owner=by, organisation=organisation, audience=Audience.PRIVATE, contact=by.email or "", **given
    )
    audit.write(by=by, action="problem.start", obj=problem)
    return problem


@transaction.atomic
def save_need(*, by: people.Person, problem: Problem, values: Mapping[str, str]) -> Problem:
    """Keep what was written so far. Unknown names are ignored; lengths were checked by the form or schema."""
    locked = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    demand(rules_needs.may_edit(by, locked))
    changed = [name for name in FIELDS if name in values and getattr(locked, name) != values[name]]
    for name in changed:
        setattr(locked, name, values[name])
    locked.saved_at = clock.now()
    locked.save(update_fields=[*changed, "saved_at"])
    if locked.posted_at and changed:
        index_needs.index_problem(locked)
        audit.write(by=by, action="problem.edit", obj=locked, detail={"fields": changed})
    return locked


def attach(*, by: people.Person, problem: Problem, stream: IO[bytes], filename: str) -> Attachment:
    """Add a file to a need. The same content under the same name again is the same attachment.

    Raises Faulty when there are too many files or this one is too large, StorageUnavailable when it cannot be kept.
    """
    demand(rules_needs.may_edit(by, problem))
    try:
        blob = files.put(stream, limit=LARGEST_FILE)
    except files.TooLarge as error:
        raise Faulty(
            [Fault("attachment_too_large", {"limit": error.limit // 1024**2}, place=clean_name(filename))]
        ) from error
    return _keep_attachment(by=by, problem=problem, blob=blob, filename=clean_name(filename))


@transaction.atomic
def _keep_attachment(*, by: people.Person, problem: Problem, blob: Any, filename: str) -> Attachment:
    locked = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    demand(rules_needs.may_edit(by, locked))
    mine = locked.attachments.filter(message=None)
    if same := mine.filter(blob=blob, filename=filename).first():
        return same
    if mine.count() >= MOST_FILES:
        raise Faulty([Fault("too_many_attachments", {"limit": MOST_FILES}, place=filename)])
    attachment = Attachment.objects.create(problem=locked, blob=blob, filename=filename, added_by=by)
    audit.write(by=by, action="problem.attach", obj=locked, detail={"sha256": blob.sha256})
    return attachment


def clean_name(filename: str) -> str:
    """The last part of a name somebody sent, without control characters; never empty."""
    name = PurePath(filename.replace("\\", "/")).name
    kept = "".join(letter for letter in name if letter.isprintable()).strip()
    return kept[-200:] or "file"


@transaction.atomic
def detach(*, by: people.Person, attachment: Attachment) -> None:
    """Take a file out of a need that may be edited."""
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=attachment.problem_id)
    demand(rules_needs.may_edit(by, problem))
    audit.write(by=by, action="problem.detach", obj=problem, detail={"sha256": attachment.blob_id})
    attachment.delete()


@transaction.atomic
def say(*, by: people.Person, problem: Problem, body: str) -> Message:
    """Write into the conversation between owner and secretariat. The same words twice in a row are one message."""
    locked = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    demand(rules_needs.may_talk(by, locked))
    words = body.replace("\x00", "").strip()[:LONGEST_MESSAGE]
    if not words:
        raise Denied(NO_MESSAGE)
    last = locked.messages.filter(channel=Message.Channel.TRIAGE).last()
    if last is not None and last.author_id == by.pk and last.body == words:
        return last
    message = locked.messages.create(channel=Message.Channel.TRIAGE, body=words, author=by)
    audit.write(by=by, action="problem.say", obj=locked)
    others = [*recipients.owners(locked), *notices_needs.helpers(locked)]
    notices_needs.tell(others, notices_needs.SAID, locked, by=by)
    return message
