"""What else happens when evidence or an endorsement moves. The posteriors are computed afterwards (`moving`)."""

from typing import Any

from dure.foundation import clock
from dure.foundation.workflow import Change
from dure.talent.profiles import telling


def contest(change: Change) -> None:
    """The reason goes to the secretariat; an earlier answer no longer stands."""
    row: Any = change.obj
    row.reason, row.answer = _reason(change), ""
    telling.tell_secretariat(row)


def give_in(change: Change) -> None:
    change.obj.reason = ""


def decide(change: Change) -> None:
    """Its person reads what the secretariat says."""
    row: Any = change.obj
    row.answer = _reason(change)
    telling.tell_person(telling.DECIDED, row.person, url=f"/me/talent/evidence/{row.uid}", row=row)


def give(change: Change) -> None:
    """It becomes evidence. All that one verifier says of a skill is of one origin."""
    from dure.talent.models import Evidence  # noqa: PLC0415 - models need the tables that name this function

    row: Any = change.obj
    _answer(change)
    Evidence.objects.create(
        person_id=row.person_id,
        skill=row.skill,
        kind=Evidence.Kind.ENDORSEMENT,
        level=row.level,
        title_ko="보증",
        title_en="Endorsement",
        url=f"/me/talent/endorsements/{row.uid}",
        source=str(row.uid),
        origin=f"verifier:{row.verifier_id}",
        at=clock.now(),
    )
    telling.tell_asker(telling.GIVEN, row)


def decline(change: Change) -> None:
    _answer(change)
    telling.tell_asker(telling.DECLINED, change.obj)


def withdraw(change: Change) -> None:
    """By whom it is about."""
    _count_no_more(change.obj)


def take_back(change: Change) -> None:
    """By the verifier; its person reads why."""
    _answer(change)
    _count_no_more(change.obj)
    telling.tell_asker(telling.TAKEN_BACK, change.obj)


def _answer(change: Change) -> None:
    change.obj.answer, change.obj.decided_at = _reason(change), clock.now()


def _count_no_more(endorsement: Any) -> None:
    from dure.talent.models import Evidence  # noqa: PLC0415 - same

    endorsements = Evidence.objects.filter(kind=Evidence.Kind.ENDORSEMENT, person_id=endorsement.person_id)
    endorsements.filter(source=str(endorsement.uid)).delete()


def _reason(change: Change) -> str:
    return str(change.data.get("reason", "")).strip()
