"""Slurm's accounts beside ours: what each has, and mending Slurm's. Ours are those of members and of who ever asked for a job."""

from collections.abc import Iterable, Iterator

from dure.farm.models import Job
from dure.farm.slurm import commands
from dure.farm.slurm.accounts import Difference, Payer, Tree, differences, tree_of, wanted
from dure.farm.terms import terms
from dure.people import api as people

_SHOW = ("sacctmgr", "--noheader", "--parsable2", "show")


def payers() -> Iterator[Payer]:
    """Who may ask for a job: the people of members, on no project yet, and whoever asked for one before."""
    belongs = people.Membership.objects.current().order_by("organisation__slug", "person__id")
    for member, person in belongs.values_list("organisation__slug", "person__uid").distinct():
        yield Payer(member, "", person)
    asked = Job.objects.order_by("organisation__slug", "project", "person__id")
    for member, project, person in asked.values_list(
        "organisation__slug", "project", "person__uid"
    ).distinct():
        yield Payer(member or "", project, person)


def compared(*, cluster: str, user: str) -> list[Difference]:
    """What Slurm lacks or has otherwise. `user` is the one that the runner is to Slurm. Raises SlurmAway or Refused."""
    want = wanted({Payer(), *payers()}, shares())
    return differences(want, _found(cluster, user), user=user)


def shares() -> dict[tuple[str, ...], float]:
    """What members agreed on, by the words that accounts are made of."""
    slugs = {str(uid): slug for uid, slug in people.Organisation.objects.values_list("uid", "slug")}
    return {(slugs.get(member, ""), *rest): share for (member, *rest), share in terms().shares.items()}


def _found(cluster: str, user: str) -> Tree:
    where = (f"cluster={cluster}", "format=account,parentname,user,qos,share")
    associations = commands.run(*_SHOW, "assoc", *where)
    return tree_of(associations, commands.run(*_SHOW, "qos", "format=name,preempt"), user=user)


def mend(found: Iterable[Difference]) -> None:
    """Tell Slurm; what has no words is left alone. Raises SlurmAway or Refused, and then nothing after it was told."""
    for one in found:
        if one.words:
            commands.run("sacctmgr", "--immediate", *one.words)
