"""Why a level is what it is, in words: the engine's own terms, said."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.engines import evidence as engine
from dure.foundation import clock
from dure.learn import api as learn
from dure.people import api as people
from dure.talent.profiles.cards import FIELDS

MUCH: Final = 0.5
"""Of a level, from which a fact is said to raise it much; below `LITTLE` it is said to raise it a little."""
LITTLE: Final = 0.1
PURPOSES: Final[Mapping[str, str | Promise]] = {
    "be_found": gettext_lazy("to suggest openings"),
    "teams": gettext_lazy("to propose teams"),
    "application": gettext_lazy("for an application of yours"),
}
"""What somebody looked for, as the access log says it."""
REASONS: Final[Mapping[str, str | Promise]] = {
    "asked": gettext_lazy("You asked for it."),
    "clock": gettext_lazy("The day until which it was kept had passed."),
    "account": gettext_lazy("The account was deleted."),
}

DELETED: Final[Mapping[str, str | Promise]] = {
    "profile": gettext_lazy("What I look for"),
    "evidence": gettext_lazy("Evidence"),
    "skills": gettext_lazy("Levels of skills"),
    "endorsements": gettext_lazy("Endorsements"),
    "consent": gettext_lazy("Consents"),
    "looks": gettext_lazy("Entries of who looked"),
    "suggested": gettext_lazy("Suggested openings"),
    "invitations": gettext_lazy("Invitations to apply"),
    "team_seats": gettext_lazy("Requests to join a team"),
}
"""The tables of a receipt."""


def level(posterior: engine.Posterior) -> str:
    """The level that is shown, with its name."""
    shown = engine.shown_level(posterior)
    if not shown:
        return _("No level shown yet")
    return _("Level %(level)s: %(words)s") % {"level": shown, "words": people.LEVEL_NAMES[shown]}


def sureness(posterior: engine.Posterior, level: int) -> str:
    """How probable it is that a level is reached, to the nearest twentieth."""
    share = 5 * round(20 * engine.probability(posterior, level))
    return _("Level %(level)s or higher with a probability of %(share)s in a hundred") % {
        "level": level,
        "share": min(max(share, 1), 99),
    }


def weight(term: engine.Term) -> str:
    """What one fact has to do with the level."""
    if term.says is engine.Says.COVERED:
        return _("Says what stronger facts of the same origin say already, so it adds nothing.")
    if term.says is engine.Says.CONFIRMS:
        return _("Makes the level surer and does not move it.")
    if term.moved >= MUCH:
        return _("Raises the level much.")
    return _("Raises the level.") if term.moved >= LITTLE else _("Raises the level a little.")


def limits(row: Any) -> list[str]:
    """Why a fact weighs less than one might think."""
    most = engine.NOISE[engine.Kind(row.kind)].most
    years = (clock.now() - row.at).days // 365
    said = []
    if row.level > most:
        said.append(_("Facts of this kind show level %(level)s at most.") % {"level": most})
    if years >= 1:
        said.append(_("It weighs less with each year."))
    return said


def detail(row: Any, verifier: Any = None) -> str:
    """The figures of a fact in a sentence."""
    if row.kind == "endorsement":
        return _("endorsed by %(person)s") % {"person": verifier.name} if verifier else ""
    return learn.fact_detail(row.kind, row.figures)


def raises(posterior: engine.Posterior) -> str:
    """What would raise a level, by the highest that each kind of fact can show."""
    shown = engine.shown_level(posterior)
    if shown < 1:
        return _("A graded lab or a challenge result shows level 1 or 2.")
    if shown < 2:
        return _("A lab, a challenge result or a role in a project at level 2 raises it.")
    if shown < 3:
        return _(
            "A credential, a result that the host ran again, a case or a recognised certificate raises it to level 3."
        )
    return _("Level 4 takes endorsements at that level by two people.") if shown < 4 else ""


def looked_at(entry: Any) -> str:
    """What somebody saw, in words; an entry of another floor says it itself."""
    names = entry.what.split(",")
    if not set(names) <= FIELDS.keys():
        return str(entry.what)
    return ", ".join(str(FIELDS[name]) for name in names)


def purpose(code: str) -> str:
    return str(PURPOSES.get(code, code))
