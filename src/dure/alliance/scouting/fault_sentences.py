"""What can be wrong with what is sent while scouting, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "scouted_no_name": _("Name it in Korean or in English."),
    "scouted_country": _("“%(value)s” is no country. Give its two letters, such as KR or CA."),
    "scouted_no_field": _("Name at least one field."),
    "scouted_no_stage": _("Say how far it is."),
    "scouted_stage": _("“%(value)s” is no stage."),
    "scouted_reach": _("“%(value)s” does not say who reads it."),
    "scouted_founded": _("Give the year in which it was founded, not a later one than this."),
    "scouted_site": _("Give the whole address, beginning with https://."),
    "scouted_already": _("Your side has written down a startup of this name and country already."),
    "scouted_too_long": _("This is too long; at most %(limit)s characters."),
    "scouting_stranger": _("Nobody of your side has the address “%(value)s”."),
    "scouting_ahead": _("This day lies ahead; write down a meeting once it was held."),
    "scouting_nothing_said": _("Write down what was said."),
    "scouting_heading_unknown": _("“%(value)s” is no column of this list."),
    "scouting_heading_twice": _("This column stands there twice."),
    "scouting_heading_missing": _("The column “%(value)s” is missing."),
    "scouting_row_twice": _("This startup stands in line %(line)s already."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
