"""States of the ledger's quarters. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, register, tags

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
