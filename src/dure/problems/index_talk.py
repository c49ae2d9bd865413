"""Threads in search: found by whoever sees the problem. A thread whose first message is hidden is not found."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from dure.foundation import search
from dure.problems.models import Message, Problem

KIND: Final = "message"


def thread_url(thread: Message) -> str:
    return reverse("problems:thread", args=[thread.problem.uid, thread.uid])


def visible_uids(person: Any) -> "QuerySet[Any, Any]":
    problems = Problem.objects.visible_to(person).order_by().values("pk")
    threads = Message.objects.filter(channel=Message.Channel.TALK, thread=None, hidden_at=None)
    return threads.filter(problem_id__in=problems).order_by().values("uid")


def index_thread(thread: Message) -> None:
    """Put title and all shown messages of a thread into the index; take a hidden thread out."""
    if thread.hidden_at:
        search.remove(kind=KIND, uid=thread.uid)
        return
    replies = thread.replies.filter(hidden_at=None).values_list("body", flat=True)
    search.put(
        kind=KIND,
        uid=thread.uid,
        title_ko=thread.title,
        title_en=thread.title,
        url=thread_url(thread),
        body="\n".join([thread.body, *replies]),
    )
