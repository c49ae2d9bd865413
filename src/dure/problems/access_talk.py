"""The only way a page or route gets a message of a discussion: by who sees its problem."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden
from dure.problems.models import Message, Problem

RELATED = ("problem__organisation", "problem__challenge", "author", "thread")


def access_message(person: Any, uid: UUID) -> Message:
    """A message of a discussion this person sees, hidden or not; a hidden one is shown by its place only."""
    problems = Problem.objects.visible_to(person).order_by().values("pk")
    talk = Message.objects.filter(channel=Message.Channel.TALK, problem_id__in=problems)
    found = talk.select_related(*RELATED).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_thread(person: Any, uid: UUID) -> Message:
    """A thread by its first message."""
    message = access_message(person, uid)
    if message.thread_id is not None:
        raise Hidden(uid)
    return message
