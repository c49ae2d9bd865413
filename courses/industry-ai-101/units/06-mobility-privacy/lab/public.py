from comparing import is_number, is_table
from judge import call


def hides_small_counts() -> bool | str:
    got = call("suppressed", {"08": 120, "28": 10, "42": 9, "52": 0}, 10)
    expected = {"08": 120, "28": 10, "42": None, "52": None}
    return (
        is_table(got, expected)
        or f"with k = 10, {expected} is wanted (10 stays, 9 and 0 go); you returned {got!r}"
    )


def fills_the_gap() -> bool | str:
    got = call("recovered", {"08": 120, "28": 40, "51": None}, 165)
    if not is_table(got, {"51": 5}):
        return f"165 - 120 - 40 leaves 5 for the only gap: {{'51': 5}}; you returned {got!r}"
    got = call("recovered", {"08": 120, "51": None, "52": None}, 165)
    return (
        is_table(got, {}) or f"45 for two gaps tells neither for certain: an empty dict; you returned {got!r}"
    )


def closes_the_gap() -> bool | str:
    got = call("protected", {"08": 120, "28": 40, "42": 25, "51": 5}, 10)
    expected = {"08": 120, "28": 40, "42": None, "51": None}
    return (
        is_table(got, expected)
        or f"the 5 must not hide alone; the 25 goes with it: {expected}; you returned {got!r}"
    )


def noise_from_epsilon() -> bool | str:
    got = call("noisy", 100, 1, 0.5, 0.5)
    if not is_number(got, 100):
        return f"at u = 0.5 the noise is 0: 100; you returned {got!r}"
    got = call("noisy", 100, 1, 0.5, 0.25)
    return is_number(got, 98.61370563888011, 1e-6) or (
        f"scale 2, times ln 0.5, is -1.386: 98.614; you returned {got!r}"
    )


def who_loses() -> bool | str:
    got = call("lost_share", {"28": {"08": 990, "52": 10, "51": 0}, "52": {"28": 30, "08": 6, "42": 4}}, 10)
    return is_table(got, {"28": 0, "52": 0.25}) or (
        f"28 loses nobody, 52 loses 10 of 40 people: {{'28': 0.0, '52': 0.25}}; you returned {got!r}"
    )
