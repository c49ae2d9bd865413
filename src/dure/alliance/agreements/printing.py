"""An agreement on paper: one revision whole, in both languages, with the hash that is signed and who has signed it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dure.alliance.agreements import payments, words
from dure.alliance.agreements.articles import Article
from dure.alliance.agreements.content import Content, of_json
from dure.alliance.models import Agreement, AgreementRevision, AgreementSignature
from dure.engines import documents
from dure.engines.documents import Block, Column, Heading, KeyValues, Note, PageBreak, Paragraph, Table

Language = Literal["ko", "en"]
MOST: Final = 20_000
"""The longest paragraph that a document takes."""


def pdf_of(agreement: Agreement, revision: AgreementRevision, language: Language) -> bytes:
    """The document, its headings and its first text in this language. Two queries."""
    signatures = revision.signatures.filter(voided_at=None).select_related("party__organisation")
    with translation.override(language):
        blocks = tuple(_blocks(agreement, revision, list(signatures.order_by("id")), language))
        made = _document(agreement, revision, blocks, language)
        missing = documents.letters_without_shape(made)
        if missing:
            said = _("These letters cannot be printed: %(letters)s") % {"letters": missing}
            made = _document(agreement, revision, (Note(said), *blocks), language)
    return documents.to_pdf(made)


def _document(
    agreement: Agreement, revision: AgreementRevision, blocks: tuple[Block, ...], language: Language
) -> documents.Document:
    number = _("revision %(n)s") % {"n": revision.number}
    kind = _("Amendment") if agreement.amends else Agreement.Kind(revision.content["kind"]).label
    return documents.Document(
        title=_seen(of_json(revision.content).title),
        language=language,
        subtitle=f"{kind} · {number}",
        blocks=blocks,
    )


def _blocks(
    agreement: Agreement,
    revision: AgreementRevision,
    signatures: list[AgreementSignature],
    language: Language,
) -> Iterator[Block]:
    said = of_json(revision.content)
    yield Note(_("SHA-256 of this revision: %(hash)s") % {"hash": revision.sha256})
    yield KeyValues(tuple(_facts(agreement, said)))
    yield from _money(said)
    other: Language = "en" if language == "ko" else "ko"
    first, *second = [code for code in (language, other) if _has(said, code)]
    yield from _text(said, first)
    yield from _signed(said, signatures)
    for code in second:
        yield PageBreak()
        yield from _text(said, code)


def _facts(agreement: Agreement, said: Content) -> Iterator[tuple[str, str]]:
    yield _("Parties"), "\n".join(_seen(_both(party.name_ko, party.name_en)) for party in said.parties) or "–"
    if agreement.amends is not None:
        yield _("Agreement that it changes"), _seen(agreement.amends.title)
    if agreement.renews is not None:
        yield _("Agreement whose place it takes"), _seen(agreement.renews.title)
    fields = [str(Agreement.Cooperation(one).label) for one in said.cooperation]
    yield _("Fields of cooperation"), ", ".join(fields) or "–"
    yield _("Term of the agreement"), f"{_day(said.effective_from)} – {_day(said.effective_to)}".strip()
    yield _("Notice before it is ended"), _("%(days)s days") % {"days": said.notice_days}
    yield _("Which text decides"), str(Agreement.Language(said.authoritative).label)


def _money(said: Content) -> Iterator[Block]:
    if not said.payments:
        return
    yield Heading(_("Payments"))
    named = {party.organisation: _seen(party.name) for party in said.parties}
    columns = (
        Column(_("Due on"), "date"),
        Column(_("Amount"), align="right"),
        Column(_("Payer")),
        Column(_("To whom")),
        Column(_("What for")),
    )
    rows = tuple(
        (
            one.due_on,
            f"{payments.grouped(one.amount, one.currency)} {one.currency}",
            named.get(one.payer, ""),
            named.get(one.payee, ""),
            _seen(_both(one.what_ko, one.what_en)),
        )
        for one in said.payments
    )
    yield Table(columns, rows)
    sums = payments.totals(list(said.payments))
    together = " · ".join(f"{payments.grouped(amount, code)} {code}" for code, amount in sums.items())
    yield KeyValues(((_("Total"), together),))


def _text(said: Content, language: Language) -> Iterator[Block]:
    """The text in one language, said to be that which decides or not to be."""
    yield Heading(_seen(words.TEXT_IN[language][language in said.languages]))
    yield from _title(said, language)
    for at, article in enumerate(said.articles, start=1):
        yield Heading(_article_head(at, article, language), 2)
        yield from _paragraphs(getattr(article, f"text_{language}"))
    for name in ("confidentiality", "ip"):
        text = getattr(said, f"{name}_{language}")
        if text.strip():
            yield Heading(words.PART_IN[language][name], 2)
            yield from _paragraphs(text)


def _title(said: Content, language: Language) -> Iterator[Block]:
    title = getattr(said, f"title_{language}")
    if title:
        yield Paragraph((documents.Span(_seen(title), strong=True),))


def _article_head(number: int, article: Article, language: Language) -> str:
    """A heading longer than a line of a document is cut there; its words stand on the page of the agreement."""
    heading = _seen(getattr(article, f"heading_{language}"))[:400]
    numbered = f"제{number}조" if language == "ko" else f"Article {number}"
    return f"{numbered} ({heading})" if heading.strip() else numbered


def _paragraphs(text: str) -> Iterator[Block]:
    """As it was written: no number is added to what is signed."""
    seen = _seen(text)
    for at in range(0, len(seen), MOST):
        if seen[at : at + MOST].strip():
            yield Paragraph(seen[at : at + MOST])


def _signed(said: Content, signatures: list[AgreementSignature]) -> Iterator[Block]:
    """Who has signed how and when; a place to sign for who has not."""
    by_party = {str(one.party.organisation.uid): one for one in signatures}
    yield Heading(_("Signatures"))
    missing = [party for party in said.parties if party.organisation not in by_party]
    if signatures:
        yield KeyValues(tuple(_signature(one) for one in signatures))
    if missing:
        yield Note(_("Not every party has signed this revision."))
        slots = (documents.Signatory(_seen(_both(one.name_ko, one.name_en))) for one in missing)
        yield documents.SignatureSlots(tuple(slots))


def _signature(one: AgreementSignature) -> tuple[str, str]:
    organisation = one.party.organisation
    how = f"{one.get_method_display()} · {_moment(one.at)}"
    return _seen(_both(organisation.name_ko, organisation.name_en)), f"{_seen(one.signer)}\n{how}"


def _has(said: Content, language: Language) -> bool:
    texts = [getattr(one, f"{name}_{language}") for one in said.articles for name in ("heading", "text")]
    texts += [getattr(said, f"{name}_{language}") for name in ("title", "confidentiality", "ip")]
    return any(text.strip() for text in texts)


def _both(ko: str, en: str) -> str:
    return " / ".join(part for part in (ko, en) if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime) -> str:
    """In the zone of the installation, so that everybody gets the same bytes."""
    zone = timezone.get_default_timezone()
    return f"{timezone.localtime(at, zone):%Y-%m-%d %H:%M} ({zone})"


def _seen(text: str) -> str:
    return documents.without_unseen(text)
