"""Preparing and running a challenge: data, answers, metric, phases, versions.

Every change of answers or scorer is a new version.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import polars as pl
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring import metrics, narrowing
from dure.engines.scoring.binding import bind
from dure.engines.scoring.metric import Metric
from dure.engines.scoring.schema import Schema, from_plain, to_plain
from dure.foundation import audit, files, workflow
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.limited import child
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import rules
from dure.problems.models import (
    AnswerVersion,
    Challenge,
    DatasetFile,
    DatasetVersion,
    Phase,
    Problem,
    ScorerVersion,
)
from dure.problems.scoring import answers as answer_tables

RUNNING = Refused(
    "running", _("The challenge is open; this can no longer change. Publish a new version instead.")
)
ONE_EACH = Refused("has_challenge", _("This problem has a challenge already; go on with that one."))
BASELINES_FIRST = Refused(
    "baselines", _("Take the baselines out first: their files have the columns as they are now.")
)


@dataclass(frozen=True, slots=True)
class Table:
    """An uploaded table that was read in the limited child: as our own Parquet, with its shape and first rows."""

    blob: Blob
    rows: int
    columns: list[str]
    head: list[list[str]]


def take_table(stream: IO[bytes]) -> Table:
    """Read any table a host uploads. Raises Faulty with every fault."""
    try:
        raw = files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error
    with files.scratch() as out:
        found = child.call(
            "dure.engines.scoring.intake:take_table", path=str(files.local_path(raw.sha256)), out=str(out)
        )
        return Table(files.put_scratch(out), found["rows"], found["columns"], found["head"])


@transaction.atomic
def create_challenge(*, by: people.Person, problem: Problem, slug: str) -> Challenge:
    """Begin preparing the challenge of an accepted problem; its curator and owner become hosts."""
    demand(rules.curates(by, problem))
    Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if Challenge.objects.filter(problem=problem).exists():
        raise Denied(ONE_EACH)
    if Challenge.objects.filter(slug=slug).exists():
        raise Denied(Refused("slug_taken", _("Another challenge has this address; choose a different one.")))
    challenge = Challenge.objects.create(
        problem=problem, slug=slug, state="draft", salt=secrets.token_bytes(32)
    )
    challenge.hosts.add(*{person for person in (problem.owner, problem.curator) if person})
    audit.write(by=by, action="challenge.create", obj=challenge)
    return challenge


@transaction.atomic
def add_dataset(
    *,
    by: people.Person,
    challenge: Challenge,
    parts: Sequence[tuple[str, str, Blob]],
    licence: str,
    attribution: str = "",
    note_ko: str = "",
    note_en: str = "",
) -> DatasetVersion:
    """A new immutable version of what participants get: `parts` are (part, filename, blob)."""
    demand(rules.hosts_challenge(by, challenge))
    manifest = json.dumps([(part, name, blob.sha256) for part, name, blob in parts], ensure_ascii=False)
    dataset = DatasetVersion.objects.create(
        challenge=challenge,
        number=_next(DatasetVersion, challenge),
        manifest_sha256=hashlib.sha256(manifest.encode()).hexdigest(),
        licence=licence,
        attribution=attribution,
        note_ko=note_ko,
        note_en=note_en,
        created_by=by,
    )
    DatasetFile.objects.bulk_create(
        DatasetFile(dataset=dataset, part=part, filename=name, blob=blob) for part, name, blob in parts
    )
    challenge.dataset = dataset
    challenge.save(update_fields=["dataset"])
    audit.write(by=by, action="challenge.dataset", obj=challenge, detail={"number": dataset.number})
    return dataset


def guess_schema(*, sample: Table, truth: Table, group_column: str | None = None) -> dict[str, Any]:
    """A first guess of the schema for the host to correct."""
    return dict(
        child.call(
            "dure.engines.scoring.intake:guess_schema",
            sample=str(files.local_path(sample.blob.sha256)),
            answers=str(files.local_path(truth.blob.sha256)),
            group_column=group_column,
        )
    )


@transaction.atomic
def set_scoring(
    *,
    by: people.Person,
    challenge: Challenge,
    schema: Mapping[str, Any],
    metric: str,
    parameters: Mapping[str, Any] | None = None,
) -> ScorerVersion:
    """Say how files look and how they are scored. The schema's columns are bound to the metric's roles. Raises Faulty."""
    demand(rules.hosts_challenge(by, challenge))
    chosen = metrics.get_metric(metric, **dict(parameters or {}))
    bound = to_plain(bind(from_plain(dict(schema)), chosen))
    if (challenge.state != "draft" or challenge.submissions.exists()) and _names(bound) != _names(
        challenge.schema
    ):
        raise Denied(RUNNING if challenge.state != "draft" else BASELINES_FIRST)
    _demand_second_fits(challenge.second_metric, from_plain(bound))
    challenge.schema, challenge.metric, challenge.metric_parameters = bound, metric, dict(parameters or {})
    digest = hashlib.sha256(
        json.dumps([metric, dict(parameters or {}), challenge.second_metric, bound], sort_keys=True).encode()
    ).hexdigest()
    scorer = ScorerVersion.objects.create(
        challenge=challenge,
        number=_next(ScorerVersion, challenge),
        metric=metric,
        parameters=dict(parameters or {}),
        digest=digest,
        created_by=by,
    )
    challenge.scorer = scorer
    challenge.save(update_fields=["schema", "metric", "metric_parameters", "scorer"])
    audit.write(
        by=by, action="challenge.scorer", obj=challenge, detail={"number": scorer.number, "metric": metric}
    )
    return scorer


def _names(schema: Mapping[str, Any]) -> list[list[str]]:
    """The columns that files and answers are read by."""
    listed = [[column["name"] for column in schema.get(part, [])] for part in ("columns", "truth")]
    return [*listed, list(schema.get("id_columns", []))]


def second_fits(schema: Schema, metric: Metric) -> bool:
    """Whether a second metric finds all its columns in a schema that is bound to the first."""
    return all(
        any(
            column.kind == role.kind
            and column.role.partition(":")[0] == role.name
            and bool(column.part) == role.many
            for column in columns
        )
        for columns, roles in ((schema.columns, metric.prediction), (schema.truths, metric.truth))
        for role in roles
    )


def _demand_second_fits(second: str, schema: Schema) -> None:
    if second and not second_fits(schema, metrics.get_metric(second)):
        raise Faulty([Fault("second_metric_unfit", {"metric": second})])


@transaction.atomic
def add_answers(
    *, by: people.Person, challenge: Challenge, truth: Table, note_ko: str = "", note_en: str = ""
) -> AnswerVersion:
    """A new version of the hidden answers: checked, split by the challenge's salt, kept. Raises Faulty with every fault."""
    demand(rules.hosts_challenge(by, challenge))
    frame = read_answers(challenge, truth)
    version = _version_of(frame, by=by, challenge=challenge, note_ko=note_ko, note_en=note_en)
    challenge.answers = version
    challenge.save(update_fields=["answers"])
    detail = {"number": version.number, "rows": version.rows, "dropped": version.dropped}
    audit.write(by=by, action="challenge.answers", obj=challenge, detail=detail)
    return version


