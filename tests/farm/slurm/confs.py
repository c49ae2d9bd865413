"""The private Slurm's configuration: four accelerators a machine that are none, and short times so that faults show soon."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

FAKE_GPUS: Final = "/dev/null,/dev/zero,/dev/full,/dev/random"
"""slurmd wants device files for a GPU; these are everybody's."""
GRES: Final = {"kt": "gpu:h100:4", "etri": "npu:atom:8"}

_SLURM = """\
ClusterName=dure
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={ctl}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/sock
CredType=cred/munge
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd-%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/slurmd-%n.log
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=5
ReturnToService=2
SlurmdTimeout=10
SlurmctldTimeout=10
KillWait=2
MinJobAge=300
MaxArraySize=10001
MaxJobCount=50000
SchedulerType=sched/backfill
SchedulerParameters=sched_min_interval=200000,batch_sched_delay=0,bf_interval=5,defer_batch
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
PreemptType=preempt/qos
PreemptMode=REQUEUE
JobRequeue=1
PriorityType=priority/multifactor
PriorityDecayHalfLife=7-0
PriorityCalcPeriod=1
PriorityWeightFairshare=100000
PriorityWeightQOS=10000
PriorityWeightAge=1000
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort={dbd}
AccountingStoragePass={folder}/munge/sock
AccountingStorageEnforce=associations,limits,qos,safe
AccountingStorageTRES=gres/gpu,gres/gpu:h100,gres/npu,gres/npu:atom
GresTypes=gpu,npu
PrivateData=jobs,usage,accounts,users
NodeName=DEFAULT CPUs={cpus} Boards=1 SocketsPerBoard=1 CoresPerSocket={cpus} ThreadsPerCore=1 RealMemory=16384 State=UNKNOWN
"""
_PARTITION = (
    "PartitionName=batch Nodes=ALL Default=YES MaxTime=2-0 DefaultTime=10 DefMemPerCPU=512 State=UP"
    ' TRESBillingWeights="CPU=0.0,Mem=0.0,GRES/gpu:h100=100,GRES/npu:atom=25"\n'
)
_DBD = """\
AuthType=auth/munge
AuthInfo=socket={folder}/munge/sock
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort={dbd}
SlurmUser={user}
LogFile={folder}/log/slurmdbd.log
PidFile={folder}/run/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort={db}
StorageUser=slurm
StoragePass=slurm
StorageLoc=slurm_acct_db
PrivateData=jobs,usage,accounts,users
"""


def _owner(node: str) -> str:
    return node.rstrip("0123456789")


def slurm_conf(folder: Path, ports: Mapping[str, int], *, nodes: Sequence[str], cpus: int, user: str) -> str:
    head = _SLURM.format(folder=folder, user=user, cpus=cpus, ctl=ports["ctl"], dbd=ports["dbd"])
    lines = [
        f"NodeName={node} NodeAddr=127.0.0.1 NodeHostname=localhost Port={ports[node]}"
        f" Gres={GRES[_owner(node)]} Feature={_owner(node)}\n"
        for node in nodes
    ]
    return head + "".join(lines) + _PARTITION


def dbd_conf(folder: Path, ports: Mapping[str, int], *, user: str) -> str:
    return _DBD.format(folder=folder, user=user, dbd=ports["dbd"], db=ports["db"])


def gres_conf(nodes: Sequence[str]) -> str:
    lines = []
    for node in nodes:
        kind, model, count = GRES[_owner(node)].split(":")
        where = f"File={FAKE_GPUS}" if kind == "gpu" else f"Count={count}"
        lines.append(f"NodeName={node} Name={kind} Type={model} {where}\n")
    return "".join(lines)
