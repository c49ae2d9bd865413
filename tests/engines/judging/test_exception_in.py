"""What may be told of how a Python program ended."""

import pytest

from dure.engines.judging import exception_in

TRACE = b'Traceback (most recent call last):\n  File "main.py", line 1, in <module>\n'


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        (TRACE + b"ValueError: could not convert 'secret'\n", "ValueError"),
        (TRACE + b"KeyError\n", "KeyError"),
        (b"warning: slow\n" + TRACE + b"MemoryError\n\n", "MemoryError"),
        (TRACE + b"ValueError: first line\nsecond line of the message\n", "ValueError"),
        (TRACE + b"polars.exceptions.ColumnNotFoundError: secret\n", "Exception"),
        (TRACE + b"secret_answer_is_7: x\n", "Exception"),
        (TRACE + b"\xff\xfe\n", "Exception"),
        (b"ValueError: printed, not raised\n", ""),
        (b"", ""),
    ],
)
def test_only_the_type_and_only_pythons_own(errors: bytes, told: str) -> None:
    assert exception_in(errors) == told
