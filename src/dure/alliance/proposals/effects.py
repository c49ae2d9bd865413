"""What else happens when a proposal moves."""

import hashlib
import json
from typing import Any

from django.db.models import Max

from dure.alliance.proposals import telling
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change

WORDS = ("track", "title_ko", "title_en", "summary_ko", "summary_en", "text_ko", "text_en")


def submit(change: Change) -> None:
    """It gets its number and is frozen word for word; who takes part is told."""
    proposal: Any = change.obj
    if proposal.number is None:
        last = proposal.call.proposals.aggregate(last=Max("number"))["last"]
        proposal.number = (last or 0) + 1
    proposal.submitted_at = clock.now()
    freeze(proposal, by=change.by)
    telling.tell_inside(telling.SUBMITTED, proposal)


def freeze(proposal: Any, *, by: Any) -> None:
    """One more revision, with the hash of what it says."""
    content = content_of(proposal)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    proposal.revision += 1
    proposal.revisions.create(
        number=proposal.revision,
        content=content,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        submitted_by_id=by.pk,
    )


def content_of(proposal: Any) -> dict[str, Any]:
    """What it says, with who takes part as it is written now."""
    partners = [
        {"organisation": one.organisation.slug, "budget": one.budget, "brings": one.brings}
        for one in proposal.all_partners
        if one.answer == "confirmed"
    ]
    named = [str(uid) for uid in proposal.people.order_by("pk").values_list("person__uid", flat=True)]
    lead = str(proposal.lead.uid) if proposal.lead else ""
    return {name: getattr(proposal, name) for name in WORDS} | {
        "partners": partners,
        "people": named,
        "lead": lead,
    }


def revert(change: Change) -> None:
    """Its own people's alone again; the revision that was frozen stays."""
    proposal: Any = change.obj
    proposal.submitted_at = None


def screened(change: Change) -> None:
    proposal: Any = change.obj
    proposal.reason = change.data.get("reason") or ""
    telling.tell_inside(telling.SCREENED, proposal)


def ask(change: Change) -> None:
    proposal: Any = change.obj
    proposal.question, proposal.answer_by = change.data["question"], change.data["until"]
    telling.tell_inside(telling.ASKED, proposal)


def resubmit(change: Change) -> None:
    """The question stays readable; the answer is the next revision."""
    proposal: Any = change.obj
    proposal.answer_by = None
    freeze(proposal, by=change.by)
    telling.tell_secretariat(telling.ANSWERED, proposal)


def end_reviews(proposal: Any) -> None:
    """Whoever still reviews it need not any more; in the same transaction."""
    for one in proposal.reviews.filter(state__in=("invited", "accepted")).order_by("pk"):
        workflow.perform(one, "cancel", by=SYSTEM)


def lapse(change: Change) -> None:
    proposal: Any = change.obj
    end_reviews(proposal)
    telling.tell_inside(telling.LAPSED, proposal)


def discuss(change: Change) -> None:
    """Reviews that have not come are not waited for."""
    end_reviews(change.obj)


def told(change: Change) -> None:
    """Its people learn what was decided; the message stands on its page."""
    telling.tell_inside(telling.DECIDED, change.obj)


def accept(change: Change) -> None:
    """From the discussion with all others, or from the waiting list when money is free."""
    proposal: Any = change.obj
    proposal.verdict = "accept"
    telling.tell_inside(telling.DECIDED, proposal)


def award(change: Change) -> None:
    """It becomes a project, and each knows of the other."""
    from dure.alliance.proposals.awarding import project_of  # noqa: PLC0415 - it writes models, which name this module

    proposal: Any = change.obj
    proposal.project = project_of(proposal, by=change.by)
    telling.tell_inside(telling.AWARDED, proposal)


def withdraw(change: Change) -> None:
    """What was to be its money goes to the waiting list."""
    from dure.alliance.calls.deciding import move_up  # noqa: PLC0415 - same

    proposal: Any = change.obj
    proposal.reason = change.data.get("reason") or ""
    end_reviews(proposal)
    if proposal.state == "accepted":
        move_up(proposal.call, but=proposal)
    if proposal.submitted_at is not None:
        telling.tell_secretariat(telling.WITHDRAWN, proposal)


def call_cancelled(change: Change) -> None:
    """Its lead was told with the call; whoever reviews it is told now."""
    proposal: Any = change.obj
    end_reviews(proposal)
    proposal.reason = change.data.get("reason") or ""
