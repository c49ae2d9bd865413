"""The transition table of bulk actions. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.bulk import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, register, tags

BATCH = register(
    Workflow(
        entity="bulk_batch",
        label=_("Bulk action"),
        states=(
            State("waiting", pgettext_lazy("a bulk action", "Can be taken back"), tags("open")),
            State("performed", pgettext_lazy("a bulk action", "Carried out"), tags("done")),
            State("cancelled", pgettext_lazy("a bulk action", "Taken back"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "cancel",
                ("waiting",),
                "cancelled",
                rules.leads,
                pgettext_lazy("a bulk action", "Take back"),
                effect=effects.cancel,
                hurts=True,
            ),
            Transition(
                "perform",
                ("waiting",),
                "performed",
                by_clock,
                pgettext_lazy("a bulk action", "Carry out"),
                guard=rules.is_time,
                effect=effects.perform,
            ),
        ),
    )
)
