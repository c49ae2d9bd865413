"""Discussions: threads and replies, the hosts' answers, and moderation that hides without erasing."""

from datetime import timedelta

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import Decision, Denied, demand, first_refusal
from dure.people import api as people
from dure.problems import index_talk, notices_talk, rules_talk
from dure.problems.models import Message, Problem


@transaction.atomic
def start_thread(*, by: people.Person, problem: Problem, title: str, body: str) -> Message:
    """Begin a thread and tell the hosts. Raises Denied with the reason."""
    _check(by, problem, rules_talk.is_title(title), rules_talk.is_text(body))
    thread = _write(by, problem, title=title.strip(), body=body)
    notices_talk.tell_started(thread)
    index_talk.index_thread(thread)
    return thread


@transaction.atomic
def reply(*, by: people.Person, thread: Message, body: str) -> Message:
    """Answer in a thread and tell who wrote in it. What a host writes is marked as the hosts' answer."""
    _check(by, thread.problem, rules_talk.is_text(body))
    if thread.hidden_at:
        raise Denied(rules_talk.HIDDEN)
    answers = rules_talk.answers_for_hosts(by, thread.problem)
    made = _write(by, thread.problem, thread=thread, body=body, is_answer=answers)
    notices_talk.tell_replied(made, thread)
    index_talk.index_thread(thread)
    return made


def _check(by: people.Person, problem: Problem, *texts: Decision) -> None:
    """Everything a message needs. The person's row is locked, so that twenty an hour are twenty, however many at once."""
    if by.is_authenticated:
        people.Person.objects.select_for_update().get(pk=by.pk)
    decision = rules_talk.may_write(by, problem, in_last_hour=written_in_last_hour(by))
    demand(first_refusal(decision, *texts))


def written_in_last_hour(person: people.Person) -> int:
    since = clock.now() - timedelta(hours=1)
    mine = Message.objects.filter(author_id=person.pk, channel=Message.Channel.TALK, created_at__gt=since)
    return mine.count()


def _write(by: people.Person, problem: Problem, **fields: object) -> Message:
    message = Message.objects.create(
        problem=problem, channel=Message.Channel.TALK, author=by, created_at=clock.now(), **fields
    )
    audit.write(by=by, action="talk.write", obj=message)
    return message


@transaction.atomic
def mark_answer(*, by: people.Person, message: Message, chosen: bool) -> Message:
    """Mark anybody's message as the answer the hosts stand behind, or take the mark back."""
    demand(rules_talk.moderates(by, message.problem))
    message.is_answer = chosen
    message.save(update_fields=["is_answer"])
    audit.write(by=by, action="talk.answer", obj=message, detail={"chosen": chosen})
    return message


@transaction.atomic
def hide(*, by: people.Person, message: Message, reason: str) -> Message:
    """Hide a message from all but moderators; its place stays and its author reads why. Hiding twice changes nothing."""
    demand(rules_talk.moderates(by, message.problem))
    demand(rules_talk.has_reason({"reason": reason}))
    if message.hidden_at is None:
        _set_hidden(message, by)
        audit.write(by=by, action="talk.hide", obj=message, detail={"reason": reason})
        notices_talk.tell_hidden(message, reason=reason.strip()[:300])
    return message


@transaction.atomic
def unhide(*, by: people.Person, message: Message, reason: str = "") -> Message:
    """Show a hidden message again."""
    demand(rules_talk.moderates(by, message.problem))
    if message.hidden_at is not None:
        _set_hidden(message, None)
        audit.write(by=by, action="talk.unhide", obj=message, detail={"reason": reason})
    return message


def _set_hidden(message: Message, by: people.Person | None) -> None:
    message.hidden_at, message.hidden_by = (clock.now() if by else None), by
    message.save(update_fields=["hidden_at", "hidden_by"])
    index_talk.index_thread(message.thread or message)
