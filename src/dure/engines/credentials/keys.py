"""Keys of an issuer: RSA, because RS256 is what Open Badges 3.0 asks every verifier to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc.jwk import RSAKey

ALGORITHM: Final = "RS256"
# A badge is shown for decades. NIST SP 800-57 gives 2048 bits until 2030.
BITS: Final = 3072


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key (PEM, PKCS 8) and the address at which its public half is read."""

    kid: str
    pem: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key (a JWK without `d`), the address at which it is read, and the issuer that may sign with it."""

    kid: str
    jwk: Mapping[str, Any]
    issuer: str


def fresh_pem() -> str:
    """A new private key."""
    return RSAKey.generate_key(BITS).as_pem(private=True).decode()


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """What names a key whatever address it has (RFC 7638). Raises ValueError where it is no RSA key."""
    if jwk.get("kty") != "RSA" or not all(isinstance(jwk.get(part), str) for part in ("n", "e")):
        raise ValueError("not an RSA key")
    return RSAKey.import_key({"kty": "RSA", "n": jwk["n"], "e": jwk["e"]}).thumbprint()


def public_jwk(pem: str) -> dict[str, Any]:
    """The public half of a key, ready to be published but for its `kid`."""
    public = RSAKey.import_key(pem).as_dict(private=False)
    return {"kty": "RSA", "n": public["n"], "e": public["e"], "alg": ALGORITHM, "use": "sig"}
