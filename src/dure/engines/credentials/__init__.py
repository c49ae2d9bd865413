"""Open Badges 3.0: credentials as signed VC-JWT, revocation as a status list, pictures, and a verifier that fetches nothing."""

from dure.engines.credentials.fault_codes import FAULTS, IN_BYTES
from dure.engines.credentials.finding import token_in
from dure.engines.credentials.foreign import Foreign, Recipient, keys_in, revoked_in, verify_foreign
from dure.engines.credentials.keys import PublicKey, SigningKey, fresh_pem, public_jwk, thumbprint
from dure.engines.credentials.payload import CONTEXTS, payload, profile
from dure.engines.credentials.picture import draw
from dure.engines.credentials.signing import sign
from dure.engines.credentials.status import ENTRIES, bits, decode, encode, is_set, status_payload
from dure.engines.credentials.svg import bake, read
from dure.engines.credentials.tokens import MOST_CHARACTERS
from dure.engines.credentials.values import (
    HOLDER,
    Achievement,
    Award,
    Evidence,
    Issuer,
    Place,
    Result,
    Skill,
    Text,
)
from dure.engines.credentials.verdict import Said, Verdict
from dure.engines.credentials.verifying import verify

__all__ = [
    "CONTEXTS",
    "ENTRIES",
    "FAULTS",
    "HOLDER",
    "IN_BYTES",
    "MOST_CHARACTERS",
    "Achievement",
    "Award",
    "Evidence",
    "Foreign",
    "Issuer",
    "Place",
    "PublicKey",
    "Recipient",
    "Result",
    "Said",
    "SigningKey",
    "Skill",
    "Text",
    "Verdict",
    "bake",
    "bits",
    "decode",
    "draw",
    "encode",
    "fresh_pem",
    "is_set",
    "keys_in",
    "payload",
    "profile",
    "public_jwk",
    "read",
    "revoked_in",
    "sign",
    "status_payload",
    "thumbprint",
    "token_in",
    "verify",
    "verify_foreign",
]
