"""What a file of translated tests holds beside them: small functions, and which words of the judge they need."""

from collections.abc import Mapping
from typing import Final

HINT: Final = {
    "ko": "공개 시험이 묻지 않는 경우입니다. 경계값, 빈 입력, 다른 순서를 생각해 보십시오.",
    "en": "A case that the public tests do not ask for. Think of borders, empty inputs and other orders.",
}
HELPERS: Final[Mapping[str, str]] = {
    "_holds": '''def _holds(claim):
    """Whether it is so; what came back may be of any kind, and where it does not fit the claim does not hold."""
    try:
        return bool(claim())
    except (RaisedError, StoppedError):
        raise
    except Exception:
        return False''',
    "_raised": '''def _raised(ask):
    """The type of what the learner's function raises."""
    try:
        ask()
    except RaisedError as error:
        return str(error)
    return ""''',
    "_plain": '''def _plain(value):
    """As it comes back from the learner's function: arrays as lists."""
    return value.tolist() if hasattr(value, "tolist") else value''',
}
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "_holds": ("RaisedError", "StoppedError"),
    "_raised": ("RaisedError",),
}
