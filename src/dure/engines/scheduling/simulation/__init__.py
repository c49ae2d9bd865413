"""Traces replayed under policies of sharing: the farm's own ordering, tried on real work before it is set."""

from dure.engines.scheduling.simulation.measures import Measures, MemberMeasures, measure
from dure.engines.scheduling.simulation.reading import read_shares_of, read_trace
from dure.engines.scheduling.simulation.replay import Replay, replay
from dure.engines.scheduling.simulation.setting import capacity_for
from dure.engines.scheduling.simulation.tables import Share
from dure.engines.scheduling.simulation.trace import Trace, TraceJob

__all__ = [
    "Measures",
    "MemberMeasures",
    "Replay",
    "Share",
    "Trace",
    "TraceJob",
    "capacity_for",
    "measure",
    "read_shares_of",
    "read_trace",
    "replay",
]
