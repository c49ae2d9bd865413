"""States of placement rounds. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.talent.rounds import effects, rules

ROUND = register(
    Workflow(
        entity="placement_round",
        label=_("Placement round"),
        states=(
            State("draft", _("In preparation"), tags("waiting_on:manager")),
            State("open", _("Open for rankings"), tags("open")),
            State("closed", _("Rankings closed"), tags("running", "waiting_on:keeper")),
            State("solved", _("Result waits for a decision"), tags("running", "waiting_on:manager")),
            State("by_hand", _("Decided by hand"), tags("running", "waiting_on:manager")),
            State("decided", pgettext_lazy("placement round", "Decided"), tags("done")),
            State("cancelled", _("Cancelled"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "open",
                ("draft",),
                "open",
                rules.may_manage,
                _("Open for rankings"),
                guard=rules.is_ready,
                gate="placement.open",
                effect=effects.open_round,
            ),
            Transition(
                "extend",
                ("open",),
                "open",
                rules.may_manage,
                _("Move the deadline"),
                guard=rules.is_later,
                effect=effects.move_deadline,
            ),
            Transition(
                "close",
                ("open",),
                "closed",
                by_clock,
                _("Close the rankings"),
                guard=rules.may_close,
                effect=effects.freeze,
            ),
            Transition(
                "solve",
                ("closed",),
                "solved",
                by_clock,
                _("Solve and verify"),
                guard=rules.has_clean_result,
                effect=effects.tell_managers,
            ),
            Transition(
                "take_by_hand",
                ("closed", "solved"),
                "by_hand",
                rules.may_manage,
                _("Decide by hand"),
                guard=rules.is_set_aside,
                effect=effects.set_aside,
                hurts=True,
            ),
            Transition(
                "decide",
                ("solved", "by_hand"),
                "decided",
                rules.may_manage,
                _("Confirm all and tell everybody"),
                guard=rules.is_settled,
                effect=effects.confirm_all,
                hurts=True,
            ),
            Transition(
                "cancel",
                ("draft", "open"),
                "cancelled",
                rules.may_manage,
                _("Cancel"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
            Transition(
                "end",
                ("closed",),
                "cancelled",
                rules.may_end,
                _("End without a result"),
                guard=rules.is_reveal_missing,
                effect=effects.cancel,
                hurts=True,
            ),
        ),
    )
)
