"""Transition tables of sharing: what members give, the hours they get, and changes to them. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.farm import effects_sharing as effects
from dure.farm import rules_sharing as rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

CONTRIBUTION = register(
    Workflow(
        entity="contribution",
        label=_("Contribution"),
        states=(
            State("draft", _("Draft"), tags("waiting_on:member")),
            State("offered", _("Offered"), tags("waiting_on:secretariat")),
            State("accepted", _("In the farm"), tags("open", "running")),
            State("ended", _("Ended"), tags("done")),
        ),
        transitions=(
            Transition(
                "offer",
                ("draft",),
                "offered",
                rules.speaks_for,
                _("Offer it"),
                guard=rules.is_whole,
                effect=effects.tell_offered,
            ),
            Transition(
                "accept",
                ("offered",),
                "accepted",
                rules.decides,
                _("Accept into the farm"),
                guard=rules.machine_is_free,
                effect=effects.accept_contribution,
            ),
            Transition(
                "return",
                ("offered",),
                "draft",
                rules.decides,
                _("Send back"),
                guard=has_reason,
                effect=effects.return_contribution,
            ),
            Transition(
                "withdraw",
                ("draft", "offered"),
                "ended",
                rules.speaks_for,
                _("Withdraw"),
                hurts=True,
            ),
            Transition(
                "end",
                ("accepted",),
                "ended",
                rules.speaks_for_or_decides,
                _("Take it out of the farm"),
                guard=has_reason,
                effect=effects.end_contribution,
                hurts=True,
            ),
            Transition(
                "run_out",
                ("accepted",),
                "ended",
                by_clock,
                _("Its last day is over"),
                effect=effects.tell_run_out,
            ),
        ),
    )
)

ALLOCATION = register(
    Workflow(
        entity="allocation",
        label=_("Allocation"),
        states=(
            State("requested", _("Requested"), tags("waiting_on:secretariat")),
            State("approved", _("Approved, begins later"), tags("running", "granted")),
            State("active", _("Active"), tags("open", "running", "granted", "in_force")),
            State("expiring", _("Ends soon"), tags("running", "waiting_on:member", "granted", "in_force")),
            State("expired", _("Expired"), tags("done")),
            State("refused", _("Refused"), tags("done")),
            State("withdrawn", _("Withdrawn"), tags("done")),
            State("revoked", _("Taken back"), tags("done")),
        ),
        transitions=(
            Transition(
                "approve",
                ("requested",),
                "approved",
                rules.decides,
                _("Approve"),
                guard=rules.is_only_one,
                effect=effects.approve_allocation,
            ),
            Transition(
                "refuse",
                ("requested",),
                "refused",
                rules.decides,
                _("Refuse"),
                guard=has_reason,
                effect=effects.refuse_allocation,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("requested",),
                "withdrawn",
                rules.asked_or_speaks_for,
                _("Withdraw"),
                hurts=True,
            ),
            Transition("begin", ("approved",), "active", by_clock, _("Its first day has come")),
            Transition("warn", ("active",), "expiring", by_clock, _("Its end comes near")),
            Transition("extend", ("expiring",), "active", by_clock, _("Its end was moved away")),
            Transition(
                "expire",
                ("approved", "active", "expiring"),
                "expired",
                by_clock,
                _("Its last day is over"),
                effect=effects.tell_expired,
            ),
            Transition(
                "revoke",
                ("approved", "active", "expiring"),
                "revoked",
                rules.decides,
                _("Take the hours back"),
                guard=has_reason,
                effect=effects.revoke_allocation,
                hurts=True,
            ),
        ),
    )
)

ALLOCATION_CHANGE = register(
    Workflow(
        entity="allocation_change",
        label=_("Change of an allocation"),
        states=(
            State("requested", _("Requested"), tags("waiting_on:secretariat")),
            State("approved", _("Approved"), tags("done")),
            State("refused", _("Refused"), tags("done")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "approve",
                ("requested",),
                "approved",
                rules.decides,
                _("Approve"),
                guard=rules.can_become,
                effect=effects.approve_change,
            ),
            Transition(
                "refuse",
                ("requested",),
                "refused",
                rules.decides,
                _("Refuse"),
                guard=has_reason,
                effect=effects.refuse_change,
            ),
            Transition(
                "withdraw", ("requested",), "withdrawn", rules.asked_or_speaks_for, _("Withdraw"), hurts=True
            ),
        ),
    )
)
