"""Transition tables of evidence and of endorsements. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.talent.profiles import effects, rules

EVIDENCE = register(
    Workflow(
        entity="evidence",
        label=_("Evidence"),
        states=(
            State("standing", _("Counts"), tags("open")),
            State("contested", _("Contested"), tags("waiting_on:secretariat")),
            State("hidden", _("Hidden by its person"), tags("done")),
            State("struck", _("Does not count"), tags("done")),
        ),
        transitions=(
            Transition("hide", ("standing",), "hidden", rules.is_own, _("Hide")),
            Transition("show", ("hidden",), "standing", rules.is_own, _("Let it count again")),
            Transition(
                "contest",
                ("standing", "hidden"),
                "contested",
                rules.may_contest,
                _("Contest"),
                guard=has_reason,
                effect=effects.contest,
            ),
            Transition(
                "give_in",
                ("contested",),
                "standing",
                rules.is_own,
                _("No longer contest"),
                effect=effects.give_in,
            ),
            Transition(
                "keep",
                ("contested",),
                "standing",
                rules.may_decide,
                _("Keep"),
                guard=has_reason,
                effect=effects.decide,
            ),
            Transition(
                "strike",
                ("contested",),
                "struck",
                rules.may_decide,
                _("Strike"),
                guard=has_reason,
                effect=effects.decide,
                hurts=True,
            ),
        ),
    )
)

ENDORSEMENT = register(
    Workflow(
        entity="endorsement",
        label=_("Endorsement"),
        states=(
            State("asked", _("Asked for"), tags("waiting_on:verifier")),
            State("given", _("Given"), tags("open")),
            State("declined", _("Not given"), tags("done")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "give",
                ("asked",),
                "given",
                rules.is_verifier,
                _("Give the endorsement"),
                guard=has_reason,
                effect=effects.give,
            ),
            Transition(
                "decline",
                ("asked",),
                "declined",
                rules.is_verifier,
                _("Do not give it"),
                effect=effects.decline,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("asked", "given"),
                "withdrawn",
                rules.is_own,
                _("Withdraw"),
                effect=effects.withdraw,
                hurts=True,
            ),
            Transition(
                "take_back",
                ("given",),
                "withdrawn",
                rules.is_verifier,
                _("Take it back"),
                guard=has_reason,
                effect=effects.take_back,
                hurts=True,
            ),
        ),
    )
)
