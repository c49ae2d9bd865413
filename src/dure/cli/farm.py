"""`dure farm simulate`: what a policy of sharing would have done with work that really came in."""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dure.cli.farm_words import POLICY_WORDS, as_picture, comparison, introduction, portrait, sentence
from dure.cli.words import either
from dure.engines.faults import Faulty
from dure.engines.scheduling.policy import HOUSE, POLICIES, Policy

if TYPE_CHECKING:
    from dure.engines.scheduling import Account, Capacity
    from dure.engines.scheduling.simulation import Measures, Trace

MOST = 10_000_000
WORTH_A_PROCESS = 2_000
"""Jobs below which a replay takes less time than a process needs to start."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=["simulate"],
        help=either("replay a trace with the farm's own ordering", "팜이 쓰는 순서 그대로 기록을 재생합니다"),
    )
    parser.add_argument(
        "trace",
        metavar="TRACE",
        type=Path,
        help=either(
            "Standard Workload Format or CSV, gzipped or not", "표준 작업 기록(SWF) 또는 CSV, gzip도 됩니다"
        ),
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--policy",
        action="append",
        choices=list(POLICIES),
        metavar="NAME",
        help=either(
            f"policy, may be repeated (default: {HOUSE.name})", f"정책, 되풀이 가능 (기본: {HOUSE.name})"
        ),
    )
    which.add_argument("--compare", action="store_true", help=either("all policies", "모든 정책을 비교"))
    _add_capacity(parser)
    parser.add_argument(
        "--plot",
        metavar="FILE",
        type=Path,
        help=either("write the comparison as SVG", "비교 그림을 SVG로 저장"),
    )
    parser.add_argument("--json", action="store_true", help=either("print as JSON", "JSON으로 출력"))
    parser.epilog = _epilog()


def _add_capacity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cores",
        metavar="N",
        type=_amount,
        help=either(
            "cores of the farm (default: what the trace states, else the most it used at once)",
            "팜의 코어 수 (기본: 기록에 적힌 수, 없으면 한때 가장 많이 쓴 수)",
        ),
    )
    parser.add_argument(
        "--memory", metavar="MIB", type=_amount, help=either("memory of the farm in MiB", "팜의 메모리 (MiB)")
    )
    parser.add_argument(
        "--accelerator",
        metavar="TYPE=N",
        type=_accelerator,
        action="append",
        help=either(
            "accelerators of a type, such as gpu:h100=8; may be repeated",
            "종류별 가속기 수, 예: gpu:h100=8, 되풀이 가능",
        ),
    )
    parser.add_argument(
        "--shares",
        metavar="FILE",
        type=Path,
        help=either(
            "CSV with member, share and guaranteed amounts (default: equal shares)",
            "회원 기관(member), 몫(share), 보장량이 든 CSV (기본: 같은 몫)",
        ),
    )


def _epilog() -> str:
    policies = "; ".join(f"{name}: {either(*words)}" for name, words in POLICY_WORDS.items())
    return (
        either(
            "A CSV trace has the columns submit, run (seconds) and cores, and may have limit, wait, user, member, class "
            "(lab, evaluation, normal, scavenger), memory_mib and a column for each accelerator, such as gpu:h100. Policies: ",
            "CSV 기록에는 submit, run(초), cores 열이 있어야 하고, limit, wait, user, member, class(lab, evaluation, normal, "
            "scavenger), memory_mib와 gpu:h100 같은 가속기 열을 둘 수 있습니다. 정책: ",
        )
        + policies
        + "."
    )


def _amount(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= MOST or len(text) > 8:
        raise argparse.ArgumentTypeError(either(f"not between 1 and {MOST}", f"1에서 {MOST} 사이가 아닙니다"))
    return int(text)


def _accelerator(text: str) -> tuple[str, int]:
    kind, _, amount = text.rpartition("=")
    if not kind:
        raise argparse.ArgumentTypeError(either("not TYPE=N", "TYPE=N 꼴이 아닙니다"))
    return kind, _amount(amount)


def run(args: argparse.Namespace) -> int:
    try:
        return _simulate(args)
    except Faulty as error:
        for fault in error.faults:
            print(f"dure: {sentence(fault)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"dure: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 1


def _simulate(args: argparse.Namespace) -> int:
    from dure.engines.scheduling.simulation import capacity_for, read_shares_of, read_trace

    policies = (
        list(POLICIES.values()) if args.compare else [POLICIES[name] for name in args.policy or [HOUSE.name]]
    )
    trace = read_trace(args.trace)
    table = read_shares_of(args.shares, trace.members) if args.shares else {}
    capacity = capacity_for(trace, _asked(args), table)
    shares: dict[Account, float] = {(member,): share.share for member, share in table.items()}
    setting = trace, capacity, shares
    if args.json:
        measured = list(_measured(policies, *setting))
        print(json.dumps(_as_json(trace, capacity, measured), ensure_ascii=False, indent=1))
    else:
        measured = _shown(policies, *setting)
    if args.plot:
        args.plot.write_text(as_picture(args.trace.name, capacity, measured), encoding="utf-8")
    return 0


def _shown(
    policies: Sequence[Policy], trace: "Trace", capacity: "Capacity", shares: "dict[Account, float]"
) -> "list[Measures]":
    """Print as it goes: one policy whole, several as rows that come while one watches."""
    print("\n".join(introduction(trace, capacity)))
    measured = []
    if len(policies) > 1:
        print("\n" + comparison())
    for one in _measured(policies, trace, capacity, shares):
        measured.append(one)
        print(comparison(one) if len(policies) > 1 else "\n".join(portrait(one)), flush=True)
    return measured


def _measured(
    policies: Sequence[Policy], trace: "Trace", capacity: "Capacity", shares: "dict[Account, float]"
) -> "Iterator[Measures]":
    """Replay each policy, side by side on the machine's processors where there are several."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    processes = min(len(policies), os.cpu_count() or 1)
    if processes == 1 or len(trace.jobs) < WORTH_A_PROCESS:
        yield from (_replayed(policy, trace, capacity, shares) for policy in policies)
        return
    setting = trace, capacity, shares
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_keep, initargs=setting) as pool:
        yield from pool.map(_replayed_in_child, policies)


_SETTING: list[Any] = []


def _keep(*setting: Any) -> None:
    """Keep in a child what all its replays share, so that it is sent once."""
    _SETTING[:] = setting


def _replayed_in_child(policy: Policy) -> "Measures":
    return _replayed(policy, *_SETTING)


def _replayed(
    policy: Policy, trace: "Trace", capacity: "Capacity", shares: "dict[Account, float]"
) -> "Measures":
    from dure.engines.scheduling.simulation import measure, replay

    return measure(replay(trace, capacity=capacity, policy=policy, shares=shares), shares)


def _asked(args: argparse.Namespace) -> dict[str, int]:
    named = {"cores": args.cores, "memory_mib": args.memory}
    return {kind: amount for kind, amount in named.items() if amount} | dict(args.accelerator or [])


def _as_json(trace: "Trace", capacity: "Capacity", measured: "Sequence[Measures]") -> dict[str, Any]:
    return {
        "jobs": len(trace.jobs),
        "never_ran": trace.never_ran,
        "without_limit": trace.without_limit,
        "ignored_columns": trace.ignored_columns,
        "capacity": dict(zip(capacity.kinds, capacity.amounts, strict=True)),
        "guaranteed": {
            member: dict(zip(capacity.kinds, amounts, strict=True))
            for member, amounts in capacity.guaranteed.items()
        },
        "policies": [dataclasses.asdict(one) | {"misplaced": one.misplaced} for one in measured],
    }
