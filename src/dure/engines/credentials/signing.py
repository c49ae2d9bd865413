"""Signing: a payload becomes a compact JWS."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from joserfc import jws
from joserfc.jwk import RSAKey

from dure.engines.credentials.keys import ALGORITHM, SigningKey


def sign(payload: Mapping[str, Any], key: SigningKey) -> str:
    """The payload as a VC-JWT. Its header holds what Open Badges 3.0 allows and nothing else: `alg`, `kid`, `typ`."""
    header = {"alg": ALGORITHM, "kid": key.kid, "typ": "JWT"}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(header, text, _loaded(key.pem), algorithms=[ALGORITHM])


@lru_cache(maxsize=8)
def _loaded(pem: str) -> RSAKey:
    """Reading a private key proves its numbers, which costs many times what signing costs."""
    return RSAKey.import_key(pem)
