"""What people are told of a discussion. Followers are those who wrote in the thread; told while they see the problem."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people
from dure.problems.index_talk import thread_url
from dure.problems.models import Message, Problem
from dure.problems.notice_groups import HOSTING, TAKING_PART, kinds_under
from dure.problems.recipients import by_words, title_words

_to_hosts = kinds_under(HOSTING)
_to_writers = kinds_under(TAKING_PART)

STARTED = _to_hosts(
    "talk_started", _("A new thread in what I run"), _("%(by)s asks in “%(title)s”: %(thread)s")
)
REPLIED = _to_writers(
    "talk_replied", _("A reply in a thread I wrote in"), _("%(by)s replies to “%(thread)s”.")
)
ANSWERED = _to_writers(
    "talk_answered", _("The hosts' answer in a thread I wrote in"), _("The hosts answer “%(thread)s”.")
)
HIDDEN = _to_writers(
    "talk_hidden",
    _("A message of mine is hidden"),
    _("A moderator has hidden your message in “%(title)s”: %(reason)s"),
)


def tell_started(thread: Message) -> None:
    """The hosts, the owner and the curator, except whoever wrote."""
    _tell(hosts_of(thread.problem), STARTED, thread, by=thread.author)


def tell_replied(reply: Message, thread: Message) -> None:
    """Everybody who wrote in the thread, and the hosts, except whoever wrote."""
    kind = ANSWERED if reply.is_answer else REPLIED
    _tell({*followers_of(thread), *hosts_of(thread.problem)}, kind, thread, by=reply.author)


def tell_hidden(message: Message, *, reason: str) -> None:
    _notify([message.author], HIDDEN, message.thread or message, reason=reason)


def followers_of(thread: Message) -> set[people.Person]:
    """The authors of the thread's messages who still see its problem."""
    written = Message.objects.filter(pk=thread.pk) | Message.objects.filter(thread=thread)
    authors = people.Person.objects.filter(pk__in=written.values("author_id"), is_active=True)
    seen = Problem.objects.filter(pk=thread.problem_id)
    return {person for person in authors if seen.visible_to(person).exists()}


def hosts_of(problem: Problem) -> set[people.Person]:
    named = {person for person in (problem.owner, problem.curator) if person}
    challenge = getattr(problem, "challenge", None)
    return named | set(challenge.hosts.all()) if challenge else named


def _tell(who: Iterable[people.Person], kind: str, thread: Message, *, by: Any) -> None:
    _notify(
        [person for person in who if person.pk != by.pk],
        kind,
        thread,
        **by_words(by),
    )


def _notify(who: Iterable[people.Person], kind: str, thread: Message, **words: str) -> None:
    titles = title_words(thread.problem) | {"thread": thread.title}
    notices.notify(who, kind, url=thread_url(thread), params={**titles, **words})
