"""Rows of the farm."""

from dure.farm.models.job import Job
from dure.farm.models.node import Node
from dure.farm.models.run import Run, RunFile

__all__ = ["Job", "Node", "Run", "RunFile"]
