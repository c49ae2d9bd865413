"""Posteriors of a person, computed anew from the evidence that stands."""

from dure.engines import evidence as engine
from dure.foundation import clock
from dure.talent.models import Evidence, SkillPosterior
from dure.talent.profiles.facts import by_skill

FIGURES = ("mean", "variance", "number", "model_version")


def recompute(person: int) -> None:
    """Bring the rows of `SkillPosterior` in step with the standing evidence; what stays the same is not written.

    Whoever calls it holds the lock of the person's profile (`record.lock`).
    """
    found = posteriors_of(person)
    kept = {row.skill: row for row in SkillPosterior.objects.filter(person_id=person)}
    changed = [skill for skill, value in found.items() if skill not in kept or not _says(kept[skill], value)]
    SkillPosterior.objects.filter(person_id=person, skill__in=kept.keys() - found.keys()).delete()
    SkillPosterior.objects.bulk_create(
        [_row(person, skill, found[skill]) for skill in changed],
        update_conflicts=True,
        unique_fields=["person", "skill"],
        update_fields=[*FIGURES, "computed_at"],
    )


def posteriors_of(person: int) -> dict[str, engine.Posterior]:
    """What the standing evidence of a person comes to today, by the skill's slug; one query."""
    standing = Evidence.objects.filter(person_id=person, state="standing")
    return {skill: engine.posterior(facts, clock.today()) for skill, facts in by_skill(standing).items()}


def as_value(row: SkillPosterior) -> engine.Posterior:
    """A kept row as the engine's value."""
    return engine.Posterior(row.mean, row.variance, row.number, row.model_version)


def _says(row: SkillPosterior, value: engine.Posterior) -> bool:
    return as_value(row) == value


def _row(person: int, skill: str, value: engine.Posterior) -> SkillPosterior:
    figures = {name: getattr(value, name) for name in FIGURES}
    return SkillPosterior(person_id=person, skill=skill, computed_at=clock.now(), **figures)
