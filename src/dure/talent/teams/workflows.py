"""Transition tables of chosen teams and of seats in them. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.talent.teams import effects, rules

TEAM_PROPOSAL = register(
    Workflow(
        entity="team_proposal",
        label=_("Proposed team"),
        states=(
            State("proposed", _("Being put together"), tags("open", "waiting_on:person")),
            State("formed", _("Formed"), tags("done")),
            State("fell_through", _("Fell through"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "form",
                ("proposed",),
                "formed",
                by_clock,
                _("Everybody said yes"),
                guard=rules.all_accepted,
                effect=effects.form,
            ),
            Transition(
                "fall_through",
                ("proposed",),
                "fell_through",
                by_clock,
                _("A place stayed free"),
                effect=effects.fall_through,
            ),
            Transition(
                "withdraw",
                ("proposed",),
                "withdrawn",
                rules.seeks_proposal,
                _("Withdraw the proposal"),
                guard=has_reason,
                effect=effects.withdraw,
                hurts=True,
            ),
        ),
    )
)

TEAM_SEAT = register(
    Workflow(
        entity="team_seat",
        label=_("Seat in a proposed team"),
        states=(
            State("proposed", _("Waits for an answer"), tags("open", "waiting_on:person")),
            State("accepted", _("Said yes"), tags("running")),
            State("declined", _("Said no"), tags("done")),
            State("expired", _("No answer in time"), tags("done")),
            State("released", _("Fell free"), tags("done")),
        ),
        transitions=(
            Transition(
                "accept", ("proposed",), "accepted", rules.is_own, _("Yes, I join"), guard=rules.takes_answers
            ),
            Transition(
                "decline",
                ("proposed", "accepted"),
                "declined",
                rules.is_own,
                _("No, thank you"),
                guard=rules.is_open,
                effect=effects.decline,
            ),
            Transition("expire", ("proposed",), "expired", by_clock, _("No answer in time")),
            Transition("release", ("proposed", "accepted"), "released", by_clock, _("Fell free")),
        ),
    )
)
