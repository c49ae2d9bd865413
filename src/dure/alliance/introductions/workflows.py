"""The transition table of introductions. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.introductions import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

INTRODUCTION = register(
    Workflow(
        entity="startup_introduction",
        label=_("Introduction of a startup"),
        states=(
            State("asked", _("Introduction asked for"), tags("open")),
            State("accepted", _("They want to meet"), tags("running")),
            State("met", _("They have met"), tags("running")),
            State("poc", _("Proof of concept"), tags("running")),
            State("contract", _("Contract"), tags("done")),
            State("nothing", _("Nothing came of it"), tags("done", "bad")),
        ),
        transitions=(
            Transition("accept", ("asked",), "accepted", rules.tends_it, _("They want to meet")),
            Transition("meet", ("asked", "accepted"), "met", rules.tends_it, _("They have met")),
            Transition(
                "try", ("met",), "poc", rules.tends_it, _("A proof of concept begins"), effect=effects.tried
            ),
            Transition(
                "sign",
                ("met", "poc"),
                "contract",
                rules.tends_it,
                _("A contract is signed"),
                effect=effects.signed,
            ),
            Transition(
                "nothing",
                ("asked", "accepted", "met", "poc"),
                "nothing",
                rules.tends_it,
                _("Nothing came of it"),
                guard=has_reason,
                effect=effects.nothing,
            ),
        ),
    )
)
