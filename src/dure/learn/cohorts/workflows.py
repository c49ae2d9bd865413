"""Transition tables of cohorts and of places in them. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.learn.cohorts import effects, rules

COHORT = register(
    Workflow(
        entity="cohort",
        label=_("Cohort"),
        states=(
            State("draft", _("In preparation"), tags("waiting_on:coach")),
            State("open", _("Taking applications"), tags("open")),
            State("running", _("Under way"), tags("open", "running")),
            State("over", _("Over"), tags("done")),
            State("cancelled", _("Called off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "open", ("draft",), "open", rules.leads, _("Open to applications"), guard=rules.may_open
            ),
            Transition("begin", ("open",), "running", rules.leads, _("Begin")),
            Transition(
                "end",
                ("running",),
                "over",
                rules.leads,
                _("End the cohort"),
                effect=effects.end,
                hurts=True,
            ),
            Transition(
                "call_off",
                ("draft", "open", "running"),
                "cancelled",
                rules.leads,
                _("Call the cohort off"),
                guard=has_reason,
                effect=effects.call_off,
                hurts=True,
            ),
        ),
    )
)

PLACE = register(
    Workflow(
        entity="place",
        label=_("Place in a cohort"),
        states=(
            State("applied", _("Applied"), tags("waiting_on:coach")),
            State("waiting", _("On the waiting list")),
            State("in", _("Has a place"), tags("open", "running")),
            State("finished", _("Took part to the end"), tags("done")),
            State("withdrawn", _("Withdrew"), tags("done")),
            State("declined", _("Not accepted"), tags("done")),
            State("removed", _("Taken out"), tags("done")),
        ),
        transitions=(
            Transition(
                "accept",
                ("applied",),
                "in",
                rules.leads_place,
                _("Give a place"),
                guard=rules.has_seat,
                effect=effects.take_seat,
            ),
            Transition("queue", ("applied",), "waiting", rules.leads_place, _("Put on the waiting list")),
            Transition(
                "admit",
                ("waiting",),
                "in",
                by_clock,
                _("A seat came free"),
                guard=rules.has_seat,
                effect=effects.take_seat,
            ),
            Transition(
                "decline",
                ("applied", "waiting"),
                "declined",
                rules.leads_place,
                _("Do not accept"),
                guard=has_reason,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("applied", "waiting", "in"),
                "withdrawn",
                rules.is_own,
                _("Give up the place"),
                effect=effects.leave_seat,
                hurts=True,
            ),
            Transition(
                "apply_again",
                ("withdrawn",),
                "applied",
                rules.is_own,
                _("Apply again"),
                guard=rules.may_apply_again,
                effect=effects.apply_again,
            ),
            Transition(
                "remove",
                ("in",),
                "removed",
                rules.leads_place,
                _("Take out of the cohort"),
                guard=has_reason,
                effect=effects.leave_seat,
                hurts=True,
            ),
            Transition("finish", ("in",), "finished", by_clock, _("The cohort ended")),
        ),
    )
)
