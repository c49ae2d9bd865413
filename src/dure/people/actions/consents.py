"""Consent: which text, which version, when; asked again when a new version appears."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, notices
from dure.foundation.access import SYSTEM, Actor, Denied, Hidden, Refused, demand
from dure.people import kinds, rules
from dure.people.models import Consent, ConsentText, Person

REQUIRED = ("terms", "privacy")
TEXTS = Path(__file__).resolve().parent.parent / "texts"
OLD_TEXT = Refused("old_text", _("There is a newer version of this text; read that one."))
INCOMPLETE = Refused("text_incomplete", _("Write title and text in both languages."))
UNCHANGED = Refused("text_unchanged", _("These are the words already in force."))


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in both languages. Its hash binds consents to exactly these words."""

    title_ko: str
    title_en: str
    body_ko: str
    body_en: str

    @property
    def sha256(self) -> str:
        words = [self.title_ko, self.title_en, self.body_ko, self.body_en]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


@cache
def shipped(key: str) -> Wording:
    """The first version, as it comes with the software: first line the title, then the text."""
    ko, en = (_titled((TEXTS / f"{key}.{language}.md").read_text("utf-8")) for language in ("ko", "en"))
    return Wording(title_ko=ko[0], title_en=en[0], body_ko=ko[1], body_en=en[1])


def _titled(text: str) -> tuple[str, str]:
    title, _newline, body = text.partition("\n")
    return title.removeprefix("# ").strip(), body.strip()


def ensure_texts(**_signal: Any) -> None:
    """Give a fresh installation its first texts; leaves any installation with texts alone."""
    for key in REQUIRED:
        if not ConsentText.objects.filter(key=key).exists():
            _add_version(key, shipped(key))


def latest_texts() -> QuerySet[ConsentText]:
    """The version in force of each text."""
    newest = ConsentText.objects.filter(key=OuterRef("key")).order_by("-version").values("pk")[:1]
    return ConsentText.objects.filter(pk=Subquery(newest)).order_by("-key")


def texts_to_ask(person: Person) -> QuerySet[ConsentText]:
    """The texts in force that this person has not agreed to. People of the demo alliance exist only in it and are not asked."""
    if person.is_demo:
        return ConsentText.objects.none()
    agreed = Consent.objects.filter(person=person, withdrawn_at=None).values("text_id")
    return latest_texts().filter(key__in=REQUIRED).exclude(pk__in=agreed)


@transaction.atomic
def give_consent(person: Person, texts: Iterable[ConsentText], *, origin: str = "") -> list[Consent]:
    """Record a yes to each text, once. Raises Denied when one of them is no longer in force."""
    wanted, in_force = list(texts), set(latest_texts())
    if not set(wanted) <= in_force:
        raise Denied(OLD_TEXT, conflict=True)
    given = []
    for text in wanted:
        consent, fresh = Consent.objects.get_or_create(
            person=person, text=text, withdrawn_at=None, defaults={"origin": origin[:64]}
        )
        given.append(consent)
        if fresh:
            audit.write(by=person, action="person.consented", obj=person, detail=_which(text))
    return given


@transaction.atomic
def withdraw_consent(person: Person, consent_id: int) -> Consent:
    """Take one's own yes back; the row stays as history. Raises Hidden for anybody else's."""
    consent = Consent.objects.select_for_update(of=("self",)).select_related("text")
    found = consent.filter(person=person, pk=consent_id).first()
    if found is None:
        raise Hidden(str(consent_id))
    if found.withdrawn_at is None:
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        audit.write(by=person, action="person.consent_withdrawn", obj=person, detail=_which(found.text))
    return found


@transaction.atomic
def publish_text(*, by: Actor, key: str, wording: Wording) -> ConsentText:
    """A new version: everybody is told, and asked at their next page. Raises Denied when nothing or too little was written."""
    demand(rules.only_secretariat(by))
    if not all([wording.title_ko, wording.title_en, wording.body_ko, wording.body_en]):
        raise Denied(INCOMPLETE)
    current = latest_texts().filter(key=key).first()
    if current is None:
        raise Hidden(key)
    if current.sha256 == wording.sha256:
        raise Denied(UNCHANGED, conflict=True)
    text = _add_version(key, wording, by=by)
    people = Person.objects.filter(is_active=True, is_demo=False)
    params = {"title_ko": text.title_ko, "title_en": text.title_en}
    notices.notify(people, kinds.NEW_TEXT, url=reverse("people:consents"), params=params)
    return text


def _add_version(key: str, wording: Wording, *, by: Actor = SYSTEM) -> ConsentText:
    last = ConsentText.objects.filter(key=key).aggregate(last=Max("version"))["last"] or 0
    text = ConsentText.objects.create(
        key=key,
        version=last + 1,
        title_ko=wording.title_ko,
        title_en=wording.title_en,
        body_ko=wording.body_ko,
        body_en=wording.body_en,
        sha256=wording.sha256,
    )
    audit.write(by=by, action="consent_text.published", detail=_which(text))
    return text


def _which(text: ConsentText) -> dict[str, Any]:
    return {"text": f"{text.key} v{text.version}", "sha256": text.sha256}
