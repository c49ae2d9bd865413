"""Looking before doing: of each chosen thing whether it would be done, and all the reasons why not. Changes nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from dure.alliance.bulk import rules
from dure.alliance.bulk.deeds import MOST, Deed
from dure.alliance.models import BulkItem, Roundtable
from dure.alliance.topics.rules import AHEAD, MOST_MINUTES
from dure.engines.faults import Fault, Faulty
from dure.foundation import i18n
from dure.foundation.access import Refused


@dataclass(frozen=True, slots=True)
class Seen:
    """One of them: `refusals` is empty where it would be done."""

    thing: UUID
    title: str
    url: str
    state: str
    state_label: str
    since: datetime
    refusals: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What would happen. `token` is the hash of all that was looked at."""

    deed: Deed
    given: Mapping[str, Any]
    rows: tuple[Seen, ...]

    @property
    def will(self) -> list[Seen]:
        return [one for one in self.rows if not one.refusals]

    @property
    def wont(self) -> list[Seen]:
        return [one for one in self.rows if one.refusals]

    @property
    def token(self) -> str:
        """Another one as soon as any of them stands otherwise."""
        said = [
            [str(one.thing), one.state, one.since.isoformat(), [why.reason for why in one.refusals]]
            for one in self.rows
        ]
        text = json.dumps([self.deed.code, dict(self.given), said], sort_keys=True, ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


def look(deed: Deed, things: Iterable[UUID], *, by: Any, given: Mapping[str, Any]) -> Look:
    """Raises Faulty with everything that is wrong with what was asked."""
    chosen = list(dict.fromkeys(things))
    kept = {name: given[name] for name in NEEDED[deed.needs]}
    found = {one.uid: one for one in deed.known(by).filter(uid__in=chosen[: MOST + 1])}
    if faults := [*_chosen_faults(chosen, found), *given_faults(deed, kept)]:
        raise Faulty(faults)
    ahead = set(
        BulkItem.objects.filter(kind=deed.kind, thing__in=chosen, result="").values_list("thing", flat=True)
    )
    data = resolved(kept)
    rows = (_seen(deed, found[uid], by, data, is_ahead=uid in ahead) for uid in chosen)
    return Look(deed, kept, tuple(rows))


def _chosen_faults(chosen: list[UUID], found: Mapping[UUID, Any]) -> list[Fault]:
    if not chosen:
        return [Fault("bulk_none_chosen", place="thing")]
    if len(chosen) > MOST:
        return [Fault("bulk_too_many", {"limit": MOST}, place="thing")]
    return [Fault("bulk_unknown", place="thing")] if len(found) < len(chosen) else []


NEEDED: Mapping[str, tuple[str, ...]] = {
    "": (),
    "reason": ("reason",),
    "agenda": ("roundtable", "minutes"),
}


def given_faults(deed: Deed, given: Mapping[str, Any]) -> list[Fault]:
    """What it needs besides the things."""
    faults = []
    if deed.needs == "reason" and not given["reason"].strip():
        faults.append(Fault("bulk_no_reason", place="reason"))
    if deed.needs == "agenda":
        if _roundtable(given) is None:
            faults.append(Fault("bulk_no_roundtable", place="roundtable"))
        if not 1 <= (given["minutes"] or 0) <= MOST_MINUTES:
            faults.append(Fault("bulk_no_minutes", {"limit": MOST_MINUTES}, place="minutes"))
    return faults


def _roundtable(given: Mapping[str, Any]) -> Roundtable | None:
    uid = given.get("roundtable")
    return Roundtable.objects.filter(uid=uid, state__in=AHEAD).first() if uid else None


def resolved(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the workflow is handed."""
    return dict(given) | ({"roundtable": _roundtable(given)} if "roundtable" in given else {})


def _seen(deed: Deed, thing: Any, by: Any, data: Mapping[str, Any], *, is_ahead: bool) -> Seen:
    found = deed.refusals(thing, by=by, data=data) + ([rules.ELSEWHERE] if is_ahead else [])
    return Seen(
        thing.uid,
        i18n.either(thing.b_ko, thing.b_en),
        deed.url_of(thing),
        thing.state,
        thing.state_label,
        thing.state_since,
        tuple(found),
    )
