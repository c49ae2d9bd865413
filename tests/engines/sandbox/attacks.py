"""What a hostile program tries, as data. Each prints `through` or `refused`; `away` are the walls without which it gets through.

Where `away` is None the wall cannot be taken away alone (the mount and the pid namespace): the control runs outside.
`layered` says that each wall of `away` holds it without the others, for whom. `abi` is the Landlock that can hold it;
`optional` ones need something that not every kernel has.
"""

from dataclasses import dataclass
from typing import Literal

from dure.engines.sandbox.walls import Wall

Who = Literal["this process", "ordinary user"]
BOTH: frozenset[Who] = frozenset({"this process", "ordinary user"})
ORDINARY: frozenset[Who] = frozenset({"ordinary user"})
NONE: frozenset[Who] = frozenset()

PROLOGUE = """
import ctypes, errno, mmap, os, signal, socket, sys, time
E = os.environ
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *words):
    answer = libc.syscall(int(E["NR_" + name]), *map(ctypes.c_long, words))
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer
def refused_unless(holds):
    if not holds:
        raise PermissionError
def reaches_the_kernel(number, name, *words):
    # The kernel itself complains about nonsense: then the call was let in.
    try:
        call(name, *words)
    except OSError as error:
        refused_unless(error.errno == number)
def attack():
"""
EPILOGUE = """
try:
    attack()
    print("through")
except OSError as error:
    print("refused", error)
"""


@dataclass(frozen=True)
class Attack:
    """One attempt. `body` is the inside of a function: what raises OSError is refused."""

    name: str
    body: str
    away: frozenset[Wall] | None
    layered: frozenset[Who] = NONE
    only: frozenset[Who] = BOTH
    abi: int = 0
    optional: bool = False

    @property
    def code(self) -> str:
        indented = "".join(f"    {line}\n" for line in self.body.strip().splitlines())
        return PROLOGUE + indented + EPILOGUE

    def __str__(self) -> str:
        return self.name.replace(" ", "_")


def walls(*names: Wall) -> frozenset[Wall]:
    return frozenset(names)


