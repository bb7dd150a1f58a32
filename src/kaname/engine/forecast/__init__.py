"""What the record of closed projects says of the next one."""

from kaname.engine.forecast.calibration import Calibration, Held, calibrate
from kaname.engine.forecast.reference import Case, History, HistoryError, Level, ReferenceClass

__all__ = [
    "Calibration",
    "Case",
    "Held",
    "History",
    "HistoryError",
    "Level",
    "ReferenceClass",
    "calibrate",
]