def read_answers(challenge: Challenge, truth: Table) -> pl.DataFrame:
    """Answers as the host handed them in, checked, each row with its side. Raises Faulty with every fault.

    They are split anew while nobody has handed in; after that every row stays on its side, so that no private row turns public.
    Rows may be missing then, and come back later, but none may be new: no team has predicted it.
    """
    path = files.local_path(truth.blob.sha256)
    child.call("dure.engines.scoring.intake:take_answers", path=str(path), schema=challenge.schema)
    frame, schema = pl.read_parquet(path), from_plain(challenge.schema)
    if challenge.state == "draft" or challenge.answers is None:
        return answer_tables.split(frame, challenge, schema)
    first = answer_tables.table_of(challenge.answers.begun_with or challenge.answers)
    return narrowing.sided(frame, begun_with=first, public=answer_tables.PUBLIC, schema=schema)


def _version_of(
    frame: pl.DataFrame, *, by: people.Person, challenge: Challenge, note_ko: str, note_en: str
) -> AnswerVersion:
    group = from_plain(challenge.schema).group_column
    running = None if challenge.state == "draft" else challenge.answers
    first = (running.begun_with or running) if running else None
    return AnswerVersion.objects.create(
        challenge=challenge,
        number=_next(AnswerVersion, challenge),
        blob=files.put_bytes(answer_tables.as_parquet(frame)),
        rows=frame.height,
        public_rows=int(frame[answer_tables.PUBLIC].sum()),
        units=frame[group].n_unique() if group else frame.height,
        begun_with=first,
        dropped=first.rows - frame.height if first else 0,
        note_ko=note_ko,
        note_en=note_en,
        created_by=by,
    )


def set_phases(
    *, by: people.Person, challenge: Challenge, phases: Sequence[Mapping[str, Any]]
) -> list[Phase]:
    """Write the phases anew (numbered in order); phases that have submissions keep their row.

    Raises:
        Faulty: a phase ends before it starts; each of them is named.
    """
    demand(rules.hosts_challenge(by, challenge))
    if found := [_misdated(number) for number, fields in enumerate(phases, start=1) if _is_misdated(fields)]:
        raise Faulty(found)
    with transaction.atomic():
        kept = [_put_phase(challenge, number, fields) for number, fields in enumerate(phases, start=1)]
        challenge.phases.filter(number__gt=len(phases), submissions=None).delete()
        audit.write(by=by, action="challenge.phases", obj=challenge, detail={"count": len(kept)})
    return kept


def _is_misdated(phase: Mapping[str, Any]) -> bool:
    ends = phase.get("ends_at")
    return ends is not None and ends <= phase["starts_at"]


def _misdated(number: int) -> Fault:
    return Fault("dates_in_wrong_order", place=f"phases[{number}].ends_at")


def _put_phase(challenge: Challenge, number: int, fields: Mapping[str, Any]) -> Phase:
    return Phase.objects.update_or_create(challenge=challenge, number=number, defaults=dict(fields))[0]


@transaction.atomic
def move(*, by: people.Person, challenge: Challenge, action: str, data: Mapping[str, Any]) -> Challenge:
    """Perform a move of the challenge; opening it opens the need too, where that has waited for it."""
    moved = workflow.perform(challenge, action, by=by, data=data)
    if action == "open" and moved.problem.state == "accepted":
        workflow.perform(moved.problem, "open", by=by)
    return moved


def _next(model: Any, challenge: Challenge) -> int:
    return int((model.objects.filter(challenge=challenge).aggregate(top=Max("number"))["top"] or 0) + 1)
