"""Who may do what with projects: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.projects import dates
from dure.foundation import clock, gates
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, first_refusal
from dure.foundation.workflow import has_reason
from dure.people import api as people

FEWEST_PARTNERS: Final = 2
OPEN_MILESTONES: Final = ("planned", "in_progress", "late", "submitted")

NOT_LEAD = Refused("not_project_lead", _("Only the lead of this project can do this."))
NOT_EDITOR = Refused("not_project_editor", _("Only its lead and the secretariat can do this."))
OWN_RENEWAL = Refused(
    "own_renewal", _("You work on this project. Somebody else of the secretariat decides on it.")
)
NOT_ACCEPTING = Refused(
    "not_milestone_acceptor",
    _("Only the secretariat and representatives of its industry partners can do this, never its lead."),
)
OVER = Refused("project_over", _("This project is over."))
NO_KICKOFF = Refused("project_no_kickoff", _("Write down when the first meeting was held."))
NO_TERMS = Refused("project_no_terms", _("Write down what is agreed about data and results."))
NO_LEAD = Refused("project_no_lead", _("Name its lead."))
NO_BUDGET = Refused("project_no_budget", _("Say what at least one partner brings in."))
NO_MILESTONE = Refused("project_no_milestone", _("Plan at least one milestone."))
NO_PARTNERS = Refused("project_no_partners", _("It needs at least two partners."))
NO_AGREEMENT = Refused("project_agreement_not_in_force", _("Its agreement is not in force."))
NOT_UNTIL = Refused("project_pause_until", _("Say until when, on a later day than today."))
NO_CHANGE = Refused("project_change_unsaid", _("Say what is to change, and why."))
NOT_DUE = Refused("renewal_not_due", _("Its renewal is not asked for yet."))
NO_REMINDER = Refused("no_reminder_due", _("Nobody is reminded yet."))
NOT_OVERDUE = Refused("renewal_not_overdue", _("The day of its renewal has not passed, or they were told."))
NOT_LAPSED = Refused("renewal_not_lapsed", _("A renewal lapses thirty days after its day."))
NO_REPORT = Refused(
    "renewal_unsaid",
    _("A renewal needs the report of the year, the plan of the next one, and its outputs."),
)
TAKEN_UP = Refused("renewal_taken_up", _("Somebody has taken up the review."))
NO_CONDITIONS = Refused(
    "renewal_no_conditions",
    _("Name at least one condition, one in each line, with a later day than today, and give a reason."),
)
MILESTONES_OPEN = Refused("milestones_open", _("Milestones are open. Finish them or have them waived."))
NO_FINAL_REPORT = Refused("project_no_final_report", _("It needs a final report."))
NO_EVIDENCE = Refused("milestone_no_evidence", _("Link at least one piece of evidence first."))
LATE_NO_REASON = Refused("milestone_late_no_reason", _("It is late. Say why."))
NOT_LATE = Refused("milestone_not_late", _("Its day has not passed, or the project is not under way."))
NOT_MOVED = Refused("milestone_not_moved", _("Name a later day than today, and give a reason."))


def is_lead(person: Any, project: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if project.lead_id == person.pk else NOT_LEAD


def edits(person: Any, project: Any) -> Decision:
    """Its lead and the secretariat write it down, while it is not over."""
    if "done" in project.state_tags:
        return OVER
    if only_secretariat(person) or is_lead(person, project):
        return ALLOWED
    return NOT_EDITOR if person.is_authenticated else SIGN_IN


def decides(person: Any, project: Any) -> Decision:
    """The secretariat, but nobody on a project of their own."""
    if person is SYSTEM:
        return ALLOWED
    desk = only_secretariat(person)
    return desk if not desk or not works_on(person, project) else OWN_RENEWAL


def works_on(person: Any, project: Any) -> bool:
    return project.lead_id == person.pk or person.pk in project.workers


def leads_it(person: Any, part: Any) -> Decision:
    return is_lead(person, part.project)


def secretariat_of_it(person: Any, _part: Any) -> Decision:
    return only_secretariat(person)


def decides_change(person: Any, change: Any) -> Decision:
    return decides(person, change.project)


def accepts_it(person: Any, milestone: Any) -> Decision:
    """The secretariat and who speaks for an industry partner; never the lead."""
    project = milestone.project
    if person is SYSTEM:
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    if project.lead_id == person.pk:
        return NOT_ACCEPTING
    if only_secretariat(person):
        return ALLOWED
    industry = project.partners.filter(organisation__kind=people.Organisation.Kind.INDUSTRY)
    mine = industry.filter(organisation_id__in=people.represented_organisations(person))
    return ALLOWED if mine.exists() else NOT_ACCEPTING


def missing(project: Any) -> list[Refused]:
    """All that is missing before it can start; three queries."""
    partners = list(project.partners.all())
    checks = (
        (NO_AGREEMENT, project.agreement is None or project.agreement.state in IN_FORCE),
        (NO_LEAD, project.lead_id is not None),
        (NO_PARTNERS, len(partners) >= FEWEST_PARTNERS),
        (NO_BUDGET, any(one.budget for one in partners)),
        (NO_MILESTONE, project.milestones.exists()),
        (NO_TERMS, bool(project.terms.strip())),
        (NO_KICKOFF, project.kickoff_on is not None and project.kickoff_on <= clock.today()),
    )
    return [refused for refused, held in checks if not held]


def is_ready(project: Any, _data: Mapping[str, Any]) -> Decision:
    """All at once: a sentence for each thing that is missing."""
    lacking = project.lacking
    if not lacking:
        return ALLOWED
    return Refused("project_not_ready", " ".join(str(one.message) for one in lacking))


HELD_BY: Final = {"setup": "project.start", "renewal_review": "project.renew"}
"""The gate before what comes next, by state."""


def held(project: Any, person: Any) -> list[Refused]:
    """What others than the project itself hold against its next step."""
    gate = HELD_BY.get(project.state)
    decision = gates.check(gate, project, person) if gate else ALLOWED
    return [decision] if isinstance(decision, Refused) else []


def is_paused_until(project: Any, data: Mapping[str, Any]) -> Decision:
    until = data.get("until")
    later = ALLOWED if until is not None and until > clock.today() else NOT_UNTIL
    return first_refusal(has_reason(project, data), later)


def says_change(_project: Any, data: Mapping[str, Any]) -> Decision:
    said = all(str(data.get(name) or "").strip() for name in ("kind", "what", "reason"))
    return ALLOWED if said else NO_CHANGE


def is_renewal_due(project: Any, _data: Mapping[str, Any]) -> Decision:
    asked = project.renewal_on
    return ALLOWED if asked is not None and asked <= clock.today() else NOT_DUE


def is_reminded(project: Any, _data: Mapping[str, Any]) -> Decision:
    return NO_REMINDER if reminder(project) is None else ALLOWED


def reminder(project: Any) -> int | None:
    """How many days are left where somebody is to be reminded of it now."""
    renewal = project.renewal
    return dates.reminder_due(renewal.due_on, renewal.reminded_days, clock.today()) if renewal else None


def is_overdue(project: Any, _data: Mapping[str, Any]) -> Decision:
    renewal = project.renewal
    due = renewal is not None and renewal.due_on < clock.today() and renewal.escalated_at is None
    return ALLOWED if due else NOT_OVERDUE


def has_lapsed(project: Any, _data: Mapping[str, Any]) -> Decision:
    """Thirty days after its day, and never before the organisations were told."""
    renewal = project.renewal
    told = renewal is not None and renewal.escalated_at is not None
    return ALLOWED if told and dates.lapses_on(renewal.due_on) <= clock.today() else NOT_LAPSED


def says_the_year(project: Any, data: Mapping[str, Any]) -> Decision:
    """Report and plan, and outputs: rows of this year, or a sentence why there are none."""
    if not all(str(data.get(name) or "").strip() for name in ("report", "plan")):
        return NO_REPORT
    has_outputs = project.outputs.filter(year=project.year).exists()
    return ALLOWED if has_outputs or str(data.get("outputs") or "").strip() else NO_REPORT


def is_not_reviewed_yet(project: Any, _data: Mapping[str, Any]) -> Decision:
    renewal = project.renewal
    return ALLOWED if renewal is not None and renewal.taken_up_at is None else TAKEN_UP


def has_conditions(project: Any, data: Mapping[str, Any]) -> Decision:
    until = data.get("until")
    named = bool(conditions_in(data)) and until is not None and until > clock.today()
    return first_refusal(ALLOWED if named else NO_CONDITIONS, has_reason(project, data))


def conditions_in(data: Mapping[str, Any]) -> list[str]:
    """One in each line."""
    lines = str(data.get("conditions") or "").splitlines()
    return [line.strip()[:160] for line in lines if line.strip()]


def is_through(project: Any, _data: Mapping[str, Any]) -> Decision:
    """Nothing of what was planned is open. A project that planned nothing closes too."""
    return MILESTONES_OPEN if project.milestones.filter(state__in=OPEN_MILESTONES).exists() else ALLOWED


def is_complete(project: Any, data: Mapping[str, Any]) -> Decision:
    report = ALLOWED if str(data.get("report") or "").strip() else NO_FINAL_REPORT
    return first_refusal(is_through(project, data), report)


def has_evidence(milestone: Any, data: Mapping[str, Any]) -> Decision:
    if milestone.state == "late" and not has_reason(milestone, data):
        return LATE_NO_REASON
    return ALLOWED if milestone.evidence.exists() else NO_EVIDENCE


def is_late(milestone: Any, _data: Mapping[str, Any]) -> Decision:
    going = "running" in milestone.project.state_tags and milestone.project.state != "paused"
    return ALLOWED if going and milestone.due_on < clock.today() else NOT_LATE


def is_moved(milestone: Any, data: Mapping[str, Any]) -> Decision:
    until = data.get("until")
    later = ALLOWED if until is not None and until > clock.today() else NOT_MOVED
    return first_refusal(later, has_reason(milestone, data))
