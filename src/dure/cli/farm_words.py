"""What `dure farm simulate` says: its faults with what to do about them, its tables and its picture, in the terminal's language."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dure.cli.words import either, padded
from dure.engines.faults import Fault

if TYPE_CHECKING:
    from dure.engines.scheduling import Capacity
    from dure.engines.scheduling.simulation import Measures, MemberMeasures, Trace

Pair = tuple[str, str]
MEMBERS_SHOWN = 12

POLICY_WORDS: Mapping[str, Pair] = {
    "fifo-strict": ("first come first served, nobody overtakes", "온 순서대로, 앞지르기 없음"),
    "fifo": ("first come first served, whatever fits starts", "온 순서대로, 들어맞으면 시작"),
    "fifo-easy": (
        "first come first served with a reservation for the first",
        "온 순서대로, 맨 앞 작업에 예약",
    ),
    "shortest": ("shortest limit first, whatever fits starts", "짧은 작업부터, 들어맞으면 시작"),
    "shortest-easy": ("shortest limit first with a reservation", "짧은 작업부터, 맨 앞 작업에 예약"),
    "fair-strict": ("usage against share, nobody overtakes", "몫 대비 사용량 순, 앞지르기 없음"),
    "fair": ("usage against share, whatever fits starts", "몫 대비 사용량 순, 들어맞으면 시작"),
    "fair-easy": (
        "usage against share with a reservation, forgotten by half in 7 days; what the farm runs",
        "몫 대비 사용량 순, 맨 앞 작업에 예약, 반감기 7일; 팜이 쓰는 정책",
    ),
    "fair-easy-1d": ("the same with a half-life of 1 day", "같은 정책, 반감기 1일"),
    "fair-easy-30d": ("the same with a half-life of 30 days", "같은 정책, 반감기 30일"),
}

SENTENCES: Mapping[str, Pair] = {
    "trace_too_large": (
        "unpacked, the file is larger than {limit} MiB: cut the trace into parts",
        "압축을 풀면 {limit} MiB보다 큽니다. 기록을 나누세요",
    ),
    "trace_damaged": (
        "the gzip file is damaged or cut off: fetch it again",
        "gzip 파일이 손상되었거나 잘렸습니다. 다시 받으세요",
    ),
    "trace_not_text": (
        "the file is no text: give a trace in Standard Workload Format or CSV",
        "텍스트 파일이 아닙니다. 표준 작업 기록(SWF)이나 CSV를 주세요",
    ),
    "trace_empty": (
        "there is no job in it that ran: check that the file is the one you mean",
        "실제로 돈 작업이 없습니다. 원하는 파일이 맞는지 확인하세요",
    ),
    "trace_too_many_jobs": (
        "more than {limit} jobs: cut the trace into parts",
        "작업이 {limit}개를 넘습니다. 기록을 나누세요",
    ),
    "swf_fields": (
        "{found} fields where Standard Workload Format has {expected}: write -1 for what is not known",
        "필드가 {found}개입니다. 표준 작업 기록은 {expected}개이니 모르는 값은 -1로 적으세요",
    ),
    "number_bad": (
        "“{value}” is no number that fits here: write digits, without units or thousands separators",
        "“{value}” 값은 쓸 수 있는 수가 아닙니다. 단위나 자릿점 없이 숫자만 적으세요",
    ),
    "number_range": (
        "{value} is not between {lowest} and {highest}: check the column and its unit",
        "{value} 값은 {lowest}에서 {highest} 사이를 벗어납니다. 열과 단위를 확인하세요",
    ),
    "time_bad": (
        "“{value}” is no time: write seconds, or 2026-03-01T09:00:00+09:00",
        "“{value}” 값은 시각이 아닙니다. 초 또는 2026-03-01T09:00:00+09:00 꼴로 적으세요",
    ),
    "class_unknown": (
        "there is no class “{value}”: choose one of {known}",
        "“{value}” 종류는 없습니다. {known} 가운데 고르세요",
    ),
    "name_bad": (
        "“{value}” is longer than {limit} characters or not printable: shorten it",
        "“{value}” 이름은 {limit}자를 넘거나 인쇄할 수 없는 글자가 있습니다. 줄이세요",
    ),
    "job_twice": (
        "job {id} stood in line {first_row} already: take one of them out",
        "작업 {id} 번호는 {first_row}번째 줄에 이미 있습니다. 하나를 빼세요",
    ),
    "column_missing": (
        "the column is missing: add it to the first line (a trace in Standard Workload Format begins with a number or “;”)",
        "열이 없습니다. 첫 줄에 넣으세요 (표준 작업 기록은 숫자나 “;”으로 시작합니다)",
    ),
    "column_twice": ("the column occurs twice: take one out", "열이 두 번 나옵니다. 하나를 빼세요"),
    "ragged_row": (
        "{found} cells where the first line has {expected}: fill or remove cells",
        "칸이 {found}개인데 첫 줄은 {expected}개입니다. 칸 수를 맞추세요",
    ),
    "quotes_broken": (
        "a quotation mark is not closed or stands in the wrong place: correct it",
        "따옴표가 닫히지 않았거나 잘못된 자리에 있습니다. 고치세요",
    ),
    "member_unknown": (
        "“{value}” has no job in the trace: write the name as the trace does, or take the line out",
        "“{value}”의 작업이 기록에 없습니다. 기록과 같은 이름으로 적거나 줄을 빼세요",
    ),
    "member_twice": (
        "“{value}” stood there before: take one out",
        "“{value}” 기관은 앞에 이미 있습니다. 하나를 빼세요",
    ),
    "kind_unknown": (
        "no job of the trace needs {kind}: leave it out (the trace has {known})",
        "기록의 어떤 작업도 {kind} 자원을 쓰지 않습니다. 빼세요 (기록에 있는 것: {known})",
    ),
    "capacity_unknown": (
        "the trace does not say how much {kind} the farm has: give --cores, --memory or --accelerator",
        "팜에 {kind} 자원이 얼마나 있는지 기록에 없습니다. --cores, --memory, --accelerator로 알려 주세요",
    ),
    "guaranteed_too_much": (
        "{total} {kind} are guaranteed but the farm has {amount}: guarantee less",
        "{kind} 자원은 보장량이 {total}인데 팜에는 {amount}뿐입니다. 보장량을 줄이세요",
    ),
    "nothing_fits": (
        "every job needs more than the farm has: make the farm larger",
        "모든 작업이 팜보다 큽니다. 팜을 키우세요",
    ),
    "more_faults": ("and {count} more faults", "그 밖에 오류 {count}개"),
}


def sentence(fault: Fault) -> str:
    """Return a fault in words, with its line and column."""
    words = either(*SENTENCES[fault.code]).format(**dict(fault.params))
    if fault.row is None:
        return words
    place = either(f"line {fault.row}", f"{fault.row}번째 줄")
    if fault.column:
        place += either(f", {fault.column}", f", {fault.column}")
    return f"{place}: {words}"


def hours(seconds: float | None) -> str:
    """Return a time in hours, with as many digits as say something."""
    if seconds is None:
        return "–"
    value = seconds / 3_600
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.1f}" if value >= 100 else f"{value:.2f}"


def percent(part: float) -> str:
    return f"{part * 100:.1f}%"


def introduction(trace: "Trace", capacity: "Capacity") -> list[str]:
    """Return what is replayed, and what was left aside."""
    farm = ", ".join(
        f"{amount:,} {kind}" for kind, amount in zip(capacity.kinds, capacity.amounts, strict=True)
    )
    lines = [
        either(
            f"{len(trace.jobs):,} jobs of {len(trace.members)} members on a farm of {farm}. Times are in hours.",
            f"회원 기관 {len(trace.members)}곳의 작업 {len(trace.jobs):,}개, 팜 {farm}. 시간 단위는 시간입니다.",
        )
    ]
    if trace.never_ran:
        lines.append(
            either(
                f"{trace.never_ran} that never ran are left out.",
                f"돌지 않은 작업 {trace.never_ran}개는 뺐습니다.",
            )
        )
    if trace.without_limit:
        lines.append(
            either(
                f"{trace.without_limit} without a limit count as if they had known their run time.",
                f"제한 시간이 없는 작업 {trace.without_limit}개는 실행 시간을 미리 안 것으로 봅니다.",
            )
        )
    if trace.ignored_columns:
        names = ", ".join(trace.ignored_columns)
        lines.append(either(f"Columns not used: {names}", f"쓰지 않은 열: {names}"))
    return lines


HEADINGS: Sequence[Pair] = (
    ("mean wait", "평균 대기"),
    ("median user", "중앙 사용자"),
    ("95% of jobs", "작업 95%"),
    ("worst user", "최악 사용자"),
    ("wide, longest", "넓은 작업 최장"),
    ("slowdown 50/95%", "지연 배수 50/95%"),
    ("used", "가동률"),
    ("misplaced", "몫과 차이"),
)


def cells_of(one: "Measures") -> list[str]:
    """Return a policy's measures in words, in the order of the headings."""
    return [
        hours(one.mean_wait),
        hours(one.median_user_wait),
        hours(one.p95_wait),
        hours(one.worst_user_wait),
        hours(one.longest_wide_wait),
        f"{one.median_slowdown:.1f}/{one.p95_slowdown:,.0f}",
        "/".join(map(percent, one.utilisation.values())),
        percent(one.misplaced),
    ]


