"""Intakes and stays in the small alliance of the access walk."""

from collections.abc import Callable
from typing import Any

from dure.talent.models import Intake, Opening, Stay
from tests.factories import intakes

Values = dict[tuple[str, str], Any]
MAY_READ = {"intake": {"owner", "secretariat", "auditor"}, "stay": {"owner", "secretariat", "auditor"}}


def shown(world: Any) -> Values:
    """An intake whose call is open, with the team's stay."""
    return _intake(world, world.people["team"], "Shown") | {("stays/write", "what"): "return"}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """One in preparation whose words only its people know, with the owner's stay."""
    said = {f"{name}_{code}": text("intake") for name in ("title", "about") for code in ("ko", "en")}
    found = _intake(world, world.owner, text("stay"), **said)
    Intake.objects.filter(uid=found["intakes", "uid"]).update(state="preparing")
    Opening.objects.filter(intake_host__intake__uid=found["intakes", "uid"]).update(state="draft")
    return found


def _intake(world: Any, person: Any, words: str, **said: str) -> Values:
    """An intake of the firm with a host, a sponsor, and somebody's stay with a list, a payment and a report."""
    made = intakes.intake(world.firm, **said)
    host = intakes.host(made, world.firm)
    made.sponsors.create(organisation=world.firm, seats=3)
    stay = intakes.stay(person, host)
    Stay.objects.filter(pk=stay.pk).update(state="away")
    month = stay.starts_on.replace(day=1)
    report = stay.reports.create(side="participant", month=month, did=words, written_by=person)
    stipend = stay.stipends.create(due_on=stay.starts_on, amount=1)
    duty = stay.duties.first()
    assert duty is not None
    return {
        ("intakes", "uid"): made.uid,
        ("intakes/hosts", "host"): host.uid,
        ("stays", "uid"): stay.uid,
        ("stays/duties", "duty"): duty.uid,
        ("stays/stipends", "stipend"): stipend.uid,
        ("stays/reports", "report"): report.uid,
    }
