"""Transition tables of problems: who moves what, from where to where. Data only; the rules are in rules.py."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.workflow import State, Transition, Workflow, register
from dure.problems import effects, rules


def tags(*names: str) -> frozenset[str]:
    return frozenset(names)


PROBLEM = register(
    Workflow(
        entity="problem",
        label=_("Problem"),
        states=(
            State("draft", _("Draft"), tags("waiting_on:owner")),
            State("posted", _("Posted"), tags("waiting_on:secretariat")),
            State("questions", _("Questions to the owner"), tags("waiting_on:owner")),
            State("accepted", _("Accepted"), tags("waiting_on:secretariat", "shown")),
            State("open", _("Open"), tags("open", "running", "shown")),
            State("delivered", _("Solution delivered"), tags("running", "waiting_on:owner", "shown")),
            State("solved", _("Solved"), tags("done", "shown")),
            State("unsolved", _("Closed without a solution"), tags("done", "shown")),
            State("declined", _("Declined"), tags("done")),
            State("merged", _("Merged into another"), tags("done")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "post",
                ("draft",),
                "posted",
                rules.owns_problem,
                _("Post to the secretariat"),
                guard=rules.is_complete,
                effect=effects.number_problem,
            ),
            Transition(
                "ask",
                ("posted",),
                "questions",
                rules.triages,
                _("Ask the owner"),
                guard=rules.has_message,
                effect=effects.ask_owner,
            ),
            Transition(
                "answer",
                ("questions",),
                "posted",
                rules.owns_problem,
                _("Answer"),
                guard=rules.has_message,
                effect=effects.answer_secretariat,
            ),
            Transition(
                "accept",
                ("posted",),
                "accepted",
                rules.triages,
                _("Accept"),
                guard=rules.has_route,
                effect=effects.set_route,
                gate="problem.accept",
            ),
            Transition(
                "decline",
                ("posted", "questions"),
                "declined",
                rules.triages,
                _("Decline"),
                guard=rules.has_reason,
                effect=effects.keep_reason,
                hurts=True,
            ),
            Transition(
                "merge",
                ("posted", "questions"),
                "merged",
                rules.triages,
                _("Merge into another"),
                guard=rules.can_merge,
                effect=effects.merge_into,
                hurts=True,
            ),
            Transition(
                "open",
                ("accepted",),
                "open",
                rules.curates,
                _("Open"),
                guard=rules.has_work,
                gate="problem.open",
            ),
            Transition("deliver", ("open",), "delivered", rules.curates, _("Hand the solution to the owner")),
            Transition(
                "return",
                ("delivered",),
                "open",
                rules.owns_problem,
                _("Send back with defects"),
                guard=rules.has_reason,
                effect=effects.keep_reason,
            ),
            Transition(
                "solve",
                ("delivered", "open"),
                "solved",
                rules.owns_problem,
                _("It is solved"),
                effect=effects.mark_solved,
            ),
            Transition(
                "give_up",
                ("accepted", "open", "delivered"),
                "unsolved",
                rules.curates,
                _("Close without a solution"),
                guard=rules.has_reason,
                effect=effects.keep_reason,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("draft", "posted", "questions", "accepted"),
                "withdrawn",
                rules.owns_problem,
                _("Withdraw"),
                hurts=True,
            ),
        ),
    )
)

CHALLENGE = register(
    Workflow(
        entity="challenge",
        label=_("Challenge"),
        states=(
            State("draft", _("In preparation"), tags("waiting_on:host")),
            State("open", _("Open"), tags("open", "running", "shown")),
            State("closed", _("Closed, being judged"), tags("running", "waiting_on:host", "shown")),
            State("finished", _("Finished"), tags("done", "shown")),
            State("cancelled", _("Cancelled"), tags("done", "shown")),
        ),
        transitions=(
            Transition(
                "open",
                ("draft",),
                "open",
                rules.hosts_challenge,
                _("Open the challenge"),
                guard=rules.is_ready,
                effect=effects.open_challenge,
                gate="challenge.open",
            ),
            Transition(
                "close",
                ("open",),
                "closed",
                rules.hosts_challenge,
                _("Close now"),
                effect=effects.close_challenge,
                hurts=True,
            ),
            Transition(
                "finish",
                ("closed",),
                "finished",
                rules.hosts_challenge,
                _("Declare the result"),
                guard=rules.winners_settled,
                effect=effects.finish_challenge,
            ),
            Transition(
                "cancel",
                ("draft", "open", "closed"),
                "cancelled",
                rules.hosts_challenge,
                _("Cancel the challenge"),
                guard=rules.has_reason,
                effect=effects.keep_challenge_reason,
                hurts=True,
            ),
        ),
    )
)
