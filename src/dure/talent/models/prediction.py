"""What the evidence of somebody who asked for a seat said of them at that moment."""

from django.db import models

from dure.foundation import clock
from dure.people import api as people
from dure.talent.models.application import Application
from dure.talent.models.opening import Opening
from dure.talent.models.round import RoundEntry


class Prediction(models.Model):
    """Kept with an application, or with a ranking of a round for the opening that stood first in it; never changed afterwards.

    Only of people who agreed to that. `predicted` is the probability that every needed level is there, in [0, 1], as the
    score had it then. Audits alone read it: no page shows it to who decides.
    """

    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="predictions")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="predictions")
    application = models.OneToOneField(
        Application, null=True, on_delete=models.CASCADE, related_name="prediction"
    )
    entry = models.OneToOneField(RoundEntry, null=True, on_delete=models.CASCADE, related_name="prediction")
    model_version = models.CharField(max_length=20)
    predicted = models.FloatField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(application=None, entry__isnull=False)
                | models.Q(application__isnull=False, entry=None),
                name="prediction_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(predicted__gte=0, predicted__lte=1), name="prediction_is_a_probability"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predicted:.2f}"
