"""Transition table of openings. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.talent.openings import effects, readiness, rules

OPENING = register(
    Workflow(
        entity="opening",
        label=_("Opening"),
        states=(
            State("draft", _("In preparation"), tags("waiting_on:manager")),
            State("open", _("Taking applications"), tags("open")),
            State("closed", _("Applications closed"), tags("running", "waiting_on:manager")),
            State("filled", _("Filled"), tags("done")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "open",
                ("draft",),
                "open",
                rules.may_manage,
                _("Open it for applications"),
                guard=readiness.may_open,
                gate="opening.open",
                effect=effects.open_it,
            ),
            Transition("close", ("open",), "closed", rules.may_manage, _("Take no more applications")),
            Transition(
                "run_out",
                ("open",),
                "closed",
                by_clock,
                _("Close it at the deadline"),
                effect=effects.run_out,
            ),
            Transition(
                "stop",
                ("open",),
                "closed",
                by_clock,
                _("Close it because the organisation is no longer verified"),
                effect=effects.stop,
            ),
            Transition(
                "reopen",
                ("closed", "filled"),
                "open",
                rules.may_manage,
                _("Take applications again"),
                guard=readiness.may_open,
                gate="opening.open",
            ),
            Transition("fill", ("closed",), "filled", rules.may_manage, _("All seats are filled")),
            Transition(
                "withdraw",
                ("draft", "open", "closed"),
                "withdrawn",
                rules.may_manage,
                _("Withdraw it"),
                guard=has_reason,
                effect=effects.withdraw,
                hurts=True,
            ),
        ),
    )
)
