"""The transition table of votes. Data only. A ballot is no transition: its content stays out of the trail."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.votes import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

VOTE = register(
    Workflow(
        entity="vote",
        label=pgettext_lazy("on topics", "Vote"),
        states=(
            State("draft", pgettext_lazy("a vote", "Being prepared"), tags("open", "waiting_on:secretariat")),
            State("open", pgettext_lazy("a vote", "Open"), tags("open", "running")),
            State("decided", pgettext_lazy("a vote", "Counted"), tags("done")),
            State("failed", pgettext_lazy("a vote", "Without a quorum"), tags("done", "bad")),
            State("void", pgettext_lazy("a vote", "Void"), tags("done", "bad")),
            State("cancelled", pgettext_lazy("a vote", "Called off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "open",
                ("draft",),
                "open",
                rules.leads,
                _("Open the vote"),
                guard=rules.can_open,
                effect=effects.open_box,
                hurts=True,
            ),
            Transition(
                "tally",
                ("open",),
                "decided",
                rules.leads,
                _("Close and count"),
                guard=rules.can_tally,
                effect=effects.tally,
                hurts=True,
            ),
            Transition(
                "extend",
                ("open",),
                "open",
                by_clock,
                _("Extend once"),
                guard=rules.can_extend,
                effect=effects.extend,
            ),
            Transition(
                "fail",
                ("open",),
                "failed",
                by_clock,
                _("Close without a quorum"),
                guard=rules.has_failed,
                effect=effects.fail,
            ),
            Transition(
                "void",
                ("open",),
                "void",
                by_clock,
                _("Declare void"),
                guard=rules.is_void,
                effect=effects.void,
            ),
            Transition(
                "settle",
                ("decided",),
                "decided",
                rules.leads,
                _("Decide the tie"),
                guard=rules.can_settle,
                effect=effects.settle,
                hurts=True,
            ),
            Transition(
                "cancel",
                ("draft", "open"),
                "cancelled",
                rules.leads,
                pgettext_lazy("a vote", "Call off"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
        ),
    )
)
