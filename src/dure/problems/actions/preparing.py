"""Preparing a challenge step by step: what a host hands in and chooses before it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import polars as pl
from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring import metrics
from dure.engines.scoring.binding import bind, fits
from dure.engines.scoring.metric import Metric
from dure.engines.scoring.schema import from_plain, to_plain
from dure.foundation import audit, files, workflow
from dure.foundation.access import Denied, demand
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import rules, rules_hosting
from dure.problems.actions import challenges, leaks
from dure.problems.actions.submissions import queue_evaluation
from dure.problems.models import Challenge, DatasetFile, DatasetVersion
from dure.problems.models.challenge import SKILLS_MOST
from dure.problems.programs import PROGRAM
from dure.problems.scoring import answers as answer_tables
from dure.problems.sites import settling


def _demand_preparing(by: people.Person, challenge: Challenge) -> None:
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))


@transaction.atomic
def put_file(
    *, by: people.Person, challenge: Challenge, part: str, filename: str, stream: IO[bytes]
) -> DatasetVersion:
    """Add a file as it was handed in, or replace the one of the same name: a new version of the data.

    Raises Denied, Faulty (too large) or StorageUnavailable.
    """
    demand(rules.hosts_challenge(by, challenge))
    try:
        blob = files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error
    name = filename.replace("/", "_").replace("\\", "_")[-200:] or part
    kept = [entry for entry in _parts(challenge) if entry[1] != name]
    return _new_dataset(by, challenge, [*kept, (part, name, blob)])


@transaction.atomic
def remove_file(*, by: people.Person, challenge: Challenge, file: DatasetFile) -> DatasetVersion:
    """Take a file out: a new version without it."""
    demand(rules.hosts_challenge(by, challenge))
    kept = [entry for entry in _parts(challenge) if entry[1] != file.filename]
    return _new_dataset(by, challenge, kept)


@transaction.atomic
def set_licence(
    *, by: people.Person, challenge: Challenge, licence: str, attribution: str = ""
) -> DatasetVersion:
    """Say under which licence the data are given, and who must be named."""
    demand(rules.hosts_challenge(by, challenge))
    return _new_dataset(by, challenge, _parts(challenge), licence=licence, attribution=attribution)


def _parts(challenge: Challenge) -> list[tuple[str, str, Blob]]:
    found = challenge.dataset.files.select_related("blob") if challenge.dataset else ()
    return [(file.part, file.filename, file.blob) for file in found]


def _new_dataset(
    by: people.Person,
    challenge: Challenge,
    parts: Sequence[tuple[str, str, Blob]],
    *,
    licence: str | None = None,
    attribution: str | None = None,
) -> DatasetVersion:
    """Before the opening nobody has seen a version, so the new one takes its place; after it versions are counted."""
    old = challenge.dataset
    given = {
        "licence": (old.licence if old else "") if licence is None else licence.strip()[:120],
        "attribution": (old.attribution if old else "")
        if attribution is None
        else attribution.strip()[:2000],
    }
    if challenge.state == "draft" and old:
        challenge.dataset = None
        challenge.save(update_fields=["dataset"])
        old.delete()
    made = challenges.add_dataset(by=by, challenge=challenge, parts=parts, **given)
    leaks.ask_if_stale(challenge)
    return made


@transaction.atomic
def put_answers(*, by: people.Person, challenge: Challenge, stream: IO[bytes]) -> challenges.Table:
    """Take the hidden answers in as a table; they are put in force as soon as columns and metric stand. Raises Faulty."""
    _demand_preparing(by, challenge)
    table = challenges.take_table(stream)
    challenge.draft_answers = table.blob
    challenge.save(update_fields=["draft_answers"])
    audit.write(by=by, action="challenge.draft_answers", obj=challenge, detail={"rows": table.rows})
    if challenge.scorer_id:
        settle(by=by, challenge=challenge)
    return table


def guess(challenge: Challenge, *, group_column: str | None = None) -> dict[str, Any]:
    """The schema as the sample submission and the answers suggest it. Raises Faulty with what is missing first."""
    sample = challenge.dataset.files.filter(part="sample").first() if challenge.dataset else None
    if challenge.is_at_sites and sample is not None:
        return settling.guess(challenge, sample)
    lacking = [] if sample else [Fault("no_sample")]
    lacking += [] if challenge.draft_answers_id else [Fault("no_answers")]
    if sample is None or lacking or challenge.draft_answers is None:
        raise Faulty(lacking)
    with files.open_blob(sample.blob_id) as stream:
        table = challenges.take_table(stream)
    truth = challenges.Table(challenge.draft_answers, 0, [], [])
    return challenges.guess_schema(sample=table, truth=truth, group_column=group_column)


@transaction.atomic
def set_schema(*, by: people.Person, challenge: Challenge, schema: Mapping[str, Any]) -> Challenge:
    """Keep the columns as the host corrected them. Raises Faulty with every fault at once.

    A metric chosen before stays when it still fits; else it must be chosen again.
    """
    _demand_preparing(by, challenge)
    shape = from_plain(dict(schema))
    if challenge.submissions.exists():
        raise Denied(challenges.BASELINES_FIRST)
    forget_versions(challenge)
    metric = _metric_of(challenge)
    fitting = metric if metric and fits(shape, metric) else None
    challenge.schema = to_plain(bind(shape, fitting) if fitting else shape)
    if not fitting:
        challenge.metric, challenge.metric_parameters, challenge.second_metric = "", {}, ""
    challenge.save(update_fields=["schema", "metric", "metric_parameters", "second_metric"])
    audit.write(by=by, action="challenge.schema", obj=challenge)
    if fitting:
        settle(by=by, challenge=challenge)
    return challenge


def _metric_of(challenge: Challenge) -> Metric | None:
    if not challenge.metric or challenge.metric == PROGRAM:
        return None
    return metrics.get_metric(challenge.metric, **challenge.metric_parameters)


def forget_versions(challenge: Challenge) -> None:
    """Versions that nobody was scored under yet go, so that the first one participants meet is number 1."""
    if challenge.state != "draft" or challenge.submissions.exists():
        return
    challenge.answers = challenge.scorer = None
    challenge.save(update_fields=["answers", "scorer"])
    challenge.boards.all().delete()
    challenge.answer_versions.all().delete()
    challenge.scorer_versions.all().delete()


def forget_scorers(challenge: Challenge) -> None:
    """The same for scorers alone."""
    if challenge.state != "draft" or challenge.submissions.exists():
        return
    challenge.scorer = None
    challenge.save(update_fields=["scorer"])
    challenge.scorer_versions.all().delete()


@transaction.atomic
def choose_metric(
    *,
    by: people.Person,
    challenge: Challenge,
    metric: str,
    parameters: Mapping[str, Any] | None = None,
    second_metric: str = "",
    target: float | None = None,
) -> Challenge:
    """Choose how predictions are scored, and put the answers in force. Raises Faulty."""
    _demand_preparing(by, challenge)
    if not challenge.schema:
        raise Faulty([Fault("no_columns")])
    if challenge.metric == PROGRAM:
        challenge.ladder, challenge.ladder_reason = True, ""
    challenge.metric, challenge.metric_parameters = metric, dict(parameters or {})
    challenge.second_metric, challenge.target = second_metric, target
    fields = ("metric", "metric_parameters", "second_metric", "target", "ladder", "ladder_reason")
    challenge.save(update_fields=fields)
    settle(by=by, challenge=challenge)
    return challenge


@transaction.atomic
def choose_split(
    *, by: people.Person, challenge: Challenge, mode: str, column: str = "", share: float = 0.3
) -> Challenge:
    """Choose which rows are public, and split the answers so. Raises Faulty where they cannot be."""
    _demand_preparing(by, challenge)
    if challenge.is_at_sites and mode != Challenge.SplitMode.ROWS:
        raise Faulty([Fault("split_at_sites", place="mode")])
    challenge.split_mode, challenge.split_column, challenge.public_share = mode, column, share
    challenge.save(update_fields=["split_mode", "split_column", "public_share"])
    if challenge.schema and challenge.draft_answers_id:
        preview_split(challenge, mode=mode, column=column, share=share)
    settle(by=by, challenge=challenge)
    return challenge


@dataclass(frozen=True, slots=True)
class Split:
    """How many rows, and groups or strata where there are any, would fall on each side."""

    public_rows: int
    private_rows: int
    public_parts: int
    private_parts: int


def preview_split(challenge: Challenge, *, mode: str, column: str, share: float) -> Split:
    """What a split would give; nothing is written. Raises Faulty."""
    if challenge.draft_answers_id is None or not challenge.schema:
        raise Faulty([Fault("no_answers" if challenge.draft_answers_id is None else "no_columns")])
    frame = pl.read_parquet(files.local_path(challenge.draft_answers_id))
    schema = from_plain(challenge.schema)
    trial = Challenge(
        salt=challenge.salt, public_share=share, split_mode=mode, split_column=column, schema=challenge.schema
    )
    by = column or schema.group_column or schema.truths[0].name
    if mode != Challenge.SplitMode.ROWS and by not in frame.columns:
        raise Faulty([Fault("answers_column_missing", column=by)])
    sides = answer_tables.split(frame, trial, schema)
    public, private = (sides.filter(pl.col(answer_tables.PUBLIC) == side) for side in (True, False))
    parts = (
        [0, 0] if mode == Challenge.SplitMode.ROWS else [part[by].n_unique() for part in (public, private)]
    )
    return Split(public.height, private.height, parts[0], parts[1])


def settle(*, by: people.Person, challenge: Challenge) -> None:
    """Put scorer and answers in force as far as they stand, score baselines again, and have the leak checks run.

    The caller holds a transaction. Raises Faulty.
    """
    if not challenge.metric or not challenge.schema or challenge.metric == PROGRAM:
        return
    forget_versions(challenge)
    challenges.set_scoring(
        by=by,
        challenge=challenge,
        schema=challenge.schema,
        metric=challenge.metric,
        parameters=challenge.metric_parameters,
    )
    if challenge.is_at_sites:
        settling.settle(challenge)
    elif challenge.draft_answers:
        table = challenges.Table(challenge.draft_answers, 0, [], [])
        challenges.add_answers(by=by, challenge=challenge, truth=table)
        _score_baselines_again(challenge)
        leaks.ask_if_stale(challenge)


def _score_baselines_again(challenge: Challenge) -> None:
    for submission in challenge.submissions.order_by("pk"):
        queue_evaluation(submission, challenge)


RULES = (
    "prize_ko",
    "prize_en",
    "places",
    "tie_rule",
    "ladder",
    "ladder_reason",
    "skills",
)
LIMITS = ("team_size", "teams_seal_at", "finals")


@transaction.atomic
def set_rules(*, by: people.Person, challenge: Challenge, **fields: Any) -> Challenge:
    """Prize, places, tie rule, the Ladder, and the skills that a result shows.

    Raises Denied once it has opened, or for the Ladder off without a reason; Faulty for skills that are not to be had.
    """
    _demand_preparing(by, challenge)
    if "skills" in fields:
        _check_skills(fields["skills"])
    if not fields.get("ladder", challenge.ladder):
        demand(
            workflow.has_reason(challenge, {"reason": fields.get("ladder_reason", challenge.ladder_reason)})
        )
    found = _write(by, challenge, "challenge.rules", {name: fields[name] for name in RULES if name in fields})
    settling.settle(challenge)
    return found


def _check_skills(slugs: Sequence[str]) -> None:
    known = people.skills_named(set(slugs))
    faults = [
        Fault("challenge_skill_unknown", {"value": slug[:60]}, place="skills")
        for slug in slugs
        if slug not in known or known[slug].is_retired
    ]
    if len(slugs) > SKILLS_MOST:
        faults.append(Fault("challenge_too_many_skills", {"limit": SKILLS_MOST}, place="skills"))
    if len(set(slugs)) < len(slugs):
        faults.append(Fault("challenge_skill_twice", place="skills"))
    if faults:
        raise Faulty(faults)


@transaction.atomic
def set_limits(*, by: people.Person, challenge: Challenge, **fields: Any) -> Challenge:
    """Team size, the date teams are sealed, and how many final submissions a team chooses."""
    _demand_preparing(by, challenge)
    return _write(
        by, challenge, "challenge.limits", {name: fields[name] for name in LIMITS if name in fields}
    )


def _write(by: people.Person, challenge: Challenge, action: str, fields: Mapping[str, Any]) -> Challenge:
    for name, value in fields.items():
        setattr(challenge, name, value)
    challenge.save(update_fields=list(fields))
    audit.write(by=by, action=action, obj=challenge, detail=fields)
    return challenge


@transaction.atomic
def put_page(*, by: people.Person, challenge: Challenge, number: int, texts: Mapping[str, str]) -> None:
    """Write a story page; one without any text is taken out. Pages may change at any time."""
    demand(rules.hosts_challenge(by, challenge))
    given = {name: texts.get(name, "").strip() for name in ("title_ko", "title_en", "body_ko", "body_en")}
    if any(given.values()):
        challenge.pages.update_or_create(number=number, defaults=given)
    else:
        challenge.pages.filter(number=number).delete()
    audit.write(by=by, action="challenge.page", obj=challenge, detail={"number": number})


def head_of(blob: Blob, *, rows: int = 5) -> tuple[int, list[str], list[tuple[Any, ...]]]:
    """Size, columns and first rows of one of our own tables."""
    frame = pl.scan_parquet(files.local_path(blob.sha256))
    names = frame.collect_schema().names()
    height = int(frame.select(pl.len()).collect().item())
    return height, names, frame.head(rows).cast(pl.String).collect().rows()
