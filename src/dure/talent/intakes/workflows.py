"""Transition tables of intakes and of stays. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.talent.intakes import effects, rules

INTAKE = register(
    Workflow(
        entity="intake",
        label=_("Intake"),
        states=(
            State("preparing", _("In preparation"), tags("waiting_on:manager")),
            State("calling", _("Call is open"), tags("open")),
            State("selecting", _("Selection"), tags("open", "waiting_on:manager")),
            State("running", _("Under way"), tags("running")),
            State("finished", _("Finished"), tags("done")),
            State("cancelled", _("Called off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "call", ("preparing",), "calling", rules.may_manage, _("Open the call"), guard=rules.has_hosts
            ),
            Transition("select", ("calling",), "selecting", rules.may_manage, _("Close the call")),
            Transition(
                "begin", ("selecting",), "running", rules.may_manage, _("Begin"), guard=rules.has_participants
            ),
            Transition(
                "finish", ("running",), "finished", rules.may_manage, _("Finish"), guard=rules.nobody_is_away
            ),
            Transition(
                "cancel",
                ("preparing", "calling", "selecting"),
                "cancelled",
                rules.may_manage,
                _("Call it off"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
        ),
    )
)

STAY = register(
    Workflow(
        entity="stay",
        label=_("Stay"),
        states=(
            State("preparing", _("Getting ready"), tags("open", "waiting_on:participant")),
            State("away", _("Under way"), tags("running")),
            State("returned", _("Back, return report due"), tags("open", "waiting_on:participant")),
            State("completed", _("Completed"), tags("done")),
            State("broken_off", _("Broken off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "leave",
                ("preparing",),
                "away",
                rules.may_look_after,
                _("It begins"),
                guard=rules.is_ready,
                effect=effects.leave,
            ),
            Transition("come_back", ("away",), "returned", rules.may_look_after, _("It has ended")),
            Transition("end_by_date", ("away",), "returned", by_clock, _("Its last day has passed")),
            Transition(
                "complete",
                ("returned",),
                "completed",
                rules.may_look_after,
                _("Completed"),
                guard=rules.has_reported,
                effect=effects.complete,
            ),
            Transition(
                "break_off",
                ("preparing", "away", "returned"),
                "broken_off",
                rules.may_break_off,
                _("Break off"),
                guard=has_reason,
                effect=effects.break_off,
                hurts=True,
            ),
        ),
    )
)
