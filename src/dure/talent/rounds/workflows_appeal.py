"""States of appeals against a placement round. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.talent.rounds import effects_appeal, rules_appeal

ROUND_APPEAL = register(
    Workflow(
        entity="round_appeal",
        label=_("Appeal against a placement round"),
        states=(
            State("filed", _("Filed"), tags("open", "waiting_on:reviewer")),
            State("in_review", _("In review"), tags("running", "waiting_on:reviewer")),
            State("correcting", _("Corrected, being run again"), tags("running")),
            State("upheld", _("Upheld"), tags("done")),
            State("dismissed", _("Dismissed"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "take",
                ("filed",),
                "in_review",
                rules_appeal.may_review,
                _("Look at it"),
                effect=effects_appeal.take,
            ),
            Transition("correct", ("in_review",), "correcting", by_clock, _("Correct and run again")),
            Transition(
                "uphold",
                ("correcting",),
                "upheld",
                by_clock,
                _("The re-run is verified"),
                effect=effects_appeal.uphold,
            ),
            Transition(
                "fail",
                ("correcting",),
                "in_review",
                by_clock,
                _("It could not be run again"),
                effect=effects_appeal.fail,
            ),
            Transition(
                "give",
                ("in_review",),
                "upheld",
                by_clock,
                _("Give another place"),
                effect=effects_appeal.uphold,
            ),
            Transition(
                "dismiss",
                ("in_review",),
                "dismissed",
                rules_appeal.may_answer,
                _("Dismiss"),
                guard=has_reason,
                effect=effects_appeal.dismiss,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("filed", "in_review"),
                "withdrawn",
                rules_appeal.is_own,
                _("Withdraw the appeal"),
                hurts=True,
            ),
        ),
    )
)
"""A correction and another place have actions of their own, whose rules say who may; the appeal follows them."""