def comparison(one: "Measures | None" = None) -> str:
    """Return the heading of the comparison, or one policy's row."""
    cells = [either(*heading) for heading in HEADINGS] if one is None else cells_of(one)
    first = either("policy", "정책") if one is None else one.policy
    return padded(first, 15) + "".join(padded(cell, 17) for cell in cells).rstrip()


def portrait(one: "Measures") -> list[str]:
    """Return one policy whole: its measures, and what each member got of what it was entitled to."""
    lines = ["", f"{one.policy}: {either(*POLICY_WORDS[one.policy])}"]
    lines += [
        f"  {padded(either(*name), 20)}{said}" for name, said in zip(HEADINGS, cells_of(one), strict=True)
    ]
    if one.too_large:
        lines.append(
            either(
                f"  {one.too_large} jobs need more than the farm has and are left out.",
                f"  작업 {one.too_large}개는 팜보다 커서 뺐습니다.",
            )
        )
    if one.preemptions:
        lines.append(
            either(
                f"  {one.preemptions} times a scavenger gave way.",
                f"  스캐빈저가 {one.preemptions}번 비켜 주었습니다.",
            )
        )
    lines += ["", _member_heading(), *map(_member_row, one.members[:MEMBERS_SHOWN])]
    rest = len(one.members) - MEMBERS_SHOWN
    return (
        [*lines, either(f"… and {rest} more (--json has all)", f"… 그 밖에 {rest}곳 (--json에 모두 있음)")]
        if rest > 0
        else lines
    )


