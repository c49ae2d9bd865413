"""Talent's half of the small alliance: what everybody may see of it, and beside it what only some may know of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.talent.models import ApplyInvitation, ConsentGrant, DeletionReceipt, Endorsement, Evidence
from tests.factories import openings, talent
from tests.web import world_applications as applications
from tests.web import world_audits, world_intakes, world_rounds, world_teams

Values = dict[tuple[str, str], Any]


def shown(world: Any) -> Values:
    """An opening of the firm that takes applications, and what the team shows and ranks, in which no word is hidden."""
    made = openings.opening(world.firm, must={"data-leakage": 2})
    own = _evidence(world.people["team"], world.people["host"], lambda _name: "Shown")
    applied = applications.shown(world, made)
    ranked = world_rounds.shown(world.firm, world.people["team"])
    names = {
        ("openings", "uid"): made.uid,
        ("openings/verified", "uid"): world.firm.uid,
        ("me/talent/skills", "slug"): talent.SKILL,
    }
    invited = _invitation(made, world.people["team"])
    audited = world_audits.reported(world.firm)
    placed = world_intakes.shown(world) | world_teams.shown(world)
    return {**names, **own, **applied, **ranked, **invited, **audited, **placed}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """An opening of the firm that is in preparation, and the owner's evidence; hidden words are named in `MAY_READ`."""
    words: dict[str, Any] = {
        f"{name}_{code}": text("opening") for name in ("title", "text") for code in ("ko", "en")
    }
    made = openings.opening(world.firm, is_open=False, **words)
    own = _evidence(world.owner, world.people["host"], text)
    said = {"title": text("round"), "words": text("rankingwords"), "appeal": text("roundappeal")}
    ranked = world_rounds.hidden(world.firm, world.owner, **said)
    applied = applications.hide(world, made, text)
    invited = _invitation(made, world.owner)
    kept = openings.uploaded(world.firm, by=world.owner, filename=f"{text('openingfile')}.csv")
    files = {("openings/import", "uid"): kept.uid, ("openings/imports", "uid"): kept.uid}
    audited = world_audits.reported(world.firm, title=text("audited"))
    placed = world_intakes.hide(world, text) | world_teams.hide(world, text)
    others = {**ranked, **invited, **audited, **placed}
    return {("openings", "uid"): made.uid, **files, **own, **applied, **others}


def _invitation(opening: Any, person: Any) -> Values:
    """Somebody was invited to apply; what the organisation calls them stands for nobody here."""
    made = ApplyInvitation.objects.create(opening=opening, person=person, key="k")
    return {("apply-invitations", "uid"): made.uid}


def _evidence(person: Any, verifier: Any, text: Callable[[str], str]) -> Values:
    """A fact, a claim, a contested fact and a request to endorse."""
    row = talent.fact(person, kind="role", title_ko=text("evidence"), title_en=text("evidence"))
    claim = talent.fact(person, kind="claim", skill="calibration")
    contested = talent.fact(person, kind="role", title_ko=text("contested"), title_en=text("contested"))
    Evidence.objects.filter(pk=contested.pk).update(state="contested", reason=text("contested"))
    asked = Endorsement.objects.create(
        person=person, verifier=verifier, skill=talent.SKILL, level=1, what=text("endorsed")
    )
    until = clock.today() + timedelta(days=9)
    yes = {"person": person, "fields": ["skills"], "expires_on": until}
    grant = ConsentGrant.objects.create(purpose="be_found", **yes)
    ConsentGrant.objects.create(purpose="teams", **yes)
    receipt = DeletionReceipt.objects.create(person=person, why=text("receipt")[:40], sha256="0" * 64)
    return {
        ("me/talent/consent", "uid"): grant.uid,
        ("me/talent/receipts", "uid"): receipt.uid,
        ("me/talent/evidence", "uid"): row.uid,
        ("me/talent/claims", "uid"): claim.uid,
        ("me/talent/endorsements", "uid"): asked.uid,
        ("talent/contested", "uid"): contested.uid,
    }


MAY_READ: dict[str, set[str]] = {
    "opening": {"owner", "secretariat", "auditor", "team"},  # the team applied there
    "openingfile": {"owner", "secretariat"},
    "evidence": {"owner"},
    "contested": {"owner", "secretariat"},
    "endorsed": {"owner", "host"},
    **applications.MAY_READ,
    **world_audits.MAY_READ,
    "receipt": {"owner"},
    **world_rounds.MAY_READ,
    **world_intakes.MAY_READ,
    **world_teams.MAY_READ,
}
"""Which role may read which hidden word of talent."""
