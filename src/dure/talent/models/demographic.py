"""What people say of themselves for audits alone: a wall keeps it from everything that matches, ranks or decides."""

from django.core.exceptions import ValidationError
from django.db import models

from dure.foundation import clock
from dure.people import api as people
from dure.talent.audits import attributes


class DemographicAnswer(models.Model):
    """One answer of a person to one attribute of `attributes.ATTRIBUTES`. Who would rather not say has no row.

    Only `dure.talent.audits` may import this module (a contract of import-linter), and no other model leads here: there is no
    name to come back by from a person. Nobody but the person ever reads a row; reports count them.
    """

    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    attribute = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "attribute"], name="one_answer_per_attribute")
        ]

    def __str__(self) -> str:
        return self.attribute

    def clean(self) -> None:
        """Refuses whatever is not asked."""
        if self.value not in attributes.values_of(self.attribute):
            raise ValidationError({"value": self.attribute})
