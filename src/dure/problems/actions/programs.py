"""A host's own scoring program and its reference data, while a challenge is prepared."""

import hashlib
import json
from typing import IO, Any, Final, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, files
from dure.foundation.access import ALLOWED, Decision, Refused, demand
from dure.foundation.limited import child
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import rules, rules_hosting
from dure.problems.actions import preparing
from dure.problems.codabench import command_words
from dure.problems.models import AnswerVersion, Challenge, ScorerVersion
from dure.problems.programs import PROGRAM

Direction = Literal["higher", "lower"]
Role = Literal["scoring", "ingestion"]
LONGEST_KEY: Final = 100


def _demand_preparing(by: people.Person, challenge: Challenge) -> None:
    demand(rules.hosts_challenge(by, challenge))
    demand(rules_hosting.in_preparation(challenge))


@transaction.atomic
def set_program(
    *, by: people.Person, challenge: Challenge, stream: IO[bytes], key: str, direction: Direction
) -> ScorerVersion:
    """Score with a program of the host's: an archive whose metadata.yaml names its command. `key` is the score that counts.

    Raises Denied, Faulty or StorageUnavailable.
    """
    _demand_preparing(by, challenge)
    if not key.strip():
        raise Faulty([Fault("score_without_name")])
    parameters: dict[str, Any] = {**read_program(stream, "scoring"), "key": key.strip()[:LONGEST_KEY]}
    parameters["direction"] = direction
    if ingestion := challenge.metric_parameters.get("ingestion"):
        parameters["ingestion"] = ingestion
    return put_in_force(by=by, challenge=challenge, parameters=parameters)


@transaction.atomic
def set_ingestion(*, by: people.Person, challenge: Challenge, stream: IO[bytes]) -> ScorerVersion:
    """Run submitted code by a program of the host's, which is scored by `set_program`'s. Raises as that."""
    _demand_preparing(by, challenge)
    if challenge.metric != PROGRAM:
        raise Faulty([Fault("no_scoring_program")])
    ingestion = {"ingestion": read_program(stream, "ingestion")}
    return put_in_force(by=by, challenge=challenge, parameters=challenge.metric_parameters | ingestion)


def read_program(stream: IO[bytes], role: Role) -> dict[str, Any]:
    """A program's archive as we keep it, and its command. Raises Faulty."""
    with files.scratch() as out:
        found = child.call(
            "dure.engines.judging.programs:take_scorer",
            path=str(files.local_path(_kept(stream).sha256)),
            out=str(out),
        )
        try:
            words = command_words(found["command"], role=role)
        except ValueError as error:
            raise Faulty([Fault("command_quote_open", {"command": found["command"][:200]})]) from error
        return {"program": files.put_scratch(out).sha256, "words": list(words)}


@transaction.atomic
def put_in_force(*, by: people.Person, challenge: Challenge, parameters: dict[str, Any]) -> ScorerVersion:
    """Score by these parameters from now on (see `problems.programs`): a new version, the first while nobody has handed in."""
    _demand_preparing(by, challenge)
    preparing.forget_scorers(challenge)
    scorer = ScorerVersion.objects.create(
        challenge=challenge,
        number=challenge.scorer_versions.count() + 1,
        metric=PROGRAM,
        parameters=parameters,
        digest=hashlib.sha256(json.dumps([PROGRAM, parameters], sort_keys=True).encode()).hexdigest(),
        created_by=by,
    )
    challenge.metric, challenge.metric_parameters, challenge.scorer = PROGRAM, parameters, scorer
    challenge.schema, challenge.second_metric, challenge.ladder = {}, "", False
    challenge.ladder_reason = challenge.ladder_reason or LADDER
    fields = ("metric", "metric_parameters", "scorer", "schema", "second_metric", "ladder", "ladder_reason")
    challenge.save(update_fields=fields)
    audit.write(by=by, action="challenge.program", obj=challenge, detail={"sha256": parameters["program"]})
    return scorer


LADDER: Final = (
    "A host's program gives one number for all rows / 주최자의 프로그램은 모든 행에 점수 하나만 줍니다."
)


NO_PROGRAM = Refused("no_program", _("Add the scoring program first; the reference data are for it alone."))


def has_program(challenge: Challenge) -> Decision:
    """Reference data without a program would be answers that no metric reads."""
    return ALLOWED if challenge.metric == PROGRAM else NO_PROGRAM


@transaction.atomic
def put_reference(
    *,
    by: people.Person,
    challenge: Challenge,
    stream: IO[bytes],
    public: IO[bytes] | None = None,
    is_shared: bool = False,
) -> AnswerVersion:
    """The reference data that decide, and those of the public score: others (`public`), the same (`is_shared`), or none.

    Without any there is no score before the close. Raises Denied, Faulty or StorageUnavailable.
    """
    _demand_preparing(by, challenge)
    demand(has_program(challenge))
    private = _archive(stream)
    shown = private if is_shared else _archive(public) if public is not None else None
    return put_versions(by=by, challenge=challenge, private=private, public=shown)


@transaction.atomic
def put_versions(
    *, by: people.Person, challenge: Challenge, private: str, public: str | None
) -> AnswerVersion:
    """The same for archives that are kept already, by their hashes."""
    _demand_preparing(by, challenge)
    old = challenge.answers
    version = AnswerVersion.objects.create(
        challenge=challenge,
        number=challenge.answer_versions.count() + 1,
        blob_id=private,
        public_blob_id=public,
        rows=0,
        public_rows=0,
        created_by=by,
    )
    challenge.answers = version
    challenge.save(update_fields=["answers"])
    if old is not None and not old.challenge.submissions.exists():
        old.delete()
        AnswerVersion.objects.filter(pk=version.pk).update(number=1)
    audit.write(by=by, action="challenge.reference", obj=challenge, detail={"sha256": private})
    return version


def _archive(stream: IO[bytes]) -> str:
    with files.scratch() as out:
        path = str(files.local_path(_kept(stream).sha256))
        child.call("dure.engines.judging.programs:take_files", path=path, out=str(out))
        return files.put_scratch(out).sha256


def _kept(stream: IO[bytes]) -> Blob:
    try:
        return files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error