def _member_heading() -> str:
    names = [
        ("share", "몫"),
        ("jobs", "작업"),
        ("mean wait", "평균 대기"),
        ("delivered", "받은 몫"),
        ("entitled", "받을 몫"),
    ]
    return (
        padded(either("member", "회원 기관"), 24)
        + "".join(padded(either(*name), 11) for name in names).rstrip()
    )


def _member_row(one: "MemberMeasures") -> str:
    cells = [
        f"{one.share:g}",
        f"{one.jobs:,}",
        hours(one.mean_wait),
        percent(one.delivered),
        percent(one.entitled),
    ]
    return padded(one.member, 24) + "".join(padded(cell, 11) for cell in cells).rstrip()


def as_picture(name: str, capacity: "Capacity", measured: "Sequence[Measures]") -> str:
    """Return the comparison as SVG."""
    from dure.engines.scheduling.simulation.plot import Panel, drawn

    farm = ", ".join(
        f"{amount:,} {kind}" for kind, amount in zip(capacity.kinds, capacity.amounts, strict=True)
    )
    waits: list[tuple[Pair, list[float | None]]] = [
        (("Mean wait, h", "평균 대기, 시간"), [one.mean_wait for one in measured]),
        (("Median user's wait, h", "중앙 사용자 대기, 시간"), [one.median_user_wait for one in measured]),
        (("95% of jobs wait less, h", "작업 95%의 대기, 시간"), [one.p95_wait for one in measured]),
        (
            ("Longest of wide jobs, h", "넓은 작업 최장 대기, 시간"),
            [one.longest_wide_wait for one in measured],
        ),
    ]
    panels = [Panel(either(*title), values, list(map(hours, values))) for title, values in waits]
    misplaced = [one.misplaced for one in measured]
    panels.append(Panel(either("Misplaced", "몫과 차이"), misplaced, list(map(percent, misplaced))))
    title = either(f"{name} on {farm}", f"{name}, 팜 {farm}")
    return drawn(title, [one.policy for one in measured], panels)
