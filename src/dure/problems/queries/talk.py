"""Threads of a problem and the messages of a thread, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dure.problems import rules_talk
from dure.problems.models import Message, Problem

SHOWN_REPLY = Q(replies__hidden_at=None, replies__isnull=False)


def threads_of(problem: Problem, words: str = "") -> "QuerySet[Message]":
    """Threads with `reply_count`, `last_at` and `answered`, the latest word first. `words` must all stand in one shown message."""
    rows = Message.objects.filter(problem=problem, channel=Message.Channel.TALK, thread=None)
    for word in words.replace("\x00", " ").split()[:10]:
        own = Q(hidden_at=None) & (Q(title__icontains=word) | Q(body__icontains=word))
        rows = rows.filter(own | Q(hidden_at=None) & Exists(_shown_replies().filter(body__icontains=word)))
    return (
        rows.select_related("author")
        .annotate(
            reply_count=Count("replies", filter=SHOWN_REPLY),
            last_at=Coalesce(Max("replies__created_at", filter=SHOWN_REPLY), "created_at"),
            answered=Exists(_shown_replies().filter(is_answer=True)),
        )
        .order_by("-last_at", "-id")
    )


def _shown_replies() -> "QuerySet[Message]":
    return Message.objects.filter(thread=OuterRef("pk"), hidden_at=None)


def messages_of(thread: Message) -> "QuerySet[Message]":
    """The first message and all replies, in the order they were written."""
    both = Message.objects.filter(Q(pk=thread.pk) | Q(thread=thread))
    return both.select_related("author").order_by("id")


@dataclass(frozen=True, slots=True)
class Line:
    """A message as one person reads it: `note` says what its author is here; `body` is empty where it is hidden from them."""

    message: Message
    note: Any
    body: str
    title: str


def lines(rows: "list[Message]", problem: Problem, *, moderates: bool) -> list[Line]:
    """Messages with hidden texts taken out for all but moderators; one query finds who the hosts are."""
    hosts = host_ids(problem)
    return [_line(row, hosts, problem, moderates=moderates) for row in rows]


def _line(row: Message, hosts: set[int], problem: Problem, *, moderates: bool) -> Line:
    shown = moderates or row.hidden_at is None
    note = _("Owner") if row.author_id == problem.owner_id else _("Host") if row.author_id in hosts else ""
    return Line(row, note, row.body if shown else "", row.title if shown else "")


def host_ids(problem: Problem) -> set[int]:
    challenge = getattr(problem, "challenge", None)
    named = set(challenge.hosts.values_list("pk", flat=True)) if challenge else set()
    return named | ({problem.curator_id} if problem.curator_id else set())


def may_moderate(person: Any, problem: Problem) -> bool:
    return bool(rules_talk.moderates(person, problem))
