"""What a person takes along of talent, and what becomes of it when the account goes."""

import json
from typing import Any, Final

from dure.foundation import events
from dure.people import api as people
from dure.talent.models import (
    AccessEntry,
    ApplyInvitation,
    ConsentGrant,
    DeletionReceipt,
    Endorsement,
    Evidence,
    Prediction,
    Profile,
    SkillPosterior,
    Suggested,
    TeamSeat,
)

OF: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "profile": (
        Profile,
        (
            "uid",
            "about_ko",
            "about_en",
            "kinds",
            "regions",
            "remote",
            "languages",
            "available_from",
            "available_until",
            "weekly_hours",
            "keep_until",
            "changed_at",
        ),
    ),
    "evidence": (
        Evidence,
        (
            "uid",
            "state",
            "skill",
            "kind",
            "level",
            "title_ko",
            "title_en",
            "url",
            "source",
            "figures",
            "at",
            "reason",
            "answer",
        ),
    ),
    "skills": (SkillPosterior, ("skill", "mean", "variance", "number", "model_version")),
    "endorsements": (
        Endorsement,
        ("uid", "state", "skill", "level", "what", "answer", "asked_at", "decided_at"),
    ),
    "consent": (
        ConsentGrant,
        ("uid", "purpose", "organisation__slug", "fields", "given_at", "expires_on", "withdrawn_at"),
    ),
    "looks": (AccessEntry, ("organisation__slug", "purpose", "what", "at")),
    "suggested": (Suggested, ("opening__uid", "model_version", "predicted", "at")),
    "predictions": (Prediction, ("opening__uid", "model_version", "predicted", "at")),
    "invitations": (ApplyInvitation, ("uid", "state", "opening__uid", "sent_at")),
    "team_seats": (TeamSeat, ("uid", "state", "proposal__problem__uid", "percents", "reason", "asked_at")),
}
"""Everything that is about one person and goes with their record, table by table."""


def register() -> None:
    """Called once when the app is ready; each name becomes a file of the export."""
    people.register_export("talent", exported)
    people.register_export("talent-endorsing", endorsing)
    people.register_export("talent-receipts", receipts)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> dict[str, list[dict[str, Any]]]:
    """All that a deletion takes away; one query for each table."""
    return {
        name: list(model.objects.filter(person_id=person.pk).order_by("pk").values(*fields))
        for name, (model, fields) in OF.items()
    }


def as_text(data: Any) -> str:
    """As it stands in the file `talent.json` of an export: the receipt of a deletion carries the hash of this."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)


def endorsing(person: Any) -> list[Any]:
    """What this person was asked to say of others, without the others' names."""
    rows = Endorsement.objects.filter(verifier_id=person.pk).order_by("pk")
    return list(rows.values("uid", "state", "skill", "level", "answer", "asked_at", "decided_at"))


def receipts(person: Any) -> list[Any]:
    """What was deleted before."""
    rows = DeletionReceipt.objects.filter(person_id=person.pk).order_by("pk")
    return list(rows.values("uid", "why", "counts", "sha256", "at"))


def forget(event: people.AccountDeleted) -> None:
    """All of it goes. What the person said of others stays with these, without words of theirs."""
    from dure.talent.profiles import retention  # noqa: PLC0415 - it takes the tables from here

    person = people.Person.objects.filter(pk=event.person).first()
    if person is not None:
        retention.delete(person, why=retention.ACCOUNT)
    Endorsement.objects.filter(verifier_id=event.person, state="asked").delete()
    Endorsement.objects.filter(verifier_id=event.person).exclude(answer="").update(answer="")
