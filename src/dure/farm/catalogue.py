"""The accelerators we know from the start. An installation adds its own and changes weights; nothing here overwrites that.

Memory is what the vendor states for one device, and left out where we could not find it stated. Weights are prices that members
agree on: 100 for an H100, the others in rough proportion to what they do for training (GPUs) or serving (NPUs). They are a
beginning, not a measurement.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from dure.farm.models import Accelerator


@dataclass(frozen=True, slots=True)
class Known:
    """One line of the list."""

    key: str
    vendor: str
    model: str
    memory_gb: int | None
    weight: int

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


SHIPPED: Final = (
    Known("gpu:b200", "NVIDIA", "B200", 180, 200),
    Known("gpu:h200", "NVIDIA", "H200", 141, 120),
    Known("gpu:h100", "NVIDIA", "H100", 80, 100),
    Known("gpu:a100", "NVIDIA", "A100 80GB", 80, 50),
    Known("gpu:a100-40", "NVIDIA", "A100 40GB", 40, 40),
    Known("gpu:l40s", "NVIDIA", "L40S", 48, 35),
    Known("gpu:a6000", "NVIDIA", "RTX A6000", 48, 20),
    Known("gpu:rtx3090", "NVIDIA", "GeForce RTX 3090", 24, 12),
    Known("gpu:l4", "NVIDIA", "L4", 24, 12),
    Known("gpu:v100", "NVIDIA", "V100 32GB", 32, 15),
    Known("gpu:t4", "NVIDIA", "T4", 16, 6),
    Known("gpu:mi355x", "AMD", "Instinct MI355X", 288, 200),
    Known("gpu:mi325x", "AMD", "Instinct MI325X", 256, 120),
    Known("gpu:mi300x", "AMD", "Instinct MI300X", 192, 100),
    Known("npu:rebel-quad", "Rebellions", "REBEL-Quad", None, 100),
    Known("npu:atom-max", "Rebellions", "ATOM-Max", None, 50),
    Known("npu:atom", "Rebellions", "ATOM", 16, 25),
    Known("npu:rngd", "FuriosaAI", "RNGD", 48, 50),
    Known("npu:warboy", "FuriosaAI", "Warboy", None, 8),
    Known("npu:x330", "SAPEON", "X330", None, 25),
    Known("npu:x220", "SAPEON", "X220", None, 8),
    Known("npu:dx-h1", "DEEPX", "DX-H1", None, 8),
    Known("npu:dx-m1", "DEEPX", "DX-M1", None, 2),
)


def ensure_catalogue(**_signal: Any) -> None:
    """Give an installation what it lacks of the list. What an operator has changed stays changed."""
    rows = [Accelerator(kind=known.kind, **asdict(known)) for known in SHIPPED]
    Accelerator.objects.bulk_create(rows, ignore_conflicts=True)
