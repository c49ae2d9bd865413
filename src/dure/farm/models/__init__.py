"""Rows of the farm."""

from dure.farm.models.accelerator import Accelerator
from dure.farm.models.job import Job
from dure.farm.models.node import Node
from dure.farm.models.run import Run, RunFile
from dure.farm.models.usage import UsageCursor, UsageEntry

__all__ = ["Accelerator", "Job", "Node", "Run", "RunFile", "UsageCursor", "UsageEntry"]
