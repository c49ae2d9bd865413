"""Jobs as values, and the sandbox that each one gets: free of Django, because nodes of a cluster and sites need it, too."""

from dure.engines.jobs.carrying import JUDGE_CODES, JUDGE_FILES, Carried, Work, begin
from dure.engines.jobs.laying import MIB, copied, own_folder, profile_of, unpacked
from dure.engines.jobs.spec import Input, JobSpec, Judge, Limits

__all__ = [
    "JUDGE_CODES",
    "JUDGE_FILES",
    "MIB",
    "Carried",
    "Input",
    "JobSpec",
    "Judge",
    "Limits",
    "Work",
    "begin",
    "copied",
    "own_folder",
    "profile_of",
    "unpacked",
]
