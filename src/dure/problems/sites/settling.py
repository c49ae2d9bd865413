"""What owners of data are asked for, as the challenge stands; and the answers that their yes amounts to."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.farm import api as farm
from dure.foundation import files
from dure.problems.models import AnswerVersion, Challenge, DatasetFile
from dure.problems.sites.uses import open_uses


def scoring_of(challenge: Challenge) -> dict[str, Any]:
    """How a site scores, word for word as its owner allows it."""
    return {
        "schema": challenge.schema,
        "metric": challenge.metric,
        "parameters": challenge.metric_parameters,
        "public_share": challenge.public_share,
        "ladder": challenge.ladder,
    }


def wants_of(challenge: Challenge) -> dict[str, Any]:
    """What the owner reads, and what a task may ask for."""
    from dure.problems.code.asking import limits_of  # noqa: PLC0415 - asking stands on this module's neighbours

    return {
        "challenge": challenge.slug,
        "scoring": scoring_of(challenge),
        "limits": asdict(limits_of(challenge)),
        "network": "none",
    }


@transaction.atomic
def settle(challenge: Challenge) -> None:
    """Bring what owners are asked up to date: a yes to something else is a question again. And the answers with it.

    Only while the challenge is prepared; later nothing of it changes. The caller holds a transaction.
    """
    if challenge.state != "draft":
        return
    wants = wants_of(challenge)
    uses = [farm.want_of_site(use, wants) for use in open_uses(challenge)]
    if challenge.is_at_sites:
        _put_in_force(challenge, [use for use in uses if use.state == "approved"])
    else:
        for use in uses:
            farm.take_back_site_use(use)


def settle_by_uid(uid: UUID | str) -> None:
    """The same for whoever knows the uid alone: an owner answered."""
    found = Challenge.objects.select_related("answers", "problem").filter(uid=uid).first()
    if found is not None and found.is_at_sites:
        settle(found)


def _put_in_force(challenge: Challenge, allowed: list[farm.SiteUse]) -> None:
    """The version of the answers that these data sets are: a list of hashes, in which no answer stands."""
    if not allowed:
        if challenge.answers_id:
            challenge.answers = None
            challenge.save(update_fields=["answers"])
        return
    blob = files.put_bytes(json.dumps(manifest_of(allowed), sort_keys=True).encode())
    if challenge.answers is not None and challenge.answers.blob_id == blob.sha256:
        return
    last = challenge.answer_versions.order_by("-number").first()
    challenge.answers = AnswerVersion.objects.create(
        challenge=challenge,
        number=last.number + 1 if last else 1,
        blob=blob,
        rows=sum(use.dataset.rows for use in allowed),
        public_rows=0,
        created_by=allowed[0].asked_by,
    )
    challenge.save(update_fields=["answers"])


def manifest_of(allowed: list[farm.SiteUse]) -> list[dict[str, Any]]:
    """Which data sets, by their hashes, and how many rows each has."""
    return [
        {
            "use": str(use.uid),
            "dataset": str(use.dataset.uid),
            "sha256": use.dataset.sha256,
            "rows": use.dataset.rows,
        }
        for use in sorted(allowed, key=lambda one: str(one.uid))
    ]


def agreed(challenge: Challenge) -> list[farm.SiteUse]:
    """The uses that the answers in force are made of, allowed still or not: with one less the scores would be others."""
    if challenge.answers is None:
        return []
    with files.open_blob(challenge.answers.blob_id) as stream:
        wanted = {one["use"] for one in json.loads(stream.read())}
    return [use for use in farm.site_uses_of(challenge.uid) if str(use.uid) in wanted]


def guess(challenge: Challenge, sample: DatasetFile) -> dict[str, Any]:
    """The schema as the sample and what sites told of their columns suggest it. Raises Faulty."""
    import polars as pl  # noqa: PLC0415 - web processes do without it

    from dure.engines.scoring.apart import demand_same_columns, likeness  # noqa: PLC0415 - same
    from dure.engines.scoring.schema import infer_schema, to_plain  # noqa: PLC0415 - same
    from dure.problems.actions import challenges  # noqa: PLC0415 - it stands on this module's neighbours

    tables = [
        use.dataset.tables["answers"] for use in open_uses(challenge) if use.dataset.tables.get("answers")
    ]
    if not tables:
        raise Faulty([Fault("sites_none")])
    demand_same_columns(tables)
    with files.open_blob(sample.blob_id) as stream:
        table = challenges.take_table(stream)
    return to_plain(
        infer_schema(pl.read_parquet(files.local_path(table.blob.sha256)), answers=likeness(tables))
    )
