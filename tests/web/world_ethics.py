"""Ethics in the small alliance of the access walk: an assessment with an opinion, an incident, and seats on the board."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember
from dure.foundation import clock
from dure.problems.models import Problem

Values = dict[tuple[str, str], Any]
MAY_READ = {
    "ethics": {"owner", "secretariat", "auditor"},
    "ethicsopinion": {"secretariat"},
    "incident": {"owner", "secretariat", "auditor"},
}


def shown(world: Any) -> Values:
    """Of the need that everybody sees, without words; nobody sits on the board today."""
    found = _values(world, Problem.objects.get(title_en="Open to all"), lambda _name: "", days=9)
    return found | {("ethics/of", "kind"): "problem"}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """Of the circle's need, by its owner, with the board."""
    return _values(world, Problem.objects.filter(audience="circle").latest("pk"), text, days=5)


def _values(world: Any, problem: Problem, text: Callable[[str], str], *, days: int) -> Values:
    owner, desk = world.people["owner"], world.people["secretariat"]
    of = {"kind": "problem", "subject": problem.uid, "organisation": world.firm}
    made = EthicsAssessment.objects.create(
        **of, author=owner, affected=text("ethics"), state="submitted", turn=1, title_en=text("ethics")
    )
    made.opinions.create(turn=1, by=desk, is_outside=False, vote="refuse", reason=text("ethicsopinion"))
    incident = EthicsIncident.objects.create(
        **of, reporter=owner, severity="near", what=text("incident"), happened_on=clock.today()
    )
    past = clock.today() - timedelta(days=days)
    seat = EthicsMember.objects.create(person=desk, since=past - timedelta(days=1), until=past)
    return {
        ("ethics/assessments", "uid"): made.uid,
        ("ethics/incidents", "uid"): incident.uid,
        ("ethics/board", "uid"): seat.uid,
        ("ethics/of", "uid"): problem.uid,
    }
