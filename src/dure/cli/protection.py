"""What protects this machine from programs of strangers, in words: for `dure doctor`, in the operator's language."""

from collections.abc import Mapping

from dure.cli.words import either
from dure.engines.sandbox import LEAST_LEVEL, Protection, WallState

Pair = tuple[str, str]

LEVELS: Mapping[int, Pair] = {
    4: (
        "every wall holds; the kernel caps memory, processes and processor time",
        "모든 벽이 섭니다. 메모리, 프로세스, 연산 시간을 커널이 제한합니다",
    ),
    3: (
        "code runs; memory of the tree is watched, not capped by the kernel",
        "코드를 실행합니다. 메모리는 커널이 막지 않고 지켜보다가 끝냅니다",
    ),
    2: (
        "code of strangers is refused; only Landlock and limits are there",
        "낯선 이의 코드는 받지 않습니다. Landlock과 한도만 있습니다",
    ),
    1: (
        "code of strangers is refused; only limits are there",
        "낯선 이의 코드는 받지 않습니다. 한도만 있습니다",
    ),
    0: (
        "code of strangers is refused; nothing protects this machine",
        "낯선 이의 코드는 받지 않습니다. 이 컴퓨터를 지키는 것이 없습니다",
    ),
}
WALLS: Mapping[str, Pair] = {
    "sandbox": ("own namespaces by bubblewrap", "bubblewrap으로 나뉜 이름 공간"),
    "network": ("no network", "네트워크 없음"),
    "files": ("no file of the machine", "이 컴퓨터의 파일이 보이지 않음"),
    "environment": ("no environment of ours", "우리 환경 변수 없음"),
    "descriptors": ("no open file of ours", "우리가 연 파일 없음"),
    "nested": ("no namespaces inside", "안에서 이름 공간을 만들 수 없음"),
    "read_only": ("the system is read-only", "시스템은 읽기 전용"),
    "rlimits": ("limits of each process", "프로세스별 한도"),
    "uid": ("a user of its own", "실행마다 다른 사용자"),
    "seccomp": ("filter for system calls", "시스템 호출 거름망"),
    "landlock": ("Landlock, the second layer", "두 번째 겹 Landlock"),
    "cgroup": ("control group", "제어 그룹 cgroup"),
    "watcher": ("watcher of the tree's memory", "메모리 감시"),
}
REMEDIES: Mapping[str, Pair] = {
    "not_linux": ("programs run only on Linux", "프로그램은 리눅스에서만 실행합니다"),
    "bubblewrap_missing": (
        "install the system's package bubblewrap",
        "시스템 패키지 bubblewrap을 설치하십시오",
    ),
    "bubblewrap_old": ("install bubblewrap 0.8 or newer", "bubblewrap 0.8 이상을 설치하십시오"),
    "user_namespaces_zero": (
        "set the kernel's user.max_user_namespaces above 0 (sysctl)",
        "커널의 user.max_user_namespaces를 0보다 크게 정하십시오(sysctl)",
    ),
    "apparmor_forbids": (
        "AppArmor forbids user namespaces: give bwrap a profile, or set kernel.apparmor_restrict_unprivileged_userns to 0",
        "AppArmor가 막습니다. bwrap에 프로필을 주거나 kernel.apparmor_restrict_unprivileged_userns를 0으로 두십시오",
    ),
    "container_forbids": (
        "the container forbids namespaces: run the runner outside, or allow them in the container's seccomp profile",
        "컨테이너가 이름 공간을 막습니다. 실행기를 밖에서 돌리거나 컨테이너의 seccomp 프로필에서 허용하십시오",
    ),
    "does_not_start": ("it does not start", "시작되지 않습니다"),
    "reached_through": ("a trial program got through", "시험 프로그램이 뚫고 나갔습니다"),
    "machine_unknown": ("known for x86_64 and aarch64 only", "x86_64와 aarch64에만 있습니다"),
    "kernel_has_none": (
        "the kernel has none: Linux 5.13 or newer, with landlock in its lsm list",
        "커널에 없습니다. 리눅스 5.13 이상에서 lsm 목록에 landlock을 넣으십시오",
    ),
    "no_writable_cgroup": (
        "none can be made: start as root, or let systemd delegate one (Delegate=memory pids cpu, DelegateSubgroup=main)",
        "만들 수 없습니다. root로 시작하거나 systemd에서 위임하십시오(Delegate=memory pids cpu, DelegateSubgroup=main)",
    ),
    "cgroup_did_not_hold": (
        "unproven: a trial run was not ended at its limit; runs are watched instead",
        "확인되지 않음: 시험 실행이 한도에서 끝나지 않았습니다. 대신 감시합니다",
    ),
}


def lines(found: Protection) -> list[tuple[bool, str]]:
    """Return (whether all is well, text): the level first, then each wall that does not hold, then those that do, in one line."""
    level = either("level %d of 4: ", "4단계 중 %d단계: ") % found.level + either(*LEVELS[found.level])
    holding = [_named(wall) for wall in found.walls if wall.state == "holds"]
    missing = [(False, f"{_named(wall)}: {_remedy(wall)}") for wall in found.walls if wall.state != "holds"]
    standing = [(True, either("holds: ", "서 있는 벽: ") + ", ".join(holding))] if holding else []
    return [(found.level >= LEAST_LEVEL, level), *missing, *standing]


def _named(wall: WallState) -> str:
    detail = f" ({wall.detail})" if wall.state == "holds" and wall.detail else ""
    return either(*WALLS[wall.name]) + detail


def _remedy(wall: WallState) -> str:
    told = either(*REMEDIES[wall.cause])
    return f"{told} ({wall.detail})" if wall.detail else told
