"""Rows of the farm."""

from dure.farm.models.accelerator import Accelerator
from dure.farm.models.allocation import Allocation, AllocationChange
from dure.farm.models.contribution import Contribution
from dure.farm.models.job import Job
from dure.farm.models.lab import Lab
from dure.farm.models.node import Node
from dure.farm.models.run import Run, RunFile
from dure.farm.models.share_set import ShareSet
from dure.farm.models.site import Site, SiteDataset, SiteTask, SiteUse
from dure.farm.models.slurm import SlurmJob
from dure.farm.models.usage import UsageCursor, UsageEntry

__all__ = [
    "Accelerator",
    "Allocation",
    "AllocationChange",
    "Contribution",
    "Job",
    "Lab",
    "Node",
    "Run",
    "RunFile",
    "ShareSet",
    "Site",
    "SiteDataset",
    "SiteTask",
    "SiteUse",
    "SlurmJob",
    "UsageCursor",
    "UsageEntry",
]
