"""Jobs as values, and the sandbox that each one gets: free of Django, because nodes of a cluster and sites need it, too."""

from dure.engines.jobs.laying import MIB, copied, own_folder, profile_of, unpacked
from dure.engines.jobs.spec import Input, JobSpec, Limits

__all__ = ["MIB", "Input", "JobSpec", "Limits", "copied", "own_folder", "profile_of", "unpacked"]
