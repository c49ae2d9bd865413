"""What is kept of a program's output."""

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.sandbox.logs import FLOOD_BYTES, BoundedLog


@given(pieces=st.lists(st.binary(max_size=40), max_size=20), most=st.integers(1, 100))
def test_short_output_is_kept_whole_and_long_output_by_its_ends(pieces: list[bytes], most: int) -> None:
    log, whole = BoundedLog(most), b"".join(pieces)
    for piece in pieces:
        log.add(piece)
    kept = log.content()
    if len(whole) <= most:
        assert kept == whole
        return
    assert kept.startswith(whole[: most - most // 2])
    assert kept.endswith(whole[len(whole) - most // 2 :])
    assert b"[... %d bytes left out ...]" % (len(whole) - most) in kept
    assert len(kept) < most + 50


def test_a_flood_is_told_from_a_long_log() -> None:
    log, piece = BoundedLog(1000), b"x" * 2**20
    while not log.flooded:
        log.add(piece)
    assert log._seen > FLOOD_BYTES
    assert len(log._head) + len(log._tail) < 3 * 1000
