"""The transition tables of projects, of their milestones and of changes. Data only; the rules are beside them."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.projects import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

PROJECT = register(
    Workflow(
        entity="research_project",
        label=_("Research project"),
        states=(
            State("setup", _("Being set up"), tags("open", "waiting_on:secretariat")),
            State("active", _("Under way"), tags("running")),
            State("paused", _("Paused"), tags("running", "waiting_on:secretariat")),
            State("renewal_due", _("Renewal due"), tags("running", "waiting_on:lead")),
            State("renewal_review", _("Renewal in review"), tags("running", "waiting_on:secretariat")),
            State("closing", _("Closing"), tags("running", "waiting_on:secretariat")),
            State("completed", _("Completed"), tags("done")),
            State("stopped", _("Stopped"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "start",
                ("setup",),
                "active",
                only_secretariat,
                _("Start it"),
                guard=rules.is_ready,
                gate="project.start",
                effect=effects.start,
            ),
            Transition(
                "pause",
                ("active",),
                "paused",
                only_secretariat,
                _("Pause it"),
                guard=rules.is_paused_until,
                effect=effects.pause,
            ),
            Transition("resume", ("paused",), "active", only_secretariat, _("Go on"), effect=effects.resume),
            *(
                Transition(
                    "request_change",
                    (state,),
                    state,
                    rules.is_lead,
                    _("Ask for a change"),
                    guard=rules.says_change,
                    effect=effects.request_change,
                )
                for state in ("active", "renewal_due")
            ),
            Transition(
                "due_renewal",
                ("active",),
                "renewal_due",
                by_clock,
                _("Its yearly renewal is asked for"),
                guard=rules.is_renewal_due,
                effect=effects.due_renewal,
            ),
            Transition(
                "remind",
                ("renewal_due",),
                "renewal_due",
                by_clock,
                _("Remind its lead"),
                guard=rules.is_reminded,
                effect=effects.remind,
            ),
            Transition(
                "escalate",
                ("renewal_due",),
                "renewal_due",
                by_clock,
                _("Tell the representatives of its organisations"),
                guard=rules.is_overdue,
                effect=effects.escalate,
            ),
            Transition(
                "lapse",
                ("renewal_due",),
                "closing",
                by_clock,
                _("The renewal lapses"),
                guard=rules.has_lapsed,
                effect=effects.lapse,
            ),
            Transition(
                "submit_renewal",
                ("renewal_due",),
                "renewal_review",
                rules.is_lead,
                _("Submit the renewal"),
                guard=rules.says_the_year,
                effect=effects.submit_renewal,
            ),
            Transition(
                "begin_review",
                ("renewal_review",),
                "renewal_review",
                rules.decides,
                _("Take up the review"),
                guard=rules.is_not_reviewed_yet,
                effect=effects.begin_review,
            ),
            Transition(
                "return",
                ("renewal_review",),
                "renewal_due",
                rules.decides,
                _("Return it to the lead"),
                guard=has_reason,
                effect=effects.return_renewal,
            ),
            Transition(
                "renew",
                ("renewal_review",),
                "active",
                rules.decides,
                _("Renew for a year"),
                guard=has_reason,
                gate="project.renew",
                effect=effects.renew,
            ),
            Transition(
                "renew_with_conditions",
                ("renewal_review",),
                "active",
                rules.decides,
                _("Renew with conditions"),
                guard=rules.has_conditions,
                gate="project.renew",
                effect=effects.renew_with_conditions,
            ),
            Transition(
                "not_renew",
                ("renewal_review",),
                "closing",
                rules.decides,
                _("Do not renew"),
                guard=has_reason,
                effect=effects.not_renew,
                hurts=True,
            ),
            Transition(
                "close",
                ("active", "renewal_due"),
                "closing",
                rules.is_lead,
                _("Close it"),
                guard=rules.is_through,
                effect=effects.close,
            ),
            Transition(
                "wind_up", ("paused",), "closing", only_secretariat, _("Close it"), effect=effects.close
            ),
            Transition(
                "complete",
                ("closing",),
                "completed",
                only_secretariat,
                _("Complete it"),
                guard=rules.is_complete,
                effect=effects.complete,
            ),
            Transition(
                "stop",
                ("setup", "active", "paused", "renewal_due", "renewal_review", "closing"),
                "stopped",
                only_secretariat,
                _("Stop it early"),
                guard=has_reason,
                effect=effects.stop,
                hurts=True,
            ),
        ),
    )
)

MILESTONE = register(
    Workflow(
        entity="project_milestone",
        label=_("Milestone of a research project"),
        states=(
            State("planned", _("Planned"), tags("open")),
            State("in_progress", _("Being worked on"), tags("running")),
            State("late", _("Late"), tags("running", "waiting_on:lead")),
            State("submitted", _("Handed in"), tags("running", "waiting_on:secretariat")),
            State("accepted", _("Accepted"), tags("done")),
            State("waived", _("Waived"), tags("done")),
        ),
        transitions=(
            Transition("start", ("planned",), "in_progress", rules.leads_it, _("Begin it")),
            Transition(
                "submit",
                ("in_progress", "late"),
                "submitted",
                rules.leads_it,
                _("Hand it in"),
                guard=rules.has_evidence,
                effect=effects.submit_milestone,
            ),
            Transition(
                "accept",
                ("submitted",),
                "accepted",
                rules.accepts_it,
                _("Accept it"),
                effect=effects.accept_milestone,
            ),
            Transition(
                "return",
                ("submitted",),
                "in_progress",
                rules.accepts_it,
                _("Return it"),
                guard=has_reason,
                effect=effects.return_milestone,
            ),
            Transition(
                "overdue",
                ("planned", "in_progress"),
                "late",
                by_clock,
                _("Its day has passed"),
                guard=rules.is_late,
                effect=effects.late,
            ),
            Transition(
                "reschedule",
                ("late",),
                "in_progress",
                rules.secretariat_of_it,
                _("Give it another day"),
                guard=rules.is_moved,
                effect=effects.reschedule,
            ),
            Transition(
                "waive",
                ("planned", "in_progress", "late", "submitted"),
                "waived",
                rules.secretariat_of_it,
                _("Waive it"),
                guard=has_reason,
                effect=effects.waive,
                hurts=True,
            ),
        ),
    )
)

CHANGE = register(
    Workflow(
        entity="project_change",
        label=_("Change of a research project"),
        states=(
            State("requested", _("Asked for"), tags("open", "waiting_on:secretariat")),
            State("approved", _("Approved"), tags("done")),
            State("refused", _("Refused"), tags("done", "bad")),
            State("withdrawn", _("Taken back"), tags("done")),
        ),
        transitions=(
            Transition(
                "approve",
                ("requested",),
                "approved",
                rules.decides_change,
                _("Approve it"),
                effect=effects.answer_change,
            ),
            Transition(
                "refuse",
                ("requested",),
                "refused",
                rules.decides_change,
                _("Refuse it"),
                guard=has_reason,
                effect=effects.answer_change,
            ),
            Transition("withdraw", ("requested",), "withdrawn", rules.leads_it, _("Take it back")),
        ),
    )
)
