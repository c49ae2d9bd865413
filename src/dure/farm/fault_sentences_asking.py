"""Sentences for what can be wrong with an asking, each said at its field."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "job_no_name": _("Give it a name, so that you know it again."),
    "job_too_long": _("Longer than %(limit)s characters."),
    "job_no_command": _("Say what runs: a program and its words, for example python train.py."),
    "job_command_too_long": _("A command has at most %(limit)s words, each of at most 4,096 characters."),
    "job_bad_word": _("A word of a command cannot hold a zero byte."),
    "job_unclosed": _("A quotation mark is opened and not closed."),
    "job_no_core": _("At least one core is needed."),
    "job_too_many_cores": _("No machine has more than %(limit)s cores."),
    "job_too_little_memory": _("At least %(limit)s MiB of memory is needed."),
    "job_too_much_memory": _("No machine has more than %(most)s GiB of memory."),
    "job_bad_time": _("A job runs for at least a second and at most %(limit)s days."),
    "job_bad_count": _("An array has between 1 and %(limit)s jobs."),
    "job_too_many_accelerators": _("No machine has more than %(limit)s of %(kind)s."),
    "job_bad_accelerators": _("Write accelerators as type=number, for example gpu:h100=1."),
    "job_no_machine_has_all": _("No single machine has all of this together; ask for less of one of them."),
    "job_too_many_variables": _("At most %(limit)s variables can be set."),
    "job_bad_variable": _(
        "“%(name)s” cannot be a variable's name: letters, digits and _, no digit first, and not beginning with DURE_."
    ),
    "job_bad_value": _("The value of %(name)s is longer than %(limit)s characters, or holds a zero byte."),
    "job_unknown_packages": _("There is no set of Python packages named “%(name)s”."),
    "job_too_many_files": _("At most %(limit)s files come along; put them into one zip."),
    "job_files_too_large": _("The files may have %(limit)s together."),
    "job_file_twice": _("Two files are named %(name)s."),
    "job_bad_file_name": _("“%(name)s” cannot be a file's name inside."),
    "job_files_lost": _("The files you had chosen are gone; choose them again."),
    "job_not_twice": _(
        "It had begun when we lost hold of it through our own fault, and it must not run twice. Ask for it anew."
    ),
    "job_input_lost": _(
        "A file that it reads is lost in our store, through our own fault. Hand it in anew; an operator can look for the old one."
    ),
    "job_no_organisation": _("Choose on whose account it runs."),
}
IN_BYTES: Final = frozenset({"job_files_too_large"})
