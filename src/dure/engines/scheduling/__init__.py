"""Who starts now on a shared farm, who has a place reserved, and who has to go: one pure function for executor and simulator.

An executor fills a `Farm`, asks `plan(farm, now)` and carries it out; `forecast(farm, now)` says of each other job why it waits.
"""

from dure.engines.scheduling.decisions import Plan, Preemption, Reservation, Start
from dure.engines.scheduling.farm import Farm
from dure.engines.scheduling.forecast import Waiting, forecast
from dure.engines.scheduling.jobs import Account, Amounts, Capacity, Job, JobClass, RunningJob
from dure.engines.scheduling.plan import plan
from dure.engines.scheduling.policy import HOUSE, POLICIES, Policy
from dure.engines.scheduling.reasons import SENTENCES, Preempts, Starts, Waits
from dure.engines.scheduling.usage import decayed

__all__ = [
    "HOUSE",
    "POLICIES",
    "SENTENCES",
    "Account",
    "Amounts",
    "Capacity",
    "Farm",
    "Job",
    "JobClass",
    "Plan",
    "Policy",
    "Preemption",
    "Preempts",
    "Reservation",
    "RunningJob",
    "Start",
    "Starts",
    "Waiting",
    "Waits",
    "decayed",
    "forecast",
    "plan",
]
