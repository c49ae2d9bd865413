"""Verifiers that others wrote, as tests ask them: openbadgeslib in this process, npm's jose in Node."""

import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from dure.cli import testing

SUITE = next(suite for suite in testing.SUITES if suite.marker == "verifiers")
NEEDED = [pytest.mark.verifiers, pytest.mark.skipif(not SUITE.is_possible(), reason=SUITE.enable)]
SCRIPT = Path(__file__).with_name("verify.mjs")


def jose_says(token: str, *, jwk: Mapping[str, Any], at: datetime) -> tuple[str, str]:
    """`ok` and the achievement's name, or jose's code of what is wrong."""
    asked = {"jose": str(testing.jose()), "token": token, "jwk": dict(jwk), "at": at.isoformat()}
    done = subprocess.run(
        ["node", str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60
    )
    answer = json.loads(done.stdout)
    return answer["code"], answer["name"]


def openbadgeslib_says(
    token: str, *, jwk: Mapping[str, Any], fetch: Callable[[str], bytes] | None = None
) -> tuple[str, str]:
    """`ok` and the achievement's name, or the sentence that refuses it. With `fetch` it asks the signed list, too."""
    from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier  # noqa: PLC0415 - installed for these tests only

    verifier = OB3Verifier(RSAKey.import_key(dict(jwk)).as_pem(private=False))
    try:
        found = verifier.verify(token, check_status=fetch is not None, download=fetch)
    except OB3VerificationError as error:
        return str(error), ""
    return "ok", found.achievement.name
