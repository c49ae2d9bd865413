"""Transition tables of applications, offers and appeals. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, register, tags
from dure.talent.applications import effects, rules

UNDECIDED = ("submitted", "in_review", "interview")

APPLICATION = register(
    Workflow(
        entity="application",
        label=_("Application"),
        states=(
            State("submitted", _("Handed in"), tags("open", "waiting_on:manager")),
            State("in_review", _("In review"), tags("running", "waiting_on:manager")),
            State("interview", _("Interview"), tags("running", "waiting_on:manager")),
            State("waitlisted", _("On the waiting list"), tags("running", "waiting_on:seat")),
            State("offered", _("Offered"), tags("running", "waiting_on:applicant")),
            State("accepted", _("Seat accepted"), tags("open")),
            State("declined_by_person", _("Offer declined"), tags("done")),
            State("expired", _("Offer ran out"), tags("done")),
            State("rejected", _("Not taken"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition("review", ("submitted",), "in_review", rules.may_decide, _("Take into review")),
            Transition(
                "invite",
                ("submitted", "in_review"),
                "interview",
                rules.may_decide,
                _("Invite to an interview"),
                guard=rules.has_free_slot,
                effect=effects.invite,
            ),
            Transition(
                "offer",
                ("in_review", "interview"),
                "offered",
                rules.may_decide,
                _("Offer a seat"),
                guard=rules.may_offer_now,
                effect=effects.offer,
            ),
            Transition(
                "waitlist",
                ("in_review", "interview"),
                "waitlisted",
                rules.may_decide,
                _("Put on the waiting list"),
                guard=rules.may_waitlist,
                effect=effects.waitlist,
            ),
            Transition(
                "reject",
                (*UNDECIDED, "waitlisted"),
                "rejected",
                rules.may_decide,
                _("Do not take"),
                guard=rules.has_reason,
                effect=effects.reject,
                hurts=True,
            ),
            Transition(
                "promote",
                ("waitlisted",),
                "offered",
                by_clock,
                _("A seat came free"),
                guard=rules.has_free_seat,
                effect=effects.promote,
            ),
            Transition(
                "take_back",
                ("offered",),
                "in_review",
                rules.may_decide,
                _("Take the offer back"),
                guard=rules.has_reason,
                effect=effects.take_back,
                hurts=True,
            ),
            Transition(
                "accept",
                ("offered",),
                "accepted",
                rules.is_own,
                _("Accept the offer"),
                guard=rules.is_in_time,
                effect=effects.accept,
            ),
            Transition(
                "decline",
                ("offered",),
                "declined_by_person",
                rules.is_own,
                _("Decline the offer"),
                effect=effects.decline,
                hurts=True,
            ),
            Transition(
                "expire", ("offered",), "expired", by_clock, _("The offer ran out"), effect=effects.expire
            ),
            Transition(
                "withdraw",
                (*UNDECIDED, "waitlisted", "offered", "accepted"),
                "withdrawn",
                rules.is_own,
                _("Withdraw"),
                effect=effects.withdraw,
                hurts=True,
            ),
            Transition(
                "end",
                (*UNDECIDED, "waitlisted", "offered"),
                "rejected",
                by_clock,
                _("The opening is over"),
                effect=effects.end,
            ),
            Transition(
                "reconsider",
                ("rejected",),
                "in_review",
                by_clock,
                _("Back into review after an appeal"),
                effect=effects.reconsider,
            ),
        ),
    )
)

OFFER = register(
    Workflow(
        entity="offer",
        label=_("Offer"),
        states=(
            State("made", _("Waits for an answer"), tags("open", "waiting_on:applicant")),
            State("accepted", _("Offer accepted"), tags("done")),
            State("declined", _("Offer declined"), tags("done")),
            State("expired", _("Ran out"), tags("done")),
            State("withdrawn", _("Offer taken back"), tags("done", "bad")),
        ),
        transitions=(
            Transition("accept", ("made",), "accepted", by_clock, _("The applicant accepted")),
            Transition("decline", ("made",), "declined", by_clock, _("The applicant declined")),
            Transition("expire", ("made",), "expired", by_clock, _("It ran out")),
            Transition("withdraw", ("made",), "withdrawn", by_clock, _("It was taken back")),
        ),
    )
)
"""An offer follows its application, whose table says who may: so nobody moves one without the other."""

APPEAL = register(
    Workflow(
        entity="appeal",
        label=_("Appeal"),
        states=(
            State("filed", _("Filed"), tags("open", "waiting_on:reviewer")),
            State("in_review", _("In review"), tags("running", "waiting_on:reviewer")),
            State("upheld", _("Upheld"), tags("done")),
            State("dismissed", _("Dismissed"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "take",
                ("filed",),
                "in_review",
                rules.may_take_appeal,
                _("Look at it"),
                effect=effects.take_appeal,
            ),
            Transition(
                "uphold",
                ("in_review",),
                "upheld",
                rules.may_decide_appeal,
                _("Uphold: back into review"),
                guard=rules.has_words,
                effect=effects.uphold,
            ),
            Transition(
                "dismiss",
                ("in_review",),
                "dismissed",
                rules.may_decide_appeal,
                _("Dismiss"),
                guard=rules.has_words,
                effect=effects.dismiss,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("filed", "in_review"),
                "withdrawn",
                rules.is_own_appeal,
                _("Withdraw the appeal"),
                hurts=True,
            ),
        ),
    )
)
