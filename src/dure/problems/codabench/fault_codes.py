"""Every fault and warning a reader gives, as an English sentence with named values. The app translates and fills them."""

from typing import Final

from dure.engines import bounded_yaml
from dure.engines.faults import Fault, gettext_noop

FAULTS: Final[dict[str, str]] = {
    "archive_broken": gettext_noop("This is not a zip archive, or it is damaged."),
    "archive_decoded_too_large": gettext_noop(
        "The archive holds more than %(limit)s bytes when it is unpacked."
    ),
    "archive_overlap": gettext_noop("Entries of the archive lie on top of each other, as in a zip bomb."),
    "archive_too_large": gettext_noop("The archive is larger than %(limit)s bytes."),
    "archive_too_many_entries": gettext_noop("The archive has more than %(limit)s entries."),
    "choice_unknown": gettext_noop("“%(value)s” is not one of: %(choices)s."),
    "column_board_unknown": gettext_noop("The column names the leaderboard “%(label)s”, which is not there."),
    "column_index_twice": gettext_noop("Two columns have the index %(index)s."),
    "column_key_twice": gettext_noop("Two columns have the key “%(key)s”."),
    "columns_missing": gettext_noop("A leaderboard needs at least one column."),
    "computation_index_unknown": gettext_noop("The computation uses column %(index)s, which is not there."),
    "computation_indexes_missing": gettext_noop("The computation does not say which columns it uses."),
    "computation_indexes_wrong": gettext_noop("The columns of a computation must be whole numbers."),
    "computation_of_itself": gettext_noop("Column %(index)s is computed from itself."),
    "date_invalid": gettext_noop("“%(value)s” is not a date. Write year-month-day, or month-day-year."),
    "entry_compression_unknown": gettext_noop(
        "“%(name)s” is packed in a way that is not read here. Use the usual zip compression."
    ),
    "entry_damaged": gettext_noop("“%(name)s” is damaged in the archive."),
    "entry_encrypted": gettext_noop("“%(name)s” is encrypted. Pack the archive without a password."),
    "entry_file_and_folder": gettext_noop("“%(name)s” is both a file and a folder."),
    "entry_name_too_long": gettext_noop("The name “%(name)s” has more than %(limit)s characters."),
    "entry_path_unsafe": gettext_noop("The entry “%(name)s” points out of the archive."),
    "entry_ratio": gettext_noop(
        "“%(name)s” shrinks more than %(limit)s times, as in a zip bomb. Pack it without compression."
    ),
    "entry_special": gettext_noop("“%(name)s” is neither a file nor a folder."),
    "entry_symlink": gettext_noop("“%(name)s” is a symbolic link. Pack the file itself."),
    "entry_too_large": gettext_noop("“%(name)s” is larger than %(limit)s bytes when it is unpacked."),
    "key_elsewhere": gettext_noop(
        "There is no data set %(key)s here. Put its files into a zip beside task.yaml and name that by “zip”."
    ),
    "list_too_long": gettext_noop("There are %(length)s items here; at most %(limit)s are allowed."),
    "manifest_ambiguous": gettext_noop(
        "%(count)s folders have a %(name)s. Pack one competition or one task in one archive."
    ),
    "manifest_missing": gettext_noop("%(name)s is not at the top of the archive, nor in its one folder."),
    "member_changed": gettext_noop("“%(member)s” is no longer what it was when the bundle was read."),
    "number_out_of_range": gettext_noop("The number must lie between %(lowest)s and %(highest)s."),
    "page_empty": gettext_noop("The page “%(path)s” is empty."),
    "page_not_a_file": gettext_noop("“%(path)s” must be a single text file."),
    "phase_end_before_start": gettext_noop("The phase ends before it starts."),
    "phase_end_missing": gettext_noop("Only the last phase may be without an end."),
    "phase_overlap": gettext_noop("The phase must start after the phase “%(previous)s” has ended."),
    "primary_unknown": gettext_noop("The primary column %(index)s is not there."),
    "question_key_twice": gettext_noop("Two questions of the fact sheet have the key “%(key)s”."),
    "reference_to_manifest": gettext_noop(
        "“%(path)s” describes what lies beside it and cannot be used as a file of it."
    ),
    "reference_unsafe": gettext_noop("The path “%(path)s” leads out of the archive."),
    "required_missing": gettext_noop("This is required and missing."),
    "task_index_twice": gettext_noop("Two tasks have the index %(index)s."),
    "task_unknown": gettext_noop("There is no task %(index)s."),
    "terms_not_a_file": gettext_noop("The terms “%(path)s” are not a text file in the archive."),
    "text_too_large": gettext_noop("The text is larger than %(limit)s bytes."),
    "text_too_long": gettext_noop("The text has %(length)s characters; at most %(limit)s are allowed."),
    "text_undecodable": gettext_noop("The text is not in UTF-8."),
    "text_unstorable": gettext_noop("The text holds characters that cannot be stored."),
    "type_wrong": gettext_noop("A value of the kind “%(expected)s” is wanted here, not “%(found)s”."),
    "version_unknown": gettext_noop("Version “%(version)s” of the format is not known."),
    "yaml_not_mapping": gettext_noop("The YAML must be a mapping of keys to values."),
    "yaml_too_large": gettext_noop("The YAML is larger than %(limit)s bytes."),
    "zip_missing": gettext_noop("“%(path)s” is named here and not in the archive. Add it, or mend the name."),
    "zip_or_key_missing": gettext_noop("This names no file. Write “zip” and the name of a zip beside it."),
    "zip_wanted": gettext_noop("“%(path)s” is not a zip. Pack the files into one whose name ends in .zip."),
}

