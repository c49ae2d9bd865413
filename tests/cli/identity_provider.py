"""A SAML identity provider in one class: it reads what Dure asks, and signs what a test wants it to answer."""

import base64
import datetime as dt
import zlib
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

ENTITY = "https://idp.campus.example/idp"
TIME = "%Y-%m-%dT%H:%M:%SZ"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - a served installation has the clock of the machine


@dataclass
class IdentityProvider:
    """Its key and certificate are made anew for each test."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def certificate(self) -> str:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
        built = x509.CertificateBuilder().subject_name(name).issuer_name(name)
        built = built.public_key(self.key.public_key()).serial_number(7)
        built = built.not_valid_before(_now() - dt.timedelta(days=1))
        signed = built.not_valid_after(_now() + dt.timedelta(days=1)).sign(self.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def secret(self) -> str:
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(pem, form, serialization.NoEncryption()).decode()

    def settings(self) -> list[dict[str, object]]:
        """What an operator puts into DURE_SAML for it."""
        idp = {"entity_id": ENTITY, "sso_url": f"{ENTITY}/sso", "x509cert": self.certificate}
        about = {"provider_id": ENTITY, "name": "Campus", "client_id": "campus"}
        return [{**about, "settings": {"idp": idp, "attribute_mapping": MAPPING}}]

    def response(
        self, asked: "Asked", *, mail: str, until: dt.timedelta = dt.timedelta(minutes=5), sign: bool = True
    ) -> str:
        """A response to `asked` as the form field that the browser carries back, true for `until` from now."""
        words = RESPONSE.format(
            id=f"_{uuid4().hex}",
            assertion=f"_{uuid4().hex}",
            to=asked.answer_to,
            audience=asked.audience,
            asked=asked.id,
            mail=mail,
            entity=ENTITY,
            now=_now().strftime(TIME),
            before=(_now() - dt.timedelta(minutes=10)).strftime(TIME),
            until=(_now() + until).strftime(TIME),
        )
        return base64.b64encode(self._signed(words) if sign else words.encode()).decode()

    def _signed(self, words: str) -> bytes:
        signed: bytes = Utils.add_sign(words, self.secret, self.certificate)
        return signed


@dataclass(frozen=True)
class Asked:
    """What stands in an AuthnRequest."""

    id: str
    answer_to: str
    audience: str

    @classmethod
    def of(cls, address: str) -> "Asked":
        """Read the address the browser was sent to (HTTP-Redirect binding: deflated, base64)."""
        packed = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
        request = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        issuer = request.find("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
        assert issuer is not None
        return cls(request.attrib["ID"], request.attrib["AssertionConsumerServiceURL"], issuer.text or "")


MAPPING = {"uid": "uid", "email": "mail", "first_name": "cn"}
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{now}" \
Destination="{to}" InResponseTo="{asked}"><saml:Issuer>{entity}</saml:Issuer><samlp:Status>\
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
<saml:Assertion ID="{assertion}" Version="2.0" IssueInstant="{now}"><saml:Issuer>{entity}</saml:Issuer>\
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">u-1</saml:NameID>\
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData \
NotOnOrAfter="{until}" Recipient="{to}" InResponseTo="{asked}"/></saml:SubjectConfirmation></saml:Subject>\
<saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}"><saml:AudienceRestriction>\
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="s1"><saml:AuthnContext><saml:AuthnContextClassRef>\
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
<saml:AttributeStatement><saml:Attribute Name="uid"><saml:AttributeValue>u-1</saml:AttributeValue></saml:Attribute>\
<saml:Attribute Name="mail"><saml:AttributeValue>{mail}</saml:AttributeValue></saml:Attribute>\
<saml:Attribute Name="cn"><saml:AttributeValue>이지은</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>\
</saml:Assertion></samlp:Response>"""
