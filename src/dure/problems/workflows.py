"""Transition tables of problems: who moves what, from where to where. Data only; the rules are in rules.py."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.workflow import State, Transition, Workflow, register
from dure.problems import effects, effects_hosting, effects_needs, rules, rules_hosting, rules_needs


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
            State("accepted", _("Accepted"), tags("waiting_on:curator", "shown")),
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
                guard=rules_needs.is_complete,
                effect=effects_needs.number_problem,
            ),
            Transition(
                "accept",
                ("posted",),
                "accepted",
                rules.triages,
                _("Accept the need"),
                guard=rules_needs.is_accepted_whole,
                effect=effects_needs.set_route,
                gate="problem.accept",
            ),
            Transition(
                "ask",
                ("posted",),
                "questions",
                rules.triages,
                _("Ask the owner"),
                guard=rules.has_message,
                effect=effects_needs.ask_owner,
            ),
            Transition(
                "answer",
                ("questions",),
                "posted",
                rules.owns_problem,
                _("Answer"),
                guard=rules.has_message,
                effect=effects_needs.answer_secretariat,
            ),
            Transition(
                "decline",
                ("posted", "questions"),
                "declined",
                rules.triages,
                _("Decline"),
                guard=rules.has_reason,
                effect=effects_needs.decline,
                hurts=True,
            ),
            Transition(
                "merge",
                ("posted", "questions"),
                "merged",
                rules.triages,
                _("Merge into another"),
                guard=rules_needs.can_merge,
                effect=effects_needs.merge_into,
                hurts=True,
            ),
            Transition(
                "open",
                ("accepted",),
                "open",
                rules.curates,
                _("Open the problem"),
                guard=rules.has_work,
                gate="problem.open",
            ),
            Transition(
                "deliver",
                ("open",),
                "delivered",
                rules.curates,
                _("Hand the solution to the owner"),
                effect=effects_needs.deliver,
            ),
            Transition(
                "return",
                ("delivered",),
                "open",
                rules.owns_problem,
                _("Send back with defects"),
                guard=rules.has_reason,
                effect=effects_needs.send_back,
            ),
            Transition(
                "solve",
                ("delivered", "open"),
                "solved",
                rules.owns_problem,
                _("It is solved"),
                effect=effects_needs.mark_solved,
            ),
            Transition(
                "give_up",
                ("accepted", "open", "delivered"),
                "unsolved",
                rules.curates,
                _("Close without a solution"),
                guard=rules.has_reason,
                effect=effects_needs.give_up,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("draft", "posted", "questions", "accepted"),
                "withdrawn",
                rules.owns_problem,
                _("Withdraw"),
                effect=effects_needs.withdraw,
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
                guard=rules_hosting.is_ready,
                effect=effects_hosting.open_challenge,
                gate="challenge.open",
            ),
            Transition(
                "close",
                ("open",),
                "closed",
                rules.hosts_challenge,
                _("Close now"),
                effect=effects_hosting.close_challenge,
                hurts=True,
            ),
            Transition(
                "finish",
                ("closed",),
                "finished",
                rules.hosts_challenge,
                _("Declare the result"),
                guard=rules_hosting.winners_settled,
                effect=effects_hosting.finish_challenge,
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
