"""The certificate of attendance: a PDF in one language, or checked by its address by whoever was shown it."""

from collections.abc import Iterator
from typing import Any, Final, Literal

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.alliance.meetings import rules
from dure.alliance.models import MeetingRegistration
from dure.engines import documents
from dure.engines.documents import Block, KeyValues, Note, Paragraph
from dure.foundation.access import Hidden

Language = Literal["ko", "en"]
WITH: Final = ("meeting__host", "person")
DIGITS: Final = 60


def access_certificate(proof: str) -> MeetingRegistration:
    """What stands behind a certificate's address, for whoever has it. Raises Hidden for any other."""
    found = None
    if len(proof) <= DIGITS:
        rows = MeetingRegistration.objects.select_related(*WITH).filter(proof=proof, person__isnull=False)
        found = rows.first()
    if found is None or not rules.has_certificate(found):
        raise Hidden
    return found


def address_of(registration: MeetingRegistration) -> str:
    """Where it is checked."""
    return f"{settings.PUBLIC_URL}/events/certificates/{registration.proof}"


def pdf_of(registration: MeetingRegistration, language: Language) -> bytes:
    """The document. The caller has asked whether there is one."""
    with translation.override(language):
        blocks = tuple(_blocks(registration))
        made = _document(language, blocks)
        missing = documents.letters_without_shape(made)
        if missing:
            said = _("These letters cannot be printed: %(letters)s") % {"letters": missing}
            made = _document(language, (*blocks, Note(said)))
    return documents.to_pdf(made)


def _document(language: Language, blocks: tuple[Block, ...]) -> documents.Document:
    return documents.Document(
        title=_("Certificate of attendance"),
        language=language,
        subtitle=settings.ALLIANCE_NAME,
        blocks=blocks,
    )


def _blocks(registration: MeetingRegistration) -> Iterator[Block]:
    person: Any = registration.person
    yield Paragraph(
        (documents.Span(_seen(_both(person.name_ko, person.name_en) or person.name), strong=True),)
    )
    yield Paragraph(_("took part in the event named below."))
    yield KeyValues(tuple(facts(registration)))
    yield Note(
        _("Whoever has this address can check it: %(address)s") % {"address": address_of(registration)}
    )


def facts(registration: MeetingRegistration) -> Iterator[tuple[str, str]]:
    """What a certificate says, in the active language, in the zone of the installation."""
    meeting = registration.meeting
    yield _("Event"), _seen(_both(meeting.title_ko, meeting.title_en))
    yield _("Kind of event"), str(meeting.get_kind_display())
    yield pgettext("certificate", "When"), f"{_moment(meeting.starts_at)} – {_moment(meeting.ends_at)}"
    place = _both(meeting.place_ko, meeting.place_en)
    yield pgettext("certificate", "Where"), _seen(place) if place else _("Online")
    if meeting.host is not None:
        yield _("Held by"), _seen(_both(meeting.host.name_ko, meeting.host.name_en))
    yield pgettext("certificate", "Given by"), settings.ALLIANCE_NAME


def _moment(at: Any) -> str:
    zone = timezone.get_default_timezone()
    return f"{timezone.localtime(at, zone):%Y-%m-%d %H:%M} ({zone})"


def _both(ko: str, en: str) -> str:
    return " / ".join(dict.fromkeys(part for part in (ko, en) if part))


def _seen(text: str) -> str:
    return documents.without_unseen(text)
