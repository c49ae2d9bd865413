"""The door of the farm: what other apps may use."""

from dure.farm.actions.asking import cancel, submit
from dure.farm.actions.demo import DemoCast, put_demo_capacity
from dure.farm.actions.emptying import forget_jobs
from dure.farm.actions.share_sets import set_shares, shares_in_force
from dure.farm.actions.site_tasks import ask as ask_site
from dure.farm.actions.site_tasks import cancel as cancel_site_task
from dure.farm.actions.site_uses import ask as ask_site_use
from dure.farm.actions.site_uses import take_back as take_back_site_use
from dure.farm.actions.site_uses import uses_of as site_uses_of
from dure.farm.actions.site_uses import want as want_of_site
from dure.farm.events import JobDone, SiteTaskDone, SiteUseAnswered, UsageLine, UsageRecorded
from dure.farm.jobs import JOB, Input, JobSpec, Judge, Limits
from dure.farm.labs.actions import link_to as lab_link
from dure.farm.labs.names import laid_names
from dure.farm.labs.prestart import prestart_labs
from dure.farm.labs.sources import LabFile, LabWork, register_lab_source
from dure.farm.models import Job, Node, Run, RunFile, ShareSet, SiteTask, SiteUse
from dure.farm.queries.jobs import has_accelerators, job_for, judge_fault, largest, last_run
from dure.farm.rules_protection import may_run

__all__ = [
    "JOB",
    "DemoCast",
    "Input",
    "Job",
    "JobDone",
    "JobSpec",
    "Judge",
    "LabFile",
    "LabWork",
    "Limits",
    "Node",
    "Run",
    "RunFile",
    "ShareSet",
    "SiteTask",
    "SiteTaskDone",
    "SiteUse",
    "SiteUseAnswered",
    "UsageLine",
    "UsageRecorded",
    "ask_site",
    "ask_site_use",
    "cancel",
    "cancel_site_task",
    "forget_jobs",
    "has_accelerators",
    "job_for",
    "judge_fault",
    "lab_link",
    "laid_names",
    "largest",
    "last_run",
    "may_run",
    "prestart_labs",
    "put_demo_capacity",
    "register_lab_source",
    "set_shares",
    "shares_in_force",
    "site_uses_of",
    "submit",
    "take_back_site_use",
    "want_of_site",
]
