"""All that the platform keeps about a person, for that person. Other apps add their part with `register_export`."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from django.forms.models import model_to_dict

from dure.foundation import audit, clock, notices, webhooks
from dure.foundation.models import AuditEntry
from dure.people.actions.tokens import tokens_of
from dure.people.models import Consent, Membership, Person

Exporter = Callable[[Person], Any]
PROFILE = (
    "uid",
    "email",
    "name_ko",
    "name_en",
    "headline_ko",
    "headline_en",
    "about_ko",
    "about_en",
    "language",
    "time_zone",
    "audience",
    "roles",
    "created_at",
)
_exporters: dict[str, Exporter] = {}


def register_export(name: str, make: Exporter) -> None:
    """Add `<name>.json` to every person's export. `make` returns JSON values (dates and UUIDs are written as text).

    Raises ValueError where the name is taken: one part would silently stand in the other's place.
    """
    if name in _exporters:
        raise ValueError(name)
    _exporters[name] = make


def export_of(person: Person) -> bytes:
    """A zip of JSON files, one per kind of data."""
    audit.write(by=person, action="person.exported", obj=person)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, make in sorted(_exporters.items()):
            archive.writestr(f"{name}.json", _json(make(person)))
        archive.writestr("README.json", _json({"made_at": clock.now(), "files": sorted(_exporters)}))
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def _profile(person: Person) -> Any:
    return {name: getattr(person, name) for name in PROFILE}


def _memberships(person: Person) -> Any:
    rows = Membership.objects.filter(person=person).select_related("organisation").order_by("id")
    fields = ["role", "title", "starts_on", "ends_on"]
    return [
        {"organisation": row.organisation.name, "ended_at": row.ended_at, **model_to_dict(row, fields)}
        for row in rows
    ]


def _consents(person: Person) -> Any:
    rows = Consent.objects.filter(person=person).select_related("text")
    return [
        {
            "text": row.text.key,
            "version": row.text.version,
            "sha256": row.text.sha256,
            "given_at": row.given_at,
            "withdrawn_at": row.withdrawn_at,
            "origin": row.origin,
        }
        for row in rows
    ]


def _tokens(person: Person) -> Any:
    names = ("name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    return list(tokens_of(person).values(*names))


def _notices(person: Person) -> Any:
    rows = person.notices.all()
    return [
        {"at": row.created_at, "kind": row.kind, "text": notices.text(row), "read_at": row.read_at}
        for row in rows
    ]


def _webhook(person: Person) -> Any:
    hook = webhooks.webhook_of(person)
    return hook and {"url": hook.url, "created_at": hook.created_at, "off_at": hook.off_at}


def _trail(person: Person) -> Any:
    """What the person did, and what was done to their account."""
    names = ("at", "action", "entity", "uid", "detail", "origin")
    mine = AuditEntry.objects.filter(actor=person) | AuditEntry.objects.filter(uid=person.uid)
    return list(mine.order_by("id").values(*names))


register_export("profile", _profile)
register_export("memberships", _memberships)
register_export("consents", _consents)
register_export("tokens", _tokens)
register_export("notices", _notices)
register_export("webhook", _webhook)
register_export("trail", _trail)
