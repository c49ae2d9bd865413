"""The transition table of commitments. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.commitments import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

COMMITMENT = register(
    Workflow(
        entity="commitment",
        label=_("Commitment"),
        states=(
            State("pledged", _("Pledged"), tags("open", "waiting_on:organisation")),
            State("confirmed", _("Confirmed"), tags("running")),
            State("delivering", _("Being delivered"), tags("running")),
            State("short", _("Fell short"), tags("running", "waiting_on:secretariat")),
            State("fulfilled", _("Fulfilled"), tags("done")),
            State("settled_short", _("Settled short"), tags("done", "bad")),
            State("cancelled", _("Cancelled"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "confirm",
                ("pledged",),
                "confirmed",
                rules.is_donor,
                _("Confirm it"),
                guard=rules.is_agreed,
                effect=effects.confirm,
            ),
            Transition(
                "cancel",
                ("pledged", "confirmed"),
                "cancelled",
                rules.is_donor,
                _("Cancel it"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
            Transition(
                "cancel",
                ("delivering",),
                "short",
                rules.is_donor,
                _("Stop delivering"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
            Transition(
                "deliver",
                ("confirmed",),
                "delivering",
                by_clock,
                _("Something is delivered"),
                guard=rules.has_begun,
            ),
            Transition(
                "fulfil",
                ("delivering", "short"),
                "fulfilled",
                by_clock,
                _("All is delivered"),
                guard=rules.is_full,
                effect=effects.fulfil,
            ),
            Transition(
                "reopen",
                ("fulfilled",),
                "delivering",
                by_clock,
                _("Some of it is taken back"),
                guard=rules.is_no_longer_full,
            ),
            Transition(
                "period_end",
                ("confirmed", "delivering"),
                "short",
                by_clock,
                _("Its period is over"),
                guard=rules.is_over,
                effect=effects.fall_short,
            ),
            Transition(
                "carry_over",
                ("short",),
                "confirmed",
                only_secretariat,
                _("Carry it over"),
                guard=rules.is_carried,
                effect=effects.carry_over,
            ),
            Transition(
                "settle",
                ("short",),
                "settled_short",
                only_secretariat,
                _("Settle it"),
                guard=has_reason,
                effect=effects.settle,
                hurts=True,
            ),
            Transition(
                "agreement_ended",
                ("pledged",),
                "cancelled",
                by_clock,
                _("Its agreement has ended"),
                guard=rules.has_ended,
            ),
            Transition(
                "agreement_ended",
                ("confirmed", "delivering"),
                "short",
                by_clock,
                _("Its agreement has ended"),
                guard=rules.has_ended,
            ),
        ),
    )
)
