"""The transition tables of batches, of startups in them and of checkpoints. Data only; the rules are beside them."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

BATCH = register(
    Workflow(
        entity="incubation_batch",
        label=_("Batch of the incubation"),
        states=(
            State("draft", _("Draft"), tags("open", "waiting_on:secretariat")),
            State("open", _("Call open"), tags("open")),
            State("selecting", _("Being selected"), tags("running", "waiting_on:secretariat")),
            State("running", _("Under way"), tags("running")),
            State("ended", _("Ended"), tags("done")),
            State("cancelled", _("Called off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "open", ("draft",), "open", only_secretariat, _("Send the call out"), guard=rules.is_ready
            ),
            Transition(
                "extend",
                ("open",),
                "open",
                only_secretariat,
                _("Give more time to apply"),
                guard=rules.is_longer,
                effect=effects.extend_call,
            ),
            Transition(
                "close", ("open",), "selecting", by_clock, _("The call is over"), guard=rules.is_call_over
            ),
            Transition(
                "begin", ("selecting",), "running", only_secretariat, _("Begin"), guard=rules.is_decided
            ),
            Transition("end", ("running",), "ended", only_secretariat, _("End it"), guard=rules.is_over),
            Transition(
                "cancel",
                ("draft", "open", "selecting", "running"),
                "cancelled",
                only_secretariat,
                _("Call it off"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
        ),
    )
)

CASE = register(
    Workflow(
        entity="startup_case",
        label=_("Startup in the incubation"),
        states=(
            State("applied", _("Applied"), tags("open", "waiting_on:secretariat")),
            State("selected", _("Selected"), tags("open", "waiting_on:secretariat")),
            State("incubating", _("In the incubation"), tags("running")),
            State("demo_day", _("At the demo day"), tags("running", "waiting_on:secretariat")),
            State("graduated", _("Graduated"), tags("done")),
            State("rejected", _("Not taken"), tags("done", "bad")),
            State("exited", _("Left"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "select",
                ("applied",),
                "selected",
                rules.decides,
                _("Select it"),
                guard=rules.is_heard,
                effect=effects.tell_founder,
            ),
            Transition(
                "reject",
                ("applied",),
                "rejected",
                rules.decides,
                _("Do not take it"),
                guard=has_reason,
                effect=effects.reject,
            ),
            Transition(
                "take_back",
                ("selected",),
                "rejected",
                rules.decides,
                _("Take the selection back"),
                guard=has_reason,
                effect=effects.reject,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("applied", "selected"),
                "exited",
                rules.is_founder,
                _("Withdraw"),
                effect=effects.withdraw,
                hurts=True,
            ),
            Transition(
                "admit",
                ("selected",),
                "incubating",
                rules.decides,
                _("It moves in"),
                guard=rules.is_provided,
                effect=effects.admit,
            ),
            Transition(
                "demo",
                ("incubating",),
                "demo_day",
                rules.decides,
                _("It presents at the demo day"),
                guard=rules.is_demo_day,
                effect=effects.tell_founder,
            ),
            Transition(
                "extend",
                ("demo_day",),
                "incubating",
                rules.decides,
                _("Extend it once"),
                guard=rules.is_extended,
                effect=effects.extend,
            ),
            Transition(
                "graduate",
                ("demo_day",),
                "graduated",
                rules.decides,
                _("It graduates"),
                guard=rules.has_outcome,
                effect=effects.graduate,
            ),
            Transition(
                "exit",
                ("incubating", "demo_day"),
                "exited",
                rules.decides,
                _("It leaves early"),
                guard=has_reason,
                effect=effects.leave,
                hurts=True,
            ),
            Transition(
                "batch_cancelled",
                ("applied", "selected"),
                "rejected",
                by_clock,
                _("Its batch is called off"),
                guard=has_reason,
                effect=effects.reject,
            ),
            Transition(
                "batch_cancelled",
                ("incubating", "demo_day"),
                "exited",
                by_clock,
                _("Its batch is called off"),
                guard=has_reason,
                effect=effects.leave,
            ),
        ),
    )
)

CHECKPOINT = register(
    Workflow(
        entity="startup_checkpoint",
        label=_("Checkpoint of a startup"),
        states=(
            State("planned", _("Planned"), tags("open", "waiting_on:mentor")),
            State("late", _("Overdue"), tags("running", "waiting_on:mentor")),
            State("done", _("Held"), tags("done")),
            State("dropped", _("Not needed any more"), tags("done")),
        ),
        transitions=(
            Transition(
                "log",
                ("planned", "late"),
                "done",
                rules.mentors_it,
                _("Write what you saw"),
                guard=rules.has_log,
                effect=effects.log,
            ),
            Transition(
                "remind",
                ("planned",),
                "planned",
                by_clock,
                _("Remind its founder and mentors"),
                guard=rules.is_reminded,
                effect=effects.remind,
            ),
            Transition(
                "overdue",
                ("planned",),
                "late",
                by_clock,
                _("Its day has passed"),
                guard=rules.is_late,
                effect=effects.late,
            ),
            Transition("drop", ("planned", "late"), "dropped", by_clock, _("The startup has left the batch")),
        ),
    )
)
