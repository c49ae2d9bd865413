"""REST of agreements: the list, one of them, drafting, moves, signing, leaving."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.alliance.agreements import access, drafting, moving, pages_drafting, queries, signing
from dure.alliance.agreements.articles import Article
from dure.alliance.agreements.content import LONGEST_NOTICE, Content
from dure.alliance.agreements.payments import Payment, check
from dure.alliance.models import Agreement
from dure.engines.faults import Fault, Faulty
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=160)]
Words = Annotated[Text, Field(max_length=8000)]
Sha256 = Annotated[Text, Field(min_length=64, max_length=64)]


class AgreementOut(Schema):
    """An agreement of which the caller knows at least the title; `is_whole` says whether all of it may be read."""

    uid: UUID
    state: str
    kind: str
    title_ko: str
    title_en: str
    is_whole: bool


class AgreementPartyOut(Schema):
    """A party (`organisation` is its slug) and where it stands with the newest revision."""

    uid: UUID
    organisation: str
    approved_at: datetime | None
    signed_at: datetime | None
    signer: str


class AgreementDetail(AgreementOut):
    """All of it. `content` is what the hash is taken of, and `actions` what the caller may do now."""

    version: int
    revision: int
    sha256: str
    content: dict[str, Any]
    parties: list[AgreementPartyOut]
    actions: list[OfferOut]


class AgreementArticleIn(Schema):
    """One article in both languages, or in the one that decides."""

    heading_ko: Title = ""
    heading_en: Title = ""
    text_ko: Annotated[Text, Field(max_length=20_000)] = ""
    text_en: Annotated[Text, Field(max_length=20_000)] = ""


class AgreementPaymentIn(Schema):
    """A line of the schedule; `payer` and `payee` are slugs of parties, `amount` is text so that it stays exact."""

    due_on: date
    amount: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=2)]
    currency: Annotated[Text, Field(max_length=3)]
    payer: Text
    payee: Text
    what_ko: Annotated[Text, Field(max_length=200)] = ""
    what_en: Annotated[Text, Field(max_length=200)] = ""


class AgreementIn(Schema):
    """A whole text; `parties` are slugs."""

    kind: Literal["mou", "research", "data_sharing", "other"]
    title_ko: Title = ""
    title_en: Title = ""
    authoritative: Literal["ko", "en", "both"]
    cooperation: list[Literal[tuple(Agreement.Cooperation.values)]] = []  # type: ignore[valid-type]  # the model's own list
    effective_from: date
    effective_to: date | None = None
    notice_days: Annotated[int, Field(ge=0, le=LONGEST_NOTICE)] = 30
    is_public: bool = False
    articles: Annotated[list[AgreementArticleIn], Field(max_length=100)] = []
    confidentiality_ko: Words = ""
    confidentiality_en: Words = ""
    ip_ko: Words = ""
    ip_en: Words = ""
    payments: Annotated[list[AgreementPaymentIn], Field(max_length=60)] = []
    parties: Annotated[list[Text], Field(min_length=1, max_length=100)]


class AgreementActIn(Schema):
    """One of `actions`; `approve` needs the `sha256` that was read, and whatever refuses or ends needs a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    sha256: Annotated[Text, Field(max_length=64)] = ""
    reason: Annotated[Text, Field(max_length=2000)] = ""


class AgreementSignIn(Schema):
    """The hash that was read, and the password of the account as a proof of who signs."""

    sha256: Sha256
    password: Annotated[Text, Field(max_length=200)]


class AgreementLeaveIn(Schema):
    """Why the party leaves."""

    reason: Annotated[Text, Field(min_length=1, max_length=2000)]


class AgreementCommentIn(Schema):
    """A word about the newest revision."""

    body: Annotated[Text, Field(min_length=1, max_length=4000)]


def agreement_out(agreement: Any) -> dict[str, Any]:
    names = ("uid", "state", "kind", "title_ko", "title_en", "is_whole")
    return {name: getattr(agreement, name) for name in names}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    agreement: Any = access.access_agreement(person_of(request), uid)
    agreement.is_whole = True
    rows = queries.parties(agreement, frozenset())
    revision = agreement.revision
    return agreement_out(agreement) | {
        "version": agreement.version,
        "revision": revision.number,
        "sha256": revision.sha256,
        "content": revision.content,
        "actions": offers_out(request, agreement),
        "parties": [
            {
                "uid": row.party.uid,
                "organisation": row.party.organisation.slug,
                "approved_at": row.approval and row.approval.at,
                "signed_at": row.signature and row.signature.at,
                "signer": row.signature.signer if row.signature else "",
            }
            for row in rows
        ],
    }


