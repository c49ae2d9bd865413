"""Control groups: the kernel's own limits for a whole tree of processes, where we may make one."""

from dure.engines.sandbox.cgroups.choosing import kind, make
from dure.engines.sandbox.cgroups.group import Caps, Group, Kind

__all__ = ["Caps", "Group", "Kind", "kind", "make"]