WARNINGS: Final[dict[str, str]] = {
    "answers_public": gettext_noop(
        "%(count)s files of the hidden answers also lie in what participants download, such as “%(path)s”."
    ),
    "board_key_singular": gettext_noop("“leaderboard” was read as “leaderboards”."),
    "boards_after_first": gettext_noop(
        "Only the first leaderboard is used for all phases; %(count)s more are kept unused."
    ),
    "command_legacy_words": gettext_noop(
        "The command uses words of version 1, which were replaced by folders: %(command)s"
    ),
    "command_quote_open": gettext_noop("The command has a quote that is not closed: %(command)s"),
    "command_shell_signs": gettext_noop(
        "No shell runs the command, so its shell signs are plain text: %(command)s"
    ),
    "command_word_unknown": gettext_noop("The command has a $ word that is not known: %(command)s"),
    "computation_indexes_text": gettext_noop("The columns of the computation were written as text."),
    "data_plain_file": gettext_noop("“%(path)s” is neither a zip nor a folder; it was taken as one file."),
    "date_month_first": gettext_noop("“%(value)s” was read as month-day-year."),
    "date_time_kept": gettext_noop("The time of day was kept; Codabench itself would cut it off."),
    "date_zone_assumed": gettext_noop("The date names no time zone; UTC was taken."),
    "entry_duplicate": gettext_noop("“%(name)s” is in the archive %(count)s times; the last one was taken."),
    "entry_name_recoded": gettext_noop("File names were read as %(encoding)s."),
    "folder_and_zip": gettext_noop(
        "“%(path)s” is there both as a folder and as a zip; the one that is named was taken."
    ),
    "image_missing": gettext_noop("There is no picture."),
    "junk_skipped": gettext_noop("%(count)s entries that desktops leave behind were skipped."),
    "key_ignored": gettext_noop("This has no meaning here and was left out."),
    "key_unknown": gettext_noop("This key is not known and was left out."),
    "metadata_not_yaml": gettext_noop("The metadata of the program is not YAML; only its command was read."),
    "page_html": gettext_noop("“%(path)s” is HTML. It is cleaned before it is shown."),
    "page_raw_html": gettext_noop("“%(path)s” has HTML in it. It is cleaned before it is shown."),
    "parallel_parent_missing": gettext_noop(
        "Parallel phase %(number)s is not there; one was made of its parts."
    ),
    "parallel_phases_joined": gettext_noop("%(count)s parallel phases became tasks of one phase."),
    "phase_end_close": gettext_noop(
        "The phase ends one second before the next, as there is less than a day."
    ),
    "phase_index_twice": gettext_noop(
        "Two phases have the index %(index)s; they stay in the order they are written."
    ),
    "precision_cut": gettext_noop("At most %(highest)s digits are shown."),
    "precision_unreadable": gettext_noop("“%(value)s” is not a number of digits; two are shown."),
    "program_in_folder": gettext_noop("The metadata of the program lies one folder deep: %(path)s"),
    "program_without_command": gettext_noop("“%(path)s” names no command, so the program cannot be started."),
    "program_without_metadata": gettext_noop("“%(path)s” has no metadata, so the program cannot be started."),
    "queue_ignored": gettext_noop("The worker queue belongs to another server and was left out."),
    "reference_elsewhere": gettext_noop(
        "%(key)s is a data set on another server and cannot be brought along. Add the file by hand."
    ),
    "reference_missing": gettext_noop("“%(path)s” is not in the archive. Add the file by hand."),
    "task_elsewhere": gettext_noop("Task %(key)s is on another server and cannot be brought along."),
    "text_recoded": gettext_noop("The text was read as %(encoding)s."),
    "type_converted": gettext_noop("“%(value)s” was taken as the kind of value wanted here."),
    "version_guessed": gettext_noop("No version is given; by its keys this is version 2."),
    "version_old": gettext_noop("This is version %(version)s of the format; it was read as version 2."),
    "wrapper_folder": gettext_noop("Everything lies in the folder “%(folder)s”; it was taken as the top."),
    "yaml_key_twice": gettext_noop("The key “%(key)s” is there twice; the last one was taken."),
}

SENTENCES: Final[dict[str, str]] = {**FAULTS, **WARNINGS, **bounded_yaml.SENTENCES}


def sentence(fault: Fault) -> str:
    """The English sentence of a fault with its values filled in. KeyError for a code of another reader."""
    return SENTENCES[fault.code] % fault.params
