"""The sentences of what the sandbox finds in archives and in what programs leave behind."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES: Final = {
    "unknown_archive": _("This is neither a zip nor a tar archive."),
    "broken_archive": _("The archive is broken; pack it anew."),
    "encrypted": _("The archive is encrypted; pack it without a password."),
    "unknown_compression": _("The archive is packed in a way that is not read here; use an ordinary zip."),
    "not_a_file": _("Only plain files and folders are taken: no links, sockets or devices."),
    "second_name": _("A file has a second name (a hard link); only plain files are taken."),
    "unreadable": _("This cannot be read."),
    "bad_name": _("A name like this is not taken; use short, plain names without .. or backslashes."),
    "twice": _("The archive holds this name twice."),
    "too_deep": _("The folders are nested too deeply."),
    "too_many_entries": _("There are too many files."),
    "too_many_bytes": _("There is more data than allowed."),
    "lab_home_full": _(
        "The lab's home holds more than it may. Open the lab and delete what you do not need."
    ),
    "lab_disk_full": _(
        "The lab was ended because the disk that all labs share is almost full. Your files stay; tell the operator."
    ),
    "judge_ended": _(
        "The tests that grade this ended without a result. That is no fault of what was graded."
    ),
    "judge_too_slow": _("The tests that grade this took too long. That is no fault of what was graded."),
    "judge_said_too_much": _(
        "The tests that grade this said more than can be kept. That is no fault of what was graded."
    ),
    "judge_unreadable": _(
        "The tests that grade this gave a result that cannot be read. That is no fault of what was graded."
    ),
    "judge_files_broken": _(
        "The files of the tests that grade this cannot be unpacked. That is no fault of what was graded."
    ),
    "packed_too_well": _("The archive unpacks to far more than its size; nobody honest makes one like this."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES)
