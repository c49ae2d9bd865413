"""What can be wrong with what people enter about organisations and themselves, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.engines import skills

SENTENCES: dict[str, str | Promise] = {
    **{code: _(sentence) for code, sentence in skills.FAULTS.items()},
    "name_missing": _("Give a name in at least one language."),
    "too_long": _("Longer than %(limit)s characters."),
    "unknown_type": _("“%(value)s” is no type of organisation; use one of: %(known)s."),
    "unknown_country": _("“%(value)s” is no country code (ISO 3166-1, two letters, for example KR)."),
    "bad_business_number": _("“%(value)s” is no business registration number: its check digit does not fit."),
    "bad_ror_id": _("“%(value)s” is no ROR id: its check digits do not fit."),
    "bad_website": _("“%(value)s” is no web address; it begins with https:// or http://."),
    "bad_slug": _("“%(value)s” cannot stand in an address; use small letters, digits and hyphens."),
    "taken": _("“%(value)s” belongs to another organisation: %(name)s."),
    "left_before_joined": _("It cannot leave before it has joined."),
    "bad_time_zone": _("“%(value)s” is no time zone, for example Asia/Seoul."),
    "unknown_choice": _("“%(value)s” is not one of: %(known)s."),
    "not_yours_to_change": _("Only the secretariat changes this."),
    "file_kind": _("This is neither a CSV file nor an XLSX workbook."),
    "file_too_large": _("The file is larger than %(limit)s MiB."),
    "archive_too_large": _("The workbook grows too large when opened; save it with less in it."),
    "workbook_broken": _("The workbook cannot be read; open it and save it anew as XLSX or CSV."),
    "encoding_unknown": _("The text is in no encoding we know; save it as UTF-8."),
    "nul_bytes": _("The file holds bytes that no text has; save it anew as UTF-8."),
    "empty_file": _("The file is empty."),
    "no_rows": _("There are no rows below the headings."),
    "too_many_rows": _("There are more than %(limit)s rows; split the file."),
    "too_many_columns": _("There are more than %(limit)s columns."),
    "cell_too_long": _("Longer than %(limit)s characters."),
    "ragged_row": _("This row has %(found)s cells; the headings have %(expected)s."),
    "quotes_broken": _("A quotation mark is opened and never closed, or stands in a wrong place."),
    "unknown_heading": _("No column has the heading “%(value)s”; take the headings of the template."),
    "heading_twice": _("This heading stands twice."),
    "organisation_heading_missing": _("There is no column for the organisation's name."),
    "organisation_missing": _("Name the organisation."),
    "bad_email": _("“%(value)s” is no e-mail address."),
    "email_missing": _("A person needs an e-mail address."),
    "account_deleted": _("The account with this address is closed."),
    "unknown_role": _("“%(value)s” is no role; use one of: %(known)s."),
    "bad_date": _("“%(value)s” is no date; write it as 2026-03-01."),
    "ends_before_it_starts": _("It ends before it starts."),
    "contradicts_row": _("Line %(other)s says something else about the same %(what)s: “%(value)s”."),
    "not_yourself": _("Nobody makes themselves representative."),
    "two_organisations": _("The name belongs to one organisation and the number to another."),
    "register_changed": _(
        "The register changed while the file was applied. Look at it again, then apply it."
    ),
    "upload_too_slow": _("Reading the file took longer than %(seconds)s seconds."),
    "upload_too_large_to_read": _("Reading the file needs more memory than an upload may have."),
}
