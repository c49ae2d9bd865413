"""What a code challenge needs beyond the others: the choice itself, its limits, and the inputs that only submitted code reads."""

from typing import IO, Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.farm import api as farm
from dure.foundation import audit, files
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.limited import child
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import rules, rules_hosting
from dure.problems.actions import preparing
from dure.problems.models import Challenge, HiddenInput
from dure.problems.sites import settling

MOST_FILES: Final = 50
LIMITS: Final = {
    "code_memory_mib": (128, 1024 * 1024),
    "code_minutes": (1, 24 * 60),
    "code_cores": (1, 64),
    "trial_rows": (0, 100_000),
}
"""Fewest and most of each."""
TOO_MANY = Refused("too_many_files", _("There are as many hidden files as can be; take one out first."))


def _demand_preparing(by: people.Person, challenge: Challenge) -> None:
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))


@transaction.atomic
def choose(*, by: people.Person, challenge: Challenge, takes: str, **limits: Any) -> Challenge:
    """Choose what teams hand in, and what code may use. Raises Denied, or Faulty with every number that is out of its range."""
    _demand_preparing(by, challenge)
    given = {name: limits[name] for name in LIMITS if name in limits}
    if found := [*_out_of_range(given), *_too_large(given)]:
        raise Faulty(found)
    was_at_sites = challenge.is_at_sites
    is_cut_anew = given.get("trial_rows", challenge.trial_rows) != challenge.trial_rows
    challenge.takes = Challenge.Takes(takes)
    for name, value in given.items():
        setattr(challenge, name, value)
    challenge.save(update_fields=["takes", *given])
    if is_cut_anew:
        _cut_anew(challenge)
    settling.settle(challenge)
    if was_at_sites != challenge.is_at_sites:
        _other_answers(by, challenge)
    audit.write(by=by, action="challenge.takes", obj=challenge, detail={"takes": takes, **given})
    return challenge


def _other_answers(by: people.Person, challenge: Challenge) -> None:
    """In force are hashes of data at sites, or rows here: never both. What the host handed in is put in force again."""
    if not challenge.is_at_sites:
        challenge.answers = None
        challenge.save(update_fields=["answers"])
    preparing.settle(by=by, challenge=challenge)


def _out_of_range(given: dict[str, int]) -> list[Fault]:
    return [
        Fault("number_bad", {"lowest": LIMITS[name][0], "highest": LIMITS[name][1]}, place=name)
        for name, value in given.items()
        if not LIMITS[name][0] <= value <= LIMITS[name][1]
    ]


def _too_large(given: dict[str, int]) -> list[Fault]:
    """What no machine of the farm could ever give, once there is one."""
    most = farm.largest()
    asked = {"code_memory_mib": most.memory_mib, "code_cores": most.cores} if most else {}
    return [
        Fault("more_than_the_farm", {"most": limit}, place=name)
        for name, limit in asked.items()
        if given.get(name, 0) > limit
    ]


@transaction.atomic
def put(
    *, by: people.Person, challenge: Challenge, filename: str, stream: IO[bytes], part: str = ""
) -> HiddenInput:
    """Add a hidden input, or replace the one of the same name and part. Raises Denied, Faulty or StorageUnavailable."""
    _demand_preparing(by, challenge)
    name = _plain(filename)
    others = challenge.hidden_inputs.exclude(filename=name, part=part)
    if others.count() >= MOST_FILES:
        raise Denied(TOO_MANY)
    try:
        blob = files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error
    first = _first_case(blob, name, challenge.trial_rows)
    made, _new = HiddenInput.objects.update_or_create(
        challenge=challenge, filename=name, part=part, defaults={"blob": blob, "first_case": first}
    )
    audit.write(by=by, action="challenge.hidden_input", obj=challenge, detail={"sha256": blob.sha256})
    return made


def _plain(filename: str) -> str:
    """The name as a path below the inputs: folders stay, as bundles have them; nothing leads elsewhere."""
    parts = filename.replace("\\", "/").replace("\0", "").split("/")
    return "/".join(part for part in parts if part.strip(". "))[-200:].strip("/") or "input"


@transaction.atomic
def remove(*, by: people.Person, challenge: Challenge, filename: str) -> None:
    """Take a hidden input out."""
    _demand_preparing(by, challenge)
    challenge.hidden_inputs.filter(filename=filename).delete()
    audit.write(by=by, action="challenge.hidden_input_out", obj=challenge, detail={"filename": filename})


def _cut_anew(challenge: Challenge) -> None:
    for one in challenge.hidden_inputs.select_related("blob"):
        one.first_case = _first_case(one.blob, one.filename, challenge.trial_rows)
        one.save(update_fields=["first_case"])


def _first_case(blob: Blob, filename: str, rows: int) -> Blob:
    """Its first rows, or the same file where it is no table or no trial is wanted."""
    if not rows:
        return blob
    with files.scratch() as out:
        is_cut = child.call(
            "dure.engines.scoring.cutting:cut",
            path=str(files.local_path(blob.sha256)),
            out=str(out),
            filename=filename,
            rows=rows,
        )
        return files.put_scratch(out) if is_cut else blob
