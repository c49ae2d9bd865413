"""Transition tables of partners' courses, places in them, and foreign certificates. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.learn.partners import effects, rules

PARTNER_COURSE = register(
    Workflow(
        entity="partner_course",
        label=_("Partner's course"),
        states=(
            State("draft", _("In preparation"), tags("waiting_on:manager")),
            State("listed", _("Listed"), tags("open")),
            State("closed", _("No longer listed"), tags("done")),
        ),
        transitions=(
            Transition(
                "list", ("draft", "closed"), "listed", rules.may_manage, _("List it"), guard=rules.has_skills
            ),
            Transition("close", ("listed",), "closed", rules.may_manage, _("Take no one more"), hurts=True),
        ),
    )
)

PARTNER_PLACE = register(
    Workflow(
        entity="partner_place",
        label=_("Place in a partner's course"),
        states=(
            State("asked", _("Asked for"), tags("waiting_on:manager")),
            State("given", _("Has a seat"), tags("open")),
            State("declined", _("Not given"), tags("done")),
            State("withdrawn", _("Withdrew"), tags("done")),
        ),
        transitions=(
            Transition(
                "give",
                ("asked",),
                "given",
                rules.may_manage_place,
                _("Give a seat"),
                guard=rules.has_seat,
                effect=effects.give_seat,
            ),
            Transition(
                "decline",
                ("asked",),
                "declined",
                rules.may_manage_place,
                _("Decline"),
                guard=has_reason,
                effect=effects.decline_seat,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("asked", "given"),
                "withdrawn",
                rules.is_own,
                _("Withdraw"),
                effect=effects.leave_seat,
                hurts=True,
            ),
            Transition(
                "ask_again",
                ("withdrawn", "declined"),
                "asked",
                rules.is_own,
                _("Ask again"),
                guard=rules.may_ask_again,
                effect=effects.ask_again,
            ),
        ),
    )
)

RECOGNITION = register(
    Workflow(
        entity="recognition",
        label=_("Foreign certificate"),
        states=(
            State("handed_in", _("Waits for a reviewer"), tags("waiting_on:reviewer")),
            State("verified", _("Recognised by its signature"), tags("open")),
            State("accepted", _("Recognised by a reviewer"), tags("open")),
            State("declined", _("Not recognised"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "verify",
                ("handed_in",),
                "verified",
                by_clock,
                _("Its signature was verified"),
                effect=effects.recognise,
            ),
            Transition(
                "accept",
                ("handed_in",),
                "accepted",
                rules.may_review,
                _("Recognise"),
                guard=has_reason,
                effect=effects.recognise,
            ),
            Transition(
                "decline",
                ("handed_in",),
                "declined",
                rules.may_review,
                _("Do not recognise"),
                guard=has_reason,
                effect=effects.refuse,
                hurts=True,
            ),
            Transition(
                "take_back",
                ("verified", "accepted"),
                "declined",
                rules.may_take_back,
                _("Take the recognition back"),
                guard=has_reason,
                effect=effects.refuse,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("handed_in", "verified", "accepted"),
                "withdrawn",
                rules.is_own,
                _("Withdraw"),
                effect=effects.withdraw,
                hurts=True,
            ),
        ),
    )
)