NETWORK = (
    Attack(
        "tcp to the machine",
        "socket.create_connection(('127.0.0.1', int(E['TCP'])), 2)",
        walls("network", "landlock"),
        layered=BOTH,
        abi=4,
    ),
    Attack(
        "udp to the machine",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(2)
s.connect(("127.0.0.1", int(E["UDP"])))
s.send(b"x")
s.recv(1)
""",
        walls("network"),
    ),
    Attack(
        "abstract socket of the machine",
        "socket.socket(socket.AF_UNIX).connect('\\0' + E['ABSTRACT'])",
        walls("network", "landlock"),
        layered=BOTH,
        abi=6,
    ),
    Attack("tcp among its own", "socket.create_server(('127.0.0.1', 0))", walls("landlock"), abi=4),
    Attack(
        "vsock to the host of the machine",
        "socket.socket(40, socket.SOCK_STREAM)",
        walls("seccomp"),
        optional=True,
    ),
    Attack("generic netlink", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)", walls("seccomp")),
    Attack(
        "message queue of the machine", "refused_unless(libc.msgget(int(E['QUEUE']), 0) >= 0)", walls("ipc")
    ),
    Attack("name of the machine", "refused_unless(socket.gethostname() == E['HOST'])", walls("hostname")),
)
FILES = (
    Attack("answers by their path", "open(E['SECRET']).read()", None),
    Attack("answers by any parent", "os.listdir(os.path.dirname(E['SECRET']))", None),
    Attack("accounts", "open('/etc/passwd').read()", None),
    Attack("sys", "os.listdir('/sys')", None),
    Attack(
        "answers through an open file",
        """
for name in os.listdir("/proc/self/fd"):
    try:
        if b"hidden" in os.pread(int(name), 100, 0):
            return
    except OSError:
        pass
raise PermissionError
""",
        walls("descriptors"),
    ),
    Attack(
        "environment of the starter",
        "refused_unless(b'DURE_SECRET' in open('/proc/1/environ', 'rb').read())",
        walls("environment", "landlock"),
        layered=ORDINARY,
        only=ORDINARY,
    ),
    Attack("write at the root", "os.mkdir('/dure')", walls("read_only", "landlock", "uid"), layered=BOTH),
    Attack(
        "write among devices", "os.mkdir('/dev/dure')", walls("read_only", "landlock", "uid"), layered=BOTH
    ),
    Attack("setting of its process", "open('/proc/self/oom_score_adj', 'w').write('500')", walls("landlock")),
    Attack("fill a folder in memory", "open('/tmp/x', 'wb').write(bytes(6 << 20))", walls("sizes")),
    Attack("fill shared memory", "open('/dev/shm/x', 'wb').write(bytes(6 << 20))", walls("sizes")),
    Attack("one large file", "os.posix_fallocate(os.open('/tmp/x', 66), 0, 3 << 20)", walls("rlimits")),
    Attack("open files without end", "held = [open('/dev/null') for _ in range(200)]", walls("rlimits")),
)
PROCESSES = (
    Attack("process of the machine", "os.kill(int(E['VICTIM']), 0)", None),
    Attack("process in proc", "os.listdir('/proc/' + E['VICTIM'])", None),
    Attack("files of its parent", "os.listdir(f'/proc/{os.getppid()}/fd')", None),
    Attack("memory of its parent", "open(f'/proc/{os.getppid()}/mem', 'rb')", None),
    Attack("signal to its parent", "os.kill(os.getppid(), 0)", walls("landlock"), abi=6),
    Attack("be traced", "refused_unless(libc.ptrace(0, 0, 0, 0) == 0)", walls("seccomp")),
    Attack("memory of a process", "call('process_vm_readv', os.getpid(), 0, 0, 0, 0, 0)", walls("seccomp")),
    Attack(
        "forks without end",
        """
for _ in range(60):
    if not os.fork():
        time.sleep(5)
        os._exit(0)
""",
        walls("rlimits", "cgroup"),
    ),
)
KERNEL = (
    Attack("a user namespace", "call('unshare', 0x10000000)", walls("nested", "seccomp"), layered=ORDINARY),
    Attack(
        "a mount in a namespace",
        """
call("unshare", 0x10020000)
refused_unless(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0)
""",
        walls("nested", "seccomp", "landlock"),
        layered=ORDINARY,
    ),
    Attack(
        "a clock in a namespace", "call('unshare', 0x10000080)", walls("nested", "seccomp"), layered=ORDINARY
    ),
    Attack(
        "view of the control groups",
        "refused_unless(os.readlink('/proc/self/ns/cgroup') == E['CGROUP'])",
        walls("cgroups"),
    ),
    Attack(
        "io_uring",
        "reaches_the_kernel(errno.EFAULT, 'io_uring_setup', 1, 0)",
        walls("seccomp"),
        optional=True,
    ),
    Attack("clone3", "reaches_the_kernel(errno.EINVAL, 'clone3', 0, 0)", walls("seccomp")),
    Attack(
        "performance counters",
        "reaches_the_kernel(errno.EINVAL, 'perf_event_open', 0, 0, 0, 0, 0xFFFF)",
        walls("seccomp"),
    ),
    Attack("key ring", "reaches_the_kernel(errno.EOPNOTSUPP, 'keyctl', 9999, 0, 0, 0, 0)", walls("seccomp")),
    Attack("set the clock", "reaches_the_kernel(errno.EFAULT, 'clock_settime', 0, 8)", walls("seccomp")),
    Attack(
        "a call newer than the filter",
        "reaches_the_kernel(errno.EINVAL, 'mseal', 1, 0, 1)",
        walls("seccomp"),
        optional=True,
    ),
)
ATTACKS = (*NETWORK, *FILES, *PROCESSES, *KERNEL)
CALLS = {"mseal": (462, 462)}
"""Numbers that the filter does not name."""
