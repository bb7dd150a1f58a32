"""Tables of closed projects in delimited text: what was planned, what became of it, and what kind of project it was."""

from kaname.formats.history.read import HistoryTable, LeftOut, read_history

__all__ = ["HistoryTable", "LeftOut", "read_history"]
