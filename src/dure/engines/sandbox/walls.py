"""The names of the walls. A run has all of them; only the tests take one away, to see that it was this one that held."""

from typing import Literal, get_args

Wall = Literal[
    "network",  # a network namespace with nothing in it
    "ipc",  # own System V and POSIX queues
    "hostname",  # own name of the machine
    "cgroups",  # own view of the control groups
    "nested",  # no user namespaces inside; capabilities would come with them
    "read_only",  # the system, the root and /dev cannot be written
    "sizes",  # folders in memory have a size
    "session",  # no terminal of the starter
    "death",  # dies with its starter
    "environment",  # nothing of the starter's environment
    "descriptors",  # no file of the starter stays open
    "uid",  # as root: own user for each run
    "rlimits",  # limits of each process
    "seccomp",  # system calls that nobody needs
    "landlock",  # files and TCP once more, without namespaces
    "cgroup",  # the tree's memory, processes and processor share, by the kernel
    "watcher",  # the tree's memory, processor time and files, by looking
]
ALL: frozenset[Wall] = frozenset(get_args(Wall))
