"""Facts from a spreadsheet: look first, then take over exactly that file; the same reference is never entered twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dure.alliance.commitments.matching import with_commitments
from dure.alliance.ledger import periods, posting, rules
from dure.alliance.models import LedgerEntry, LedgerImport, LedgerPeriod
from dure.engines import ledger as engine
from dure.engines.ledger import POOL, Posting
from dure.engines.sheets.reading import FILE_MIB, Table
from dure.foundation import audit, clock, files
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.limited import child
from dure.people import api as people

READ_SECONDS: Final = 30
LegKey = tuple[int | None, str, str, Decimal]


@dataclass(frozen=True, slots=True)
class Look:
    """What taking the file over would do: facts by their line, lines that stand in the ledger already, and all that is wrong."""

    facts: Mapping[int, Posting]
    known: frozenset[int]
    faults: list[Fault]

    @property
    def new(self) -> list[Posting]:
        return [fact for line, fact in self.facts.items() if line not in self.known]


@transaction.atomic
def upload(stream: IO[bytes], *, by: people.Person, filename: str) -> LedgerImport:
    """Keep the file. Raises Denied, or Faulty when it is too large or no table; then nothing is kept."""
    demand(rules.keeps_ledger(by, None))
    try:
        blob = files.put(stream, limit=FILE_MIB * 1024 * 1024)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": FILE_MIB})]) from error
    _read(blob.sha256)
    made = LedgerImport.objects.create(blob=blob, filename=filename[:200], uploaded_by=by)
    audit.write(by=by, action="ledger_import.uploaded", obj=made, detail={"sha256": blob.sha256})
    return made


def imports_for(person: Any) -> QuerySet[LedgerImport]:
    """Files that were uploaded, the newest first; for the secretariat alone."""
    demand(rules.keeps_ledger(person, None))
    return LedgerImport.objects.select_related("uploaded_by")


def access_import(person: Any, uid: UUID) -> LedgerImport:
    """One of them. Raises Denied, Hidden."""
    found = imports_for(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def look(kept: LedgerImport) -> Look:
    """What is in the file, with every fault of every row, also where it cannot be read now. Changes nothing."""
    try:
        table = _read(kept.blob_id)
    except Faulty as faulty:
        return Look({}, frozenset(), faulty.faults)
    accounts = _accounts()
    reading = engine.read_facts(
        table["headings"], table["rows"], accounts=accounts.keys(), zone=timezone.get_default_timezone()
    )
    found, wrong = _known(reading.postings, accounts)
    own = [*wrong, *_own_faults(reading.postings, found)]
    return Look(reading.postings, found, sorted([*reading.faults, *own], key=lambda one: one.row or 0))


@transaction.atomic
def take_over(kept: LedgerImport, *, by: people.Person) -> int:
    """Enter what is new in the file, all or nothing; a second time adds nothing. Returns how many facts this file added.

    Raises Denied, and Faulty with every fault of every row, also when a quarter was closed meanwhile.
    """
    demand(rules.keeps_ledger(by, None))
    locked = LedgerImport.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if locked.applied_at is not None:
        return locked.made
    list(LedgerPeriod.objects.select_for_update(of=("self",)).order_by("pk"))  # nobody closes one meanwhile
    seen = look(locked)
    if seen.faults:
        raise Faulty(seen.faults)
    accounts = _accounts()
    locked.made = posting.post_all(with_commitments(seen.new, accounts), accounts=accounts, by=by)
    locked.applied_at = clock.now()
    locked.save(update_fields=["applied_at", "made"])
    audit.write(by=by, action="ledger_import.taken_over", obj=locked, detail={"made": locked.made})
    return locked.made


def _accounts() -> dict[str, int | None]:
    return dict(people.Organisation.objects.values_list("slug", "pk"))


def _read(sha256: str) -> Table:
    """The table in a stored file, read by the limited child process. Raises Faulty with every fault."""
    path = str(files.local_path(sha256))
    table: Table = child.call("dure.engines.sheets.reading:as_json", seconds=READ_SECONDS, path=path)
    return table


def _own_faults(facts: Mapping[int, Posting], known: frozenset[int]) -> Iterator[Fault]:
    """Days that lie ahead or in a closed quarter."""
    closed = {day: periods.is_closed(day) for day in {periods.day_of(fact.at) for fact in facts.values()}}
    for line, fact in facts.items():
        day = periods.day_of(fact.at)
        if day > clock.today():
            yield Fault("ledger_ahead", row=line, column="date")
        elif closed[day] and line not in known:
            yield Fault("ledger_quarter_closed", row=line, column="date")


def _known(
    facts: Mapping[int, Posting], accounts: Mapping[str, int | None]
) -> tuple[frozenset[int], list[Fault]]:
    """Lines whose reference stands in the ledger, and a fault for each that says something else there. One query."""
    lines = {fact.key: line for line, fact in facts.items()}
    posted = _posted(lines)
    wrong = [
        Fault("ledger_reference_of_other", {"value": key[:60]}, row=lines[key], column="reference")
        for key, legs in posted.items()
        if legs != _legs_of(facts[lines[key]], accounts)
    ]
    return frozenset(lines[key] for key in posted), wrong


def _posted(lines: Mapping[str, int]) -> dict[str, set[LegKey]]:
    found: dict[str, set[LegKey]] = defaultdict(set)
    of = LedgerEntry.objects.filter(transaction__source="file", transaction__source_id__in=list(lines))
    columns = ("transaction__source_id", "organisation_id", "side", "unit", "quantity")
    for key, account, side, unit, quantity in of.order_by().values_list(*columns):
        found[key].add((account, side, unit, quantity))
    return found


def _legs_of(fact: Posting, accounts: Mapping[str, int | None]) -> set[LegKey]:
    return {
        (None if leg.account == POOL else accounts[leg.account], leg.side, leg.unit, leg.quantity)
        for leg in fact.legs
    }
