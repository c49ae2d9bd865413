"""Research projects in the small alliance of the access walk: one that everybody knows of, and one of the firm's own people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dure.alliance.models import ProjectRenewal, ResearchProject
from dure.foundation import clock

Values = dict[tuple[str, str], Any]
INSIDE = {"owner", "secretariat", "auditor"}
"""Whoever speaks for a partner, and the overseers of the alliance; not other people of the firm, whom it does not name."""
MAY_READ: dict[str, set[str]] = {
    "project": INSIDE,
    "projectmilestone": INSIDE,
    "projectrenewal": INSIDE,
    "projectrisk": INSIDE,
    "projectchange": INSIDE,
    "projectoutput": INSIDE,
}


def shown(world: Any) -> Values:
    """A project of the firm that is shown to everybody."""
    return _made(world, lambda _name: "Shown", audience="public")


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """A private one, with a renewal that is due, a risk, a change, an output."""
    return _made(world, text, audience="private")


def _made(world: Any, text: Callable[[str], str], **said: Any) -> Values:
    today, project = clock.today(), text("project")
    made = ResearchProject.objects.create(
        title_ko=project, title_en=project, summary_en=project, terms=project, track="speech",
        state="renewal_due", starts_on=today - timedelta(days=350), **said,
    )  # fmt: skip
    partner = made.partners.create(organisation=world.firm, role="industry", budget=7)
    words = {"title_ko": text("projectmilestone"), "title_en": text("projectmilestone")}
    milestone = made.milestones.create(due_on=today + timedelta(days=9), reason=words["title_en"], **words)
    milestone.evidence.create(title=words["title_en"], link="/problems/x")
    ProjectRenewal.objects.create(
        project=made, year=1, due_on=today + timedelta(days=15), report=text("projectrenewal"),
        outputs=text("projectrenewal"), plan=text("projectrenewal"),
    )  # fmt: skip
    made.risks.create(level="high", what=text("projectrisk"))
    made.outputs.create(year=1, kind="paper", title=text("projectoutput"))
    change = made.changes.create(kind="scope", what=text("projectchange"), reason=text("projectchange"))
    return {
        ("projects", "uid"): made.uid,
        ("projects/partners", "partner"): partner.uid,
        ("projects/milestones", "milestone"): milestone.uid,
        ("projects/changes", "change"): change.uid,
    }
