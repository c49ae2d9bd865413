"""Transition tables of workrooms and their parts. Data only; the rules are in rules_workrooms.py."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.problems import effects_workrooms as effects
from dure.problems import rules_workrooms as room_rules

ON_OWNER = "waiting_on:owner"
ON_SOLVERS = "waiting_on:solvers"
ON_OTHER_SIDE = "waiting_on:other_side"

WORKROOM = register(
    Workflow(
        entity="workroom",
        label=_("Workroom"),
        states=(
            State("planning", _("Making the plan"), tags("running", ON_SOLVERS)),
            State("proposed", _("Plan proposed"), tags("running", ON_OWNER)),
            State("working", _("At work"), tags("running", ON_SOLVERS)),
            State("accepted", _("Solution accepted"), tags("running", ON_OWNER)),
            State("pilot", _("Pilot"), tags("running", ON_OWNER)),
            State("watching", _("In use"), tags("running")),
            State("asked", _("Did it pay?"), tags("running", ON_OWNER)),
            State("closed", _("Room closed"), tags("done")),
            State("abandoned", _("Given up"), tags("done")),
        ),
        transitions=(
            Transition(
                "propose_plan",
                ("planning",),
                "proposed",
                room_rules.solves,
                _("Propose the plan"),
                guard=room_rules.has_milestones,
                effect=effects.propose_plan,
            ),
            Transition(
                "agree_plan",
                ("proposed",),
                "working",
                room_rules.owns_room,
                _("Agree to the plan"),
                effect=effects.agree_plan,
            ),
            Transition(
                "change_plan",
                ("proposed",),
                "planning",
                room_rules.owns_room,
                _("Ask for changes"),
                guard=has_reason,
                effect=effects.change_plan,
            ),
            Transition(
                "take",
                ("working",),
                "accepted",
                by_clock,
                _("The solution is accepted"),
                effect=effects.take_solution,
            ),
            Transition(
                "start_pilot",
                ("accepted",),
                "pilot",
                room_rules.owns_room,
                _("Start a pilot"),
                guard=room_rules.has_pilot_dates,
                effect=effects.start_pilot,
            ),
            Transition(
                "skip_pilot",
                ("accepted",),
                "watching",
                room_rules.owns_room,
                _("Use it without a pilot"),
                guard=has_reason,
                effect=effects.skip_pilot,
            ),
            Transition(
                "end_pilot",
                ("pilot",),
                "watching",
                room_rules.owns_room,
                _("End the pilot"),
                guard=room_rules.has_words,
                effect=effects.end_pilot,
            ),
            Transition(
                "work_on",
                ("accepted", "pilot"),
                "working",
                room_rules.owns_room,
                _("More work is needed"),
                guard=has_reason,
                effect=effects.work_on,
            ),
            Transition(
                "ask_paid",
                ("watching",),
                "asked",
                by_clock,
                _("Ask whether it paid"),
                effect=effects.ask_paid,
            ),
            Transition(
                "answer_paid",
                ("watching", "asked"),
                "closed",
                room_rules.owns_room,
                _("Say whether it paid"),
                guard=room_rules.has_figure,
                effect=effects.answer_paid,
            ),
            Transition(
                "abandon",
                ("planning", "proposed", "working", "accepted", "pilot"),
                "abandoned",
                room_rules.owns_or_curates,
                _("Give it up"),
                guard=has_reason,
                effect=effects.abandon,
                hurts=True,
            ),
        ),
    )
)

MILESTONE = register(
    Workflow(
        entity="milestone",
        label=_("Milestone"),
        states=(
            State("planned", _("Planned"), tags("running", ON_SOLVERS)),
            State("finished", _("Done, say the solvers"), tags("running", ON_OWNER)),
            State("confirmed", _("Done"), tags("done")),
            State("dropped", _("Dropped"), tags("done")),
        ),
        transitions=(
            Transition(
                "finish",
                ("planned",),
                "finished",
                room_rules.solves,
                _("It is done"),
                guard=room_rules.room_works,
                effect=effects.finish_milestone,
            ),
            Transition("confirm", ("finished",), "confirmed", room_rules.owns_room, _("Confirm")),
            Transition(
                "return",
                ("finished",),
                "planned",
                room_rules.owns_room,
                _("Not done yet"),
                guard=has_reason,
                effect=effects.return_milestone,
            ),
            Transition(
                "move",
                ("planned",),
                "planned",
                room_rules.takes_part,
                _("Move the day"),
                guard=room_rules.has_new_day,
                effect=effects.move_milestone,
            ),
            Transition(
                "drop",
                ("planned",),
                "dropped",
                room_rules.takes_part,
                _("Drop it"),
                guard=has_reason,
                effect=effects.drop_with_reason,
                hurts=True,
            ),
        ),
    )
)

DELIVERABLE = register(
    Workflow(
        entity="deliverable",
        label=_("Solution"),
        states=(
            State("draft", _("In preparation"), tags("running", ON_SOLVERS)),
            State("delivered", _("Handed over"), tags("running", ON_OWNER)),
            State("tried", _("Run by the owner"), tags("running", ON_OWNER)),
            State("returned", _("Returned with defects"), tags("running", ON_SOLVERS)),
            State("accepted", _("Solution accepted"), tags("done")),
            State("replaced", _("Replaced by a newer version"), tags("done")),
        ),
        transitions=(
            Transition(
                "hand_over",
                ("draft",),
                "delivered",
                room_rules.solves,
                _("Hand it over"),
                guard=room_rules.is_handed_complete,
                effect=effects.hand_over,
            ),
            Transition(
                "take_back",
                ("delivered",),
                "draft",
                room_rules.solves,
                _("Take it back"),
                effect=effects.take_back,
                hurts=True,
            ),
            Transition(
                "try",
                ("delivered",),
                "tried",
                room_rules.owns_room,
                _("I have run it"),
                guard=room_rules.has_trial,
                effect=effects.keep_trial,
            ),
            Transition(
                "accept",
                ("tried",),
                "accepted",
                room_rules.owns_room,
                _("Accept it"),
                guard=room_rules.is_acceptable,
                effect=effects.accept_version,
            ),
            Transition(
                "return",
                ("tried",),
                "returned",
                room_rules.owns_room,
                _("Send it back"),
                guard=room_rules.has_defects,
                effect=effects.return_version,
            ),
            Transition(
                "replace",
                ("delivered", "tried", "returned"),
                "replaced",
                by_clock,
                _("A newer version replaces it"),
            ),
        ),
    )
)

DEFECT = register(
    Workflow(
        entity="defect",
        label=_("Defect"),
        states=(
            State("open", _("To be mended"), tags("running", ON_SOLVERS)),
            State("mended", _("Mended, say the solvers"), tags("running", ON_OWNER)),
            State("settled", _("Settled"), tags("done")),
            State("dropped", _("Dropped"), tags("done")),
        ),
        transitions=(
            Transition(
                "mend",
                ("open",),
                "mended",
                room_rules.solves,
                _("It is mended"),
                guard=room_rules.has_words,
                effect=effects.mend_defect,
            ),
            Transition("settle", ("mended",), "settled", room_rules.owns_room, _("Settled")),
            Transition(
                "reopen",
                ("mended",),
                "open",
                room_rules.owns_room,
                _("Still there"),
                guard=has_reason,
                effect=effects.reopen_defect,
            ),
            Transition(
                "drop",
                ("open", "mended"),
                "dropped",
                room_rules.owns_room,
                _("Not a defect after all"),
                guard=has_reason,
                effect=effects.drop_with_reason,
            ),
        ),
    )
)

DECISION = register(
    Workflow(
        entity="decision",
        label=_("Decision"),
        states=(
            State("proposed", _("Proposed"), tags("running", ON_OTHER_SIDE)),
            State("agreed", _("Agreed"), tags("done")),
            State("turned_down", _("Turned down"), tags("done")),
        ),
        transitions=(
            Transition(
                "agree",
                ("proposed",),
                "agreed",
                room_rules.other_side,
                _("Agree"),
                effect=effects.settle_decision,
            ),
            Transition(
                "turn_down",
                ("proposed",),
                "turned_down",
                room_rules.other_side,
                _("Turn it down"),
                guard=has_reason,
                effect=effects.turn_down_decision,
            ),
        ),
    )
)
