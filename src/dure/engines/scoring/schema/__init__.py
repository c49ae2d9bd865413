"""The shape of an answer file: inferred from a sample, edited by a person, kept as JSON."""

from dure.engines.scoring.schema.inference import infer_schema
from dure.engines.scoring.schema.model import Column, Schema
from dure.engines.scoring.schema.plain import from_plain, to_plain

__all__ = ["Column", "Schema", "from_plain", "infer_schema", "to_plain"]
