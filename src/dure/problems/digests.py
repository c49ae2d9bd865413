"""One way to name values by a hash."""

import hashlib
import json
from typing import Any


def digest(value: Any) -> str:
    """SHA-256 of the value as JSON with sorted keys, no blanks, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