def _text_of(person: Any, body: AgreementIn) -> tuple[Content, list[people.Organisation]]:
    """The content and its parties. Raises Faulty."""
    known = {one.slug: one for one in people.visible_organisations(person).filter(slug__in=body.parties)}
    missing = [slug for slug in body.parties if slug not in known]
    asked = {slug for one in body.payments for slug in (one.payer, one.payee)} - known.keys()
    faults = [
        Fault("agreement_unknown_party", {"value": slug}, place="parties") for slug in [*missing, *asked]
    ]
    if faults:
        raise Faulty(faults)
    payments = tuple(
        Payment(**{**one.dict(), "payer": str(known[one.payer].uid), "payee": str(known[one.payee].uid)})
        for one in body.payments
    )
    for payment in payments:
        check(payment)
    said = body.dict(exclude={"parties", "payments", "articles", "cooperation"})
    articles = tuple(Article(**one.dict()) for one in body.articles)
    content = Content(**said, cooperation=tuple(body.cooperation), articles=articles, payments=payments)
    return content, [known[slug] for slug in dict.fromkeys(body.parties)]


@router.get("/agreements", auth=None, response={200: PageOut[AgreementOut], **ERRORS}, summary="Agreements")
def get_agreements(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Those of which you know at least the title, the newest first; `group` is `open`, `running` or `done`."""
    return page_out(request, queries.listed(person_of(request), group=group), agreement_out)


@router.post(
    "/agreements", auth=HOST, response={201: AgreementDetail, **ERRORS}, summary="Draft an agreement"
)
def post_agreement(request: HttpRequest, body: AgreementIn) -> Any:
    person = signed_in(request)
    content, between = _text_of(person, body)
    made = drafting.create(by=person, content=content, organisations=between)
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/agreements/{uuid:uid}", auth=None, response={200: AgreementDetail, **ERRORS}, summary="An agreement"
)
def get_agreement(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/agreements/{uuid:uid}",
    auth=HOST,
    response={200: AgreementDetail, **ERRORS},
    summary="Write its text anew",
)
def put_agreement(request: HttpRequest, uid: UUID, body: AgreementIn) -> Any:
    """A revision of its own, where something changes."""
    person = signed_in(request)
    agreement = access.access_draft(person, uid)
    content, between = _text_of(person, body)
    drafting.edit(agreement, by=person, content=content, organisations=between)
    return detail_out(request, uid)


@router.post(
    "/agreements/{uuid:uid}/actions",
    auth=HOST,
    response={200: AgreementDetail, **ERRORS},
    summary="Move an agreement",
)
def act_on_agreement(request: HttpRequest, uid: UUID, body: AgreementActIn) -> Any:
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    moving.act(agreement, body.action, by=person, data={"sha256": body.sha256, "reason": body.reason})
    return detail_out(request, uid)


@router.get(
    "/agreements/{uuid:uid}/revisions/{int:number}/pdf",
    auth=None,
    response={200: None, **ERRORS},
    summary="A revision as PDF",
)
def get_agreement_pdf(request: HttpRequest, uid: UUID, number: int) -> Any:
    """Both languages; `?language=ko` or `en` says which comes first, else the caller's."""
    return pages_drafting.revision_pdf(request, uid, number)


@router.post(
    "/agreements/{uuid:uid}/comments",
    auth=HOST,
    response={201: AgreementDetail, **ERRORS},
    summary="Comment on it",
)
def post_agreement_comment(request: HttpRequest, uid: UUID, body: AgreementCommentIn) -> Any:
    person = signed_in(request)
    drafting.comment(access.access_side(person, uid), by=person, body=body.body)
    return Status(201, detail_out(request, uid))


@router.post(
    "/agreements/{uuid:uid}/followers/{what}",
    auth=HOST,
    response={201: AgreementDetail, **ERRORS},
    summary="Draft an amendment or a successor",
)
def post_agreement_follower(request: HttpRequest, uid: UUID, what: Literal["amend", "renew"]) -> Any:
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    begin = drafting.renew if what == "renew" else drafting.amend
    return Status(201, detail_out(request, begin(agreement, by=person).uid))


@router.post(
    "/agreements/{uuid:uid}/parties/{uuid:party}/signature",
    auth=HOST,
    response={200: AgreementDetail, **ERRORS},
    summary="Sign for a party",
)
def sign_agreement(request: HttpRequest, uid: UUID, party: UUID, body: AgreementSignIn) -> Any:
    """Proven by the account's password; the hash must be that of the newest revision."""
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    found = access.access_party(agreement, party)
    proof = signing.by_password(person, body.password, sha256=body.sha256)
    moving.sign(agreement, found, by=person, proof=proof)
    return detail_out(request, uid)


@router.post(
    "/agreements/{uuid:uid}/parties/{uuid:party}/signed-file",
    auth=HOST,
    response={200: AgreementDetail, **ERRORS},
    summary="Sign for a party with a PDF",
)
def sign_agreement_by_file(
    request: HttpRequest, uid: UUID, party: UUID, file: File[UploadedFile], sha256: Form[Text]
) -> Any:
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    found = access.access_party(agreement, party)
    proof = signing.by_file(file, filename=file.name or "signed.pdf", sha256=sha256)
    moving.sign(agreement, found, by=person, proof=proof)
    return detail_out(request, uid)


@router.post(
    "/agreements/{uuid:uid}/parties/{uuid:party}/leave",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Leave for a party",
)
def leave_agreement(request: HttpRequest, uid: UUID, party: UUID, body: AgreementLeaveIn) -> Any:
    """The others go on; below two parties it ends."""
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    moving.leave(agreement, access.access_party(agreement, party), by=person, reason=body.reason)
    return Status(204, None)
