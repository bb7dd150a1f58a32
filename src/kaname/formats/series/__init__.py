"""Series of defects found, in delimited text: columns found by their headings, counted per interval or one by one."""

from kaname.formats.series.contents import Choice, DefectSeries, Quantity, TimeUnit
from kaname.formats.series.read import read_series

__all__ = ["Choice", "DefectSeries", "Quantity", "TimeUnit", "read_series"]
