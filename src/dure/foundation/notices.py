"""Notices and the to-do list. Apps declare kinds of notices and providers of to-dos; people choose what is mailed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.foundation import clock
from dure.foundation.models import Notice, NoticePreference


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its name in the settings page and its sentence with named %(x)s places."""

    key: str
    label: str | Promise
    sentence: str | Promise


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for this person: what, where, since or until when."""

    title: str
    url: str
    why: str
    due: datetime | None = None


KINDS: dict[str, Kind] = {}
_providers: list[Callable[[Any], Iterable[Todo]]] = []


def register_kind(key: str, label: str | Promise, sentence: str | Promise) -> str:
    KINDS[key] = Kind(key, label, sentence)
    return key


def register_todos(provider: Callable[[Any], Iterable[Todo]]) -> None:
    """A provider lists what waits for a person, in a fixed number of queries, at most some tens."""
    _providers.append(provider)


def todos(person: Any) -> list[Todo]:
    """All that waits for a person, the soonest due first."""
    found = [todo for provider in _providers for todo in provider(person)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or clock.now()))


def notify(people: Iterable[Any], kind: str, *, url: str, params: Mapping[str, Any]) -> None:
    """Tell people something; each once. Rows join the caller's transaction, so a rolled back action tells nobody."""
    if kind not in KINDS:
        raise KeyError(kind)
    unique = {person.pk: person for person in people if person.is_active}
    Notice.objects.bulk_create(
        Notice(person=p, kind=kind, params=dict(params), url=url, created_at=clock.now())
        for p in unique.values()
    )


def text(notice: Notice) -> str:
    """The notice as a sentence in the active language; `params` ending in _ko/_en choose by language."""
    kind = KINDS.get(notice.kind)
    return str(kind.sentence) % _localised(notice.params) if kind else notice.kind


def _localised(params: Mapping[str, Any]) -> dict[str, Any]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    out = dict(params)
    for name in {key[:-3] for key in params if key.endswith(("_ko", "_en"))}:
        ko, en = params.get(f"{name}_ko"), params.get(f"{name}_en")
        out[name] = (ko or en) if language.startswith("ko") else (en or ko)
    return out


def mark_read(person: Any) -> None:
    Notice.objects.filter(person=person, read_at=None).update(read_at=clock.now())


@dataclass(frozen=True, slots=True)
class Wish:
    """A kind of notice and whether this person wants it by mail."""

    kind: Kind
    mail: bool


def wishes(person: Any) -> list[Wish]:
    """Every kind with the person's wish; without one it is mailed."""
    muted = set(NoticePreference.objects.filter(person=person, mail=False).values_list("kind", flat=True))
    return [Wish(kind, kind.key not in muted) for kind in KINDS.values()]


@transaction.atomic
def set_wishes(person: Any, *, mailed: set[str]) -> None:
    """From now on exactly these kinds are mailed to the person; unknown keys are ignored."""
    rows = [NoticePreference(person=person, kind=key, mail=key in mailed) for key in KINDS]
    NoticePreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["mail"]
    )


def send_digests(now: datetime) -> int:
    """One mail per person with all that is new since the last one. Safe to run twice: rows are marked in the same transaction."""
    waiting = (
        Notice.objects.filter(mailed_at=None, created_at__lte=now)
        .values_list("person_id", flat=True)
        .distinct()
    )
    return sum(_send_digest(person_id, now) for person_id in list(waiting))


@transaction.atomic
def _send_digest(person_id: int, now: datetime) -> bool:
    notices = list(
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(person_id=person_id, mailed_at=None)
        .select_related("person")
        .order_by("id")
    )
    muted = set(
        NoticePreference.objects.filter(person_id=person_id, mail=False).values_list("kind", flat=True)
    )
    wanted = [notice for notice in notices if notice.kind not in muted]
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    if not wanted or not wanted[0].person.email:
        return False
    _mail(wanted)
    return True


def _mail(notices: Sequence[Notice]) -> None:
    person: Any = notices[0].person
    with translation.override(person.language):
        base = settings.PUBLIC_URL
        lines = [f"- {text(notice)}\n  {base}{notice.url}" for notice in notices[:100]]
        subject = ngettext("Dure: %(count)s new notice", "Dure: %(count)s new notices", len(notices)) % {
            "count": len(notices)
        }
        body = "\n".join([_("What is new for you:"), "", *lines])
        EmailMessage(subject, body, to=[person.email]).send()
