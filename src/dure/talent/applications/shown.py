"""What the page of one application shows to each side."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest

from dure.foundation import acting, workflow
from dure.foundation.access import Refused
from dure.foundation.pages import page_of, person_of
from dure.talent.applications import cards, forms, periods, queries, reviewing, rules, seats, standing
from dure.talent.models import Appeal, Application

OWN: Final = ("accept", "decline", "withdraw")
"""Moves of who applied; the organisation makes the others."""


def shown(request: HttpRequest, application: Application, taken: acting.Taken | None) -> dict[str, Any]:
    """What both sides read, and what each may do."""
    person = person_of(request)
    is_own = application.person_id == person.pk
    slot = queries.slot_of(application)
    offer = application.offers.first()
    offers = _offers(request, application, is_own=is_own)
    common = {
        "application": application,
        "opening": application.opening,
        "is_own": is_own,
        "slot": slot,
        "offer": offer,
        "next": standing.next_of(application, slot, offer),
        "reason": standing.reason_of(application),
        "timeline": standing.timeline(application),
        "place_on_list": seats.place_on_list(application),
        "card": cards.card_of(application),
        "offers": offers,
        "forms": acting.forms_for(application, offers, forms.APPLICATION_FORMS, taken),
        "messages_page": page_of(request, queries.messages_of(application)),
        "may_write": rules.may_write(person, application),
        "message_form": forms.MessageForm(),
        "appeals": [_appeal(request, one, taken) for one in queries.appeals_of(application)],
    }
    return common | (_own(request, application) if is_own else _theirs(request, application))


def _offers(request: HttpRequest, application: Application, *, is_own: bool) -> list[workflow.Offer]:
    """The moves of one side; a seat is offered, or the list chosen, only as the seats allow."""
    found = acting.offers_of(request, application, forms.APPLICATION_FORMS)
    mine = [one for one in found if (one.transition.action in OWN) == is_own]
    if is_own:
        return mine
    refused = _by_seats(application)
    return [_unless(one, refused.get(one.transition.action)) for one in mine]


def _by_seats(application: Application) -> dict[str, Refused]:
    is_free = seats.free_in(application.opening) > 0
    return {"waitlist": rules.SEAT_FREE} if is_free else {"offer": rules.NO_SEAT}


def _unless(offer: workflow.Offer, refused: Refused | None) -> workflow.Offer:
    return offer if refused is None or not offer.decision else workflow.Offer(offer.transition, refused)


def _appeal(
    request: HttpRequest, appeal: Appeal, taken: acting.Taken | None
) -> tuple[Appeal, Sequence[workflow.Offer], Any]:
    """With what this person may do about it; those of the other side are left out."""
    is_own = appeal.application.person_id == person_of(request).pk
    found = acting.offers_of(request, appeal, forms.APPEAL_FORMS)
    offers = [one for one in found if (one.transition.action == "withdraw") == is_own]
    return appeal, offers, acting.forms_for(appeal, offers, forms.APPEAL_FORMS, taken)


def _own(request: HttpRequest, application: Application) -> dict[str, Any]:
    """For who applied."""
    person = person_of(request)
    sharing = {"shared": application.shared, "is_named": application.named_at is not None}
    return {
        "free_slots": queries.free_slots(application)[:50] if application.state == "interview" else [],
        "may_share": rules.may_change_shared(person, application),
        "shared_form": forms.SharedForm(initial=sharing),
        "may_appeal": rules.may_appeal(person, application),
        "appeal_form": forms.AppealForm(),
        "appeal_days": periods.APPEAL.days,
    }


def _theirs(request: HttpRequest, application: Application) -> dict[str, Any]:
    """For the organisation, and for the secretariat that an appeal brought here."""
    person = person_of(request)
    own = reviewing.own_review(person, application)
    may_review = rules.may_review(person, application)
    return {
        "may_manage": bool(rules.may_manage(person, application.opening)),
        "may_review": may_review,
        "own_review": own,
        "review_form": forms.ReviewForm(opening=application.opening, own=own) if may_review else None,
        "reviews": [_with_words(one) for one in reviewing.readable(person, application)],
        "may_move": rules.may_move(person, application),
        "move_form": forms.MoveForm(),
    }


def _with_words(review: Any) -> tuple[Any, list[tuple[str, int, str]]]:
    """A review with its scores as (skill, score, words)."""
    named = cards.names_of(review.scores)
    return review, [(named[slug], one["score"], one["words"]) for slug, one in review.scores.items()]
