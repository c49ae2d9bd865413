"""What can be wrong with what is sent for events, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "meeting_in_no_language": _("Write it in Korean or in English."),
    "meeting_nowhere": _("Say where it is: a place, or a link, or both."),
    "meeting_link": _("A link begins with https://."),
    "meeting_times": _("It ends after it begins, and within %(limit)s days."),
    "meeting_year": _("This is not a year in which an event of ours can be."),
    "meeting_window": _("Registration ends after it opens."),
    "meeting_window_late": _("Registration ends before the event does."),
    "meeting_seats": _("Between 1 and %(limit)s seats; leave it empty for no limit."),
    "meeting_no_circle": _("Choose the circle that sees it."),
    "meeting_organiser_unknown": _("Nobody has an account with the address “%(value)s”."),
    "meeting_session_times": _("It ends after it begins."),
    "meeting_session_outside": _("It lies within the time of the event."),
    "meeting_programme_longer": _(
        "The programme would not fit: “%(part)s” ends later. Make the event longer, or take that part out."
    ),
    "meeting_sessions_many": _("A programme has at most %(limit)s parts."),
    "meeting_speaker_one": _("Give either the mail address of an account, or the name of a guest."),
    "meeting_speaker_consent": _("Say how the guest agreed to be named here, and when."),
    "meeting_speaker_unknown": _("You see nobody with this mail address. Enter the name as that of a guest."),
    "meeting_speaker_twice": _("This person speaks in it already."),
    "meeting_speakers_many": _("A part of the programme has at most %(limit)s speakers."),
    "meeting_material_one": _("Choose a file, or write a link; not both."),
    "meeting_material_large": _("The file is larger than %(limit)s."),
    "meeting_materials_many": _("An event has at most %(limit)s materials."),
    "meeting_code_unknown": _("Nobody has this code."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES, in_bytes=("meeting_material_large",))
