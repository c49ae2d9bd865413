"""The catalogue of accelerators."""

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7


class Accelerator(models.Model):
    """A type of accelerator that members share: GPUs and NPUs alike.

    `key` is what jobs, nodes and engines call it (`gpu:h100`, `npu:atom`) and never changes. `weight` is its price: a second of it
    weighs as many seconds of a processor core. `memory_gb` is as the vendor states it for one device; None where we do not know.
    """

    class Kind(models.TextChoices):
        GPU = "gpu", "GPU"
        NPU = "npu", "NPU"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=40, unique=True)
    vendor = models.CharField(max_length=60)
    model = models.CharField(max_length=80)
    kind = models.CharField(max_length=3, choices=Kind.choices)
    memory_gb = models.PositiveSmallIntegerField(null=True, blank=True)
    weight = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["kind", "-weight", "vendor", "model"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.vendor} {self.model}"
