"""Notices and the to-do list. Apps declare kinds of notices and providers of to-dos; people choose what is mailed."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.foundation import clock, prepared
from dure.foundation.i18n import is_korean
from dure.foundation.models import Notice, NoticePreference

log = logging.getLogger(__name__)
DIGEST_HOUR = 8
MOST_MAILED = 100
_PLACE: Final = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over kinds of notices where a person chooses what is mailed; the lowest order stands first."""

    order: int
    label: str | Promise


ACCOUNT: Final = Group(50, gettext_lazy("Account and organisations"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its name in the settings page and its sentence with named %(x)s places.

    `only` says who can ever be told; without it anybody can.
    """

    key: str
    label: str | Promise
    sentence: str | Promise
    group: Group
    only: Callable[[Any], bool] | None = None

    def places(self) -> set[str]:
        """The names of the places in the sentence."""
        return set(_PLACE.findall(str(self.sentence)))


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for this person: what, where, since or until when."""

    title: str
    url: str
    why: str
    due: datetime | None = None


KINDS: dict[str, Kind] = {}
_providers: list[Callable[[Any], Iterable[Todo]]] = []
_carriers: list[Callable[[Sequence[Notice]], None]] = []


def register_kind(
    key: str,
    label: str | Promise,
    sentence: str | Promise,
    *,
    group: Group,
    only: Callable[[Any], bool] | None = None,
) -> str:
    KINDS[key] = Kind(key, label, sentence, group, only)
    return key


def kinds_under(
    app: str, group: Group, *, only: Callable[[Any], bool] | None = None
) -> Callable[[str, str | Promise, str | Promise], str]:
    """How an app declares the kinds under one heading: by the key after its name, the label and the sentence."""

    def declare(key: str, label: str | Promise, sentence: str | Promise) -> str:
        return register_kind(f"{app}.{key}", label, sentence, group=group, only=only)

    return declare


def register_todos(provider: Callable[[Any], Iterable[Todo]]) -> None:
    """A provider lists what waits for a person, in a fixed number of queries, at most some tens."""
    _providers.append(provider)


def register_carrier(carrier: Callable[[Sequence[Notice]], None]) -> None:
    """A carrier is handed the fresh notices in the transaction that made them, and takes them further after it."""
    _carriers.append(carrier)


def todos(person: Any) -> list[Todo]:
    """All that waits for a person, the soonest due first."""
    found = [todo for provider in _providers for todo in provider(person)]
    dated = sorted((todo for todo in found if todo.due), key=lambda todo: todo.due or clock.now())
    return [*dated, *(todo for todo in found if not todo.due)]


@transaction.atomic
def notify(people: Iterable[Any], kind: str, *, url: str, params: Mapping[str, Any]) -> None:
    """Tell people something; each once. Rows join the caller's transaction, so a rolled back action tells nobody.

    Raises KeyError for a kind that is not declared, and where `params` lack a place of its sentence.
    """
    missing = KINDS[kind].places() - _localised(params).keys()
    if missing:
        raise KeyError(f"{kind} needs {sorted(missing)}")
    unique = {person.pk: person for person in people if person.is_active}
    fresh = Notice.objects.bulk_create(
        Notice(person=p, kind=kind, params=dict(params), url=url, created_at=clock.now())
        for p in unique.values()
    )
    for carry in _carriers if fresh else ():
        carry(fresh)


def text(notice: Notice) -> str:
    """The notice as a sentence in the active language; `params` ending in _ko/_en choose by language."""
    kind = KINDS.get(notice.kind)
    return str(kind.sentence) % _localised(notice.params) if kind else notice.kind


class _Params(dict[str, Any]):
    """An old notice may lack what a newer sentence asks for: an empty place is better than no page."""

    def __missing__(self, key: str) -> str:
        return ""


def _localised(params: Mapping[str, Any]) -> _Params:
    out = _Params(params)
    for name in {key[:-3] for key in params if key.endswith(("_ko", "_en"))}:
        ko, en = params.get(f"{name}_ko"), params.get(f"{name}_en")
        out[name] = (ko or en) if is_korean() else (en or ko)
    return out


def latest(person: Any, limit: int) -> list[Notice]:
    """The newest notices of a person."""

    def build(someone: Any) -> "QuerySet[Notice]":
        return Notice.objects.filter(person_id=someone.pk)[:limit]

    return prepared.objects("foundation.notices", build, person, Notice, limit)


def mark_read(person: Any) -> None:
    Notice.objects.filter(person=person, read_at=None).update(read_at=clock.now())


@dataclass(frozen=True, slots=True)
class Wish:
    """A kind of notice and whether this person wants it by mail."""

    kind: Kind
    mail: bool


@dataclass(frozen=True, slots=True)
class WishGroup:
    """The wishes under one heading."""

    group: Group
    wishes: list[Wish]

    @property
    def mailed(self) -> int:
        return sum(wish.mail for wish in self.wishes)


def wishes(person: Any) -> list[Wish]:
    """Every kind this person can be told of, with the person's wish; without one it is mailed."""
    muted = set(NoticePreference.objects.filter(person=person, mail=False).values_list("kind", flat=True))
    return [Wish(kind, kind.key not in muted) for kind in _kinds_for(person)]


def wish_groups(person: Any) -> list[WishGroup]:
    """The same under their headings."""
    found: dict[Group, list[Wish]] = {}
    for wish in wishes(person):
        found.setdefault(wish.kind.group, []).append(wish)
    return [WishGroup(group, found[group]) for group in sorted(found, key=lambda group: group.order)]


def _kinds_for(person: Any) -> list[Kind]:
    """Each condition is asked once, however many kinds share it."""
    holds = {only: only(person) for only in {kind.only for kind in KINDS.values()} if only is not None}
    return [kind for kind in KINDS.values() if kind.only is None or holds[kind.only]]


@transaction.atomic
def set_wishes(person: Any, *, mailed: set[str]) -> None:
    """From now on exactly these kinds are mailed to the person; keys that are not offered are ignored, and stay as they are."""
    rows = [
        NoticePreference(person=person, kind=kind.key, mail=kind.key in mailed) for kind in _kinds_for(person)
    ]
    NoticePreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["mail"]
    )


@clock.on_clock("send_digests")
def send_digests(now: datetime) -> int:
    """One mail a day per person, at `DIGEST_HOUR` where the person is, with all that was new until then; returns how many went out.

    Safe to run twice: what was mailed is marked in the same transaction. A mail server that is away is asked again at the next run.
    """
    waiting = Notice.objects.filter(mailed_at=None)
    zones = waiting.order_by().values_list("person__time_zone", flat=True).distinct()
    return sum(_send_zone(zone, now) for zone in list(zones))


def _send_zone(zone: str, now: datetime) -> int:
    until = _last_digest_hour(zone, now)
    waiting = Notice.objects.filter(person__time_zone=zone, mailed_at=None, created_at__lte=until)
    people = waiting.order_by("person_id").values_list("person_id", flat=True).distinct()
    return sum(_send_digest(person_id, until, now) for person_id in list(people))


def _last_digest_hour(zone: str, now: datetime) -> datetime:
    try:
        there = now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        there = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    today = there.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= there else today - timedelta(days=1)


def _send_digest(person_id: int, until: datetime, now: datetime) -> bool:
    try:
        with transaction.atomic():
            return _mail_waiting(person_id, until, now)
    except (SMTPException, OSError):
        log.exception("the digest of person %s waits for the mail server", person_id)
        return False


def _mail_waiting(person_id: int, until: datetime, now: datetime) -> bool:
    rows = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(mailed_at=None)
    notices = list(
        rows.filter(person_id=person_id, created_at__lte=until).select_related("person").order_by("id")
    )
    muted = set(
        NoticePreference.objects.filter(person_id=person_id, mail=False).values_list("kind", flat=True)
    )
    wanted = [notice for notice in notices if notice.kind not in muted]
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    if not wanted or not _has_address(wanted[0].person):
        return False
    return _mail(wanted)


def _has_address(person: Any) -> bool:
    return bool(person.is_active and person.email)


def _mail(notices: Sequence[Notice]) -> bool:
    """False when the server takes no mail for this address: that will not change by asking again."""
    person: Any = notices[0].person
    with translation.override(person.language):
        try:
            _digest(notices).send()
        except SMTPRecipientsRefused:
            log.warning("the mail server refuses the address of person %s", person.pk)
            return False
    return True


def _digest(notices: Sequence[Notice]) -> EmailMessage:
    """The mail in the active language."""
    lines = [f"- {text(notice)}\n  {settings.PUBLIC_URL}{notice.url}" for notice in notices[:MOST_MAILED]]
    more = len(notices) - MOST_MAILED
    if more > 0:
        lines.append(ngettext("… and %(count)s more", "… and %(count)s more", more) % {"count": more})
    subject = ngettext("Dure: %(count)s new notice", "Dure: %(count)s new notices", len(notices))
    body = "\n".join([_("What is new for you:"), "", *lines])
    person: Any = notices[0].person
    return EmailMessage(subject % {"count": len(notices)}, body, to=[person.email])
