"""What other machines read: keys, the issuer and status lists, open to any page's script; and credentials as files."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from dure.engines import credentials as ob
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.learn.credentials import access, addresses, keyring, places
from dure.learn.credentials.earned import Earned
from dure.learn.credentials.issuer import issuer_of
from dure.learn.models import BadgeKey, Credential, StatusList

MOST_NAMED = 60


@require_GET
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django hands it in
    """All keys whose signatures count, as a JWK Set (RFC 7517)."""
    listed = [_jwk(key) for key in keyring.public_keys()]
    return _open(JsonResponse({"keys": listed}, content_type="application/jwk-set+json"))


@require_GET
def key(request: HttpRequest, thumbprint: str) -> HttpResponse:  # noqa: ARG001 - same
    """One of them, as the header of a credential names it."""
    found = BadgeKey.objects.filter(thumbprint=thumbprint, withdrawn_at=None).first()
    if found is None:
        raise Hidden(thumbprint)
    return _open(JsonResponse(_jwk(found), content_type="application/jwk+json"))


def _jwk(found: BadgeKey) -> dict[str, Any]:
    return {**found.jwk, "kid": found.kid}


@require_GET
def issuer(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - same
    """Who gives credentials here, as the Profile of Open Badges 3.0."""
    said = {"@context": list(ob.CONTEXTS), **ob.profile(issuer_of(addresses.home()))}
    return _open(JsonResponse(said, content_type="application/ld+json"))


@require_GET
def status(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - same
    """A status list, signed as of now: a revocation counts for whoever asks next."""
    found = StatusList.objects.filter(pk=number).select_related("key").first() if number < 2**62 else None
    if found is None:
        raise Hidden(str(number))
    answer = HttpResponse(places.published(found), content_type="application/vc+jwt")
    answer["Cache-Control"] = "no-cache"
    return _open(answer)


@require_GET
def token(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The credential as a file; the standard wants text/plain."""
    found = access.access_credential(person_of(request), uid)
    answer = HttpResponse(found.token, content_type="text/plain; charset=utf-8")
    return _private(answer, found, ".jwt", as_attachment=True)


@require_GET
def picture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The credential baked into its picture; `?download` gives it as a file."""
    found = access.access_credential(person_of(request), uid)
    answer = HttpResponse(drawn(found), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return _private(answer, found, ".svg", as_attachment="download" in request.GET)


def drawn(credential: Credential) -> str:
    """The picture of a credential, with its token inside."""
    earned, person = Earned.of_json(credential.content), credential.person
    holder = ob.Text(person.name_ko, person.name_en).both(" · ")
    below = " · ".join(filter(None, (holder, f"{credential.awarded_at:%Y-%m-%d}")))
    picture = ob.draw(name=earned.name, issuer=issuer_of(addresses.home()).name, below=below)
    return ob.bake(picture, credential.token)


def _open(answer: HttpResponse) -> HttpResponse:
    """Verifiers that run in a browser may read it, too. It holds nothing of a person."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _private(
    answer: HttpResponse, credential: Credential, ending: str, *, as_attachment: bool
) -> HttpResponse:
    name = f"{(credential.name_en or credential.name_ko)[:MOST_NAMED]}{ending}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment, name) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer
