from comparing import is_list, is_number
from judge import call


def threshold_from_two_costs() -> bool | str:
    got = call("cost_threshold", 150, 1200)
    return is_number(got, 150 / 1350) or f"150 and 1200 meet at 150 / 1350 = 0.111; you returned {got!r}"


def cost_counts_both_errors() -> bool | str:
    got = call("alarm_cost", [0.9, 0.6, 0.2, 0.1], [1, 0, 1, 0], 0.5, 150, 1200)
    return (
        is_number(got, 1350)
        or f"one false alarm (0.6) and one missed failure (0.2) cost 1350; you returned {got!r}"
    )


def balancing_taken_back() -> bool | str:
    got = call("prior_corrected", 0.5, 0.5, 0.16)
    if not is_number(got, 0.16):
        return f"a balanced model that says 0.5 knows nothing: the answer is the share on site, 0.16; you returned {got!r}"
    got = call("prior_corrected", 0.8, 0.5, 0.2)
    return is_number(got, 0.5) or f"odds of 4, times 1/4, are odds of 1: 0.5; you returned {got!r}"


def reliability_of_a_few() -> bool | str:
    got = call("reliability", [0.1, 0.3, 0.7, 0.9, 0.9], [0, 1, 0, 1, 1], 2)
    expected = [[2, 0.2, 0.5], [3, 2.5 / 3, 2 / 3]]
    return is_list(got, expected) or f"two bins: [[2, 0.2, 0.5], [3, 0.833…, 0.667…]]; you returned {got!r}"


def fleet_of_three() -> bool | str:
    checks = [[1, 40, 0.2], [1, 20, 0.8], [2, 30, 0.1], [2, 5, 0.9], [3, 50, 0.7], [3, 45, 0.9]]
    got = call("fleet_cost", checks, 0.6, 10, 300, 2, 3000)
    return is_number(got, (340 + 3000 + 400) / 3) or (
        "engine 1 rings with 20 runs left (340), engine 2 too late (3000), engine 3 with 50 left (400): "
        f"1246.67 on average; you returned {got!r}"
    )
