"""What can be wrong with what is sent for teams, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "team_too_many_skills": _("Name at most %(limit)s skills."),
    "team_skill_unknown": _("The catalogue has no skill “%(value)s”."),
    "team_skill_twice": _("The skill “%(value)s” stands there twice."),
    "team_skill_level": _("Choose one of the four levels for each skill."),
    "team_sizes": _("Give a size from 1 to %(limit)s, the smallest first."),
    "team_target": _("Choose one of the listed answers."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
