"""Read three-point estimates of tasks."""

from typing import Final

from kaname.engine.network.plan import Plan
from kaname.engine.simulation import Pert, Spread, SpreadError, TaskRisk, Triangular, Uniform
from kaname.engine.text import gettext_noop
from kaname.engine.units import MINUTES_PER_HOUR
from kaname.formats.estimates.rows import Row, Tasks, read_rows
from kaname.formats.series.cells import number_in
from kaname.formats.wbs.vocabulary import folded_word

_USUAL_CORRELATION: Final = 0.5
_HEADINGS: Final = {
    "task": ("task", "タスク", "タスク名", "作業", "作業名", "name", "名前", "uid", "no", "no.", "番号"),
    "low": ("optimistic", "楽観", "楽観値", "best", "low", "min"),
    "mode": ("most likely", "最頻", "最頻値", "likely", "mode"),
    "high": ("pessimistic", "悲観", "悲観値", "worst", "high", "max"),
    "kind": ("distribution", "分布"),
    "group": ("group", "グループ", "相関グループ", "correlation group"),
    "correlation": ("correlation", "相関", "相関係数"),
}  # fmt: skip
_KINDS: Final = {
    "": "pert", "pert": "pert", "triangular": "triangular", "三角": "triangular", "三角分布": "triangular",
    "uniform": "uniform", "一様": "uniform", "一様分布": "uniform",
}  # fmt: skip

_NO_HOURS: Final = gettext_noop("“%(value)s” is no number of hours.")
_HOURS_ADVICE: Final = gettext_noop("Write three working hours that do not fall: optimistic, most likely, pessimistic.")
_NO_KIND: Final = gettext_noop("“%(name)s” is no distribution that is known here.")
_KIND_ADVICE: Final = gettext_noop("Write PERT, triangular or uniform, or leave the cell empty for PERT.")
_TWICE: Final = gettext_noop("Task “%(task)s” has an estimate already, in line %(line)s.")
_TWICE_ADVICE: Final = gettext_noop("Keep one of the two lines.")
_NO_CORRELATION: Final = gettext_noop("“%(value)s” is no correlation.")
_CORRELATION_ADVICE: Final = gettext_noop("Write a number from 0 to 1; a minus before the group makes it opposite.")


def read_estimates(data: bytes, *, file: str, plan: Plan, first_factor: int = 0) -> tuple[TaskRisk, ...]:
    """Read how long tasks may still take, in working hours, from delimited text or the first sheet of a workbook.

    Tasks of one group share a factor: two of them with the correlations r and s have the correlation √(r s), and where a
    minus stands before the group of one of them, -√(r s).

    Parameters
    ----------
    first_factor
        The number of the first factor that is free for groups.

    Raises
    ------
    FileRefused
        If it is no table, a column is missing, or a row names no open task or no possible estimate.
    """
    tasks = Tasks(plan)
    groups: dict[str, int] = {}
    lines: dict[int, int] = {}
    risks = []
    for row in read_rows(data, file=file, headings=_HEADINGS, needed=("task", "low", "mode", "high")):
        task = tasks.named(row, row.text("task"))
        if task.uid in lines:
            row.refuse(_TWICE, _TWICE_ADVICE, task=task.name, line=lines[task.uid])
        lines[task.uid] = row.line
        risks.append(TaskRisk(task_uid=task.uid, spread=_spread(row), loadings=_loadings(row, groups, first_factor)))
    return tuple(risks)


def _spread(row: Row) -> Spread:
    low, mode, high = (_minutes(row, role) for role in ("low", "mode", "high"))
    name = folded_word(row.text("kind"))
    if name not in _KINDS:
        row.refuse(_NO_KIND, _KIND_ADVICE, name=row.text("kind")[:80])
    try:
        match _KINDS[name]:
            case "triangular":
                return Triangular(low, mode, high)
            case "uniform":
                return Uniform(low, high)
            case _:
                return Pert(low, mode, high)
    except SpreadError as error:
        row.refuse_with(error.message, _HOURS_ADVICE)


def _minutes(row: Row, role: str) -> float:
    hours = number_in(row.text(role))
    if hours is None or hours < 0:
        row.refuse(_NO_HOURS, _HOURS_ADVICE, value=row.text(role)[:80])
    return hours * MINUTES_PER_HOUR


def _loadings(row: Row, groups: dict[str, int], first: int) -> tuple[float, ...]:
    name = row.text("group")
    if not name:
        return ()
    correlation = _USUAL_CORRELATION if not row.text("correlation") else number_in(row.text("correlation"))
    if correlation is None or not 0 <= correlation <= 1:
        row.refuse(_NO_CORRELATION, _CORRELATION_ADVICE, value=row.text("correlation")[:80])
    is_opposite = name[0] in "-－−"
    factor = groups.setdefault(name.lstrip("-－− "), first + len(groups))
    return (*(0.0,) * factor, -(correlation**0.5) if is_opposite else correlation**0.5)
