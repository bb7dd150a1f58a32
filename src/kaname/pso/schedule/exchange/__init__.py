"""Plan files in and out."""

from kaname.pso.schedule.exchange.reading import (
    Reading,
    pack_plan,
    read_plan,
    stored_refusal,
    survey_tables,
    unpack_plan,
)
from kaname.pso.schedule.exchange.writing import ExportKind, PlanFile, write_plan_file

__all__ = [
    "ExportKind",
    "PlanFile",
    "Reading",
    "pack_plan",
    "read_plan",
    "stored_refusal",
    "survey_tables",
    "unpack_plan",
    "write_plan_file",
]
