"""States of the ledger's quarters and receipts. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

PERIOD = register(
    Workflow(
        entity="ledger_period",
        label=_("Quarter of the ledger"),
        states=(
            State("open", _("Open"), tags("open", "waiting_on:secretariat")),
            State("closed", _("Closed"), tags("done")),
        ),
        transitions=(
            Transition(
                "close",
                ("open",),
                "closed",
                rules.keeps_ledger,
                _("Close the quarter"),
                guard=rules.is_over,
                effect=effects.close,
                hurts=True,
            ),
        ),
    )
)

RECEIPT = register(
    Workflow(
        entity="ledger_receipt",
        label=_("Receipt of the ledger"),
        states=(
            State("proposed", _("Waits for the receiver"), tags("open", "waiting_on:organisation")),
            State("confirmed", _("In the ledger"), tags("done")),
            State("declined", _("Not received"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "confirm",
                ("proposed",),
                "confirmed",
                rules.receives,
                _("Confirm that it was received"),
                guard=rules.is_enterable,
                effect=effects.confirm,
            ),
            Transition(
                "decline",
                ("proposed",),
                "declined",
                rules.receives,
                _("It was not received"),
                guard=has_reason,
                effect=effects.decline,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("proposed",),
                "withdrawn",
                rules.gives,
                _("Withdraw it"),
                hurts=True,
            ),
        ),
    )
)
