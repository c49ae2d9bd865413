"""The sentences of what can be wrong with an opening."""

from typing import Final

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.engines import hiring, openings
from dure.foundation.faults import register_sentences
from dure.talent.openings import readiness

SENTENCES: Final = {
    "opening_pay_upside_down": _("The highest pay is below the lowest."),
    "opening_too_many_steps": _("Name at most %(limit)s steps of the selection."),
    "opening_empty_step": _("A step has no words. Write it in Korean or English, or remove it."),
    "opening_long_step": _("A step is longer than %(limit)s characters. Say more of it in the text."),
    "opening_other_organisation": _("The file is for “%(expected)s”, and this row names “%(value)s”."),
    "opening_too_many_rows": _("There are more than %(limit)s rows. Divide the file."),
    "opening_pay_whole": _("Pay stands here in whole units of its currency."),
    "opening_field_unknown": _("An opening has no field with the name “%(value)s”."),
    "opening_skill_level": _("Choose one of the four levels for each skill."),
    "opening_too_many_skills": _(
        "Ask for at most %(limit)s skills: those without which the work cannot be done, and few beside them."
    ),
}
LACKS: Final = (
    readiness.NOT_VERIFIED,
    readiness.NO_TITLE,
    readiness.NO_TEXT,
    readiness.UNFILLED,
    readiness.NO_PLACE,
    readiness.NO_STEPS,
    readiness.TOO_LATE,
    readiness.FORBIDDEN,
)


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    for table in (openings.FAULTS, hiring.FAULTS):
        register_sentences({code: gettext_lazy(sentence) for code, sentence in table.items()})
    register_sentences(SENTENCES)
    register_sentences({one.reason: one.message for one in LACKS})
