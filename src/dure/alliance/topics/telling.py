"""What people are told about topics: only those who may still read them."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.telling import ROUNDTABLES
from dure.alliance.topics.visibility import readers_q
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", ROUNDTABLES)
_desk_kind = notices.kinds_under("alliance", ROUNDTABLES, only=people.is_secretary)

PROPOSED: Final = _desk_kind(
    "topic_proposed", _("A topic is proposed"), _("A topic is proposed: “%(name)s”.")
)
MOVED: Final = _kind(
    "topic_moved",
    _("A topic that I follow moves on"),
    _("Something has changed about a topic that you follow: “%(name)s”. Its page says what and why."),
)
MERGED: Final = _kind(
    "topic_merged",
    _("A topic that I follow is merged into another"),
    _("“%(name)s” is merged into “%(other)s”. You follow that one now."),
)
WRITTEN: Final = _kind(
    "topic_written",
    _("Somebody writes about a topic that I follow"),
    _("There is something new in the discussion of “%(name)s”."),
)


def tell_secretariat(kind: str, topic: Any) -> None:
    _tell(people.secretaries(), kind, topic)


def tell_followers(kind: str, topic: Any, *, but: Any = None) -> None:
    """All who follow it and may read it, except whoever did it."""
    _tell(followers(topic, but), kind, topic)


def tell_merged(topic: Any, into: Any, *, but: Any) -> None:
    other = {"other_ko": into.title_ko or into.title_en, "other_en": into.title_en or into.title_ko}
    readers = followers(topic, but).filter(readers_q(into))
    notices.notify(readers, MERGED, url=f"/topics/{into.uid}", params=_named(topic) | other)


def followers(topic: Any, but: Any = None) -> Any:
    following = topic.followers.values("person_id")
    rows = people.Person.objects.filter(readers_q(topic), is_active=True, pk__in=following)
    return rows.exclude(pk=but.pk) if but is not None and but.pk else rows


def _tell(whom: "Iterable[people.Person]", kind: str, topic: Any) -> None:
    notices.notify(whom, kind, url=f"/topics/{topic.uid}", params=_named(topic))


def _named(topic: Any) -> dict[str, str]:
    return {
        "name_ko": topic.title_ko or topic.title_en,
        "name_en": topic.title_en or topic.title_ko,
    }
