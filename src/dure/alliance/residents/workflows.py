"""The transition table of residents. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.residents import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, register, tags

RESIDENT = register(
    Workflow(
        entity="resident",
        label=_("Resident of a joint lab"),
        states=(
            State("expected", pgettext_lazy("a resident", "Expected"), tags("open", "waiting_on:keepers")),
            State("working", _("Works here"), tags("running")),
            State("leaving", _("Leaves"), tags("running", "waiting_on:keepers")),
            State("left", _("Has left the lab"), tags("done")),
            State("cancelled", _("Did not come"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "arrive", ("expected",), "working", rules.keeps_it, _("Comes in"), guard=rules.can_arrive,
                effect=effects.welcome,
            ),
            Transition(
                "cancel", ("expected",), "cancelled", rules.keeps_it, _("Does not come after all"),
                effect=effects.clear, hurts=True,
            ),
            Transition(
                "leave", ("working",), "leaving", rules.keeps_it, _("Leaves the lab"), effect=effects.leave,
                hurts=True,
            ),
            Transition(
                "finish", ("leaving",), "left", rules.keeps_it, _("All is taken back"), guard=rules.can_finish,
            ),
        ),
    )
)  # fmt: skip
