"""Read risk events."""

from typing import Final

from kaname.engine.network.plan import Plan
from kaname.engine.simulation import Discrete, Impact, Occurrence, RiskEvent, Spread, SpreadError, Triangular
from kaname.engine.text import gettext_noop
from kaname.engine.units import MINUTES_PER_HOUR
from kaname.formats.estimates.rows import Row, Tasks, read_rows
from kaname.formats.series.cells import number_in

_HEADINGS: Final = {
    "name": ("risk", "リスク", "リスク名", "name", "名前", "event", "事象"),
    "probability": ("probability", "発生確率", "確率"),
    "tasks": ("tasks", "タスク", "task", "作業", "影響タスク"),
    "delay": ("delay", "遅れ", "遅延", "遅延時間"),
    "cost": ("cost", "コスト", "費用", "影響額"),
    "probability_after": ("probability after", "対応後の確率", "対応後発生確率"),
    "response_cost": ("response cost", "対応コスト", "対応費用"),
}  # fmt: skip

_NO_PROBABILITY: Final = gettext_noop("“%(value)s” is no probability.")
_PROBABILITY_ADVICE: Final = gettext_noop("Write a share from 0 to 1, or a percentage such as 30%%.")
_NO_SIZE: Final = gettext_noop("“%(value)s” is no size of an impact.")
_SIZE_ADVICE: Final = gettext_noop(
    "Write one number, or three that do not fall with slashes between them, such as 4/8/16."
)
_PERCENT: Final = 100


def read_events(data: bytes, *, file: str, plan: Plan) -> tuple[RiskEvent, ...]:
    """Read what may happen, how probable it is, and what it costs, from delimited text or the first sheet of a workbook.

    A delay is working hours that are added to each of the tasks, several of them with semicolons between; a cost is whole
    minor units.  Either is one number or three with slashes between them (triangular).

    Raises
    ------
    FileRefused
        If it is no table, a column is missing, or a row makes no sense.
    """
    tasks = Tasks(plan)
    rows = read_rows(data, file=file, headings=_HEADINGS, needed=("name", "probability"))
    return tuple(_event(row, number, tasks) for number, row in enumerate(rows, start=1))


def _event(row: Row, number: int, tasks: Tasks) -> RiskEvent:
    delay = _size(row, "delay", MINUTES_PER_HOUR)
    names = [name.strip() for name in row.text("tasks").replace("；", ";").split(";") if name.strip()]
    uids = dict.fromkeys(tasks.named(row, name).uid for name in names)
    impacts = () if delay is None else tuple(Impact(task_uid=uid, spread=delay) for uid in uids)
    cost = _size(row, "cost", 1)
    after = None
    if row.text("probability_after"):
        after = Occurrence(probability=_probability(row, "probability_after"), impacts=impacts, cost=cost)
    response = number_in(row.text("response_cost")) if row.text("response_cost") else 0.0
    if response is None:
        row.refuse(_NO_SIZE, _SIZE_ADVICE, value=row.text("response_cost")[:80])
    return RiskEvent(
        uid=number,
        name=row.text("name"),
        before=Occurrence(probability=_probability(row, "probability"), impacts=impacts, cost=cost),
        after=after,
        response_cost=round(response),
    )


def _probability(row: Row, role: str) -> float:
    text = row.text(role).replace("％", "%")
    number = number_in(text.removesuffix("%"))
    share = number / _PERCENT if number is not None and text.endswith("%") else number
    if share is None or not 0 <= share <= 1:
        row.refuse(_NO_PROBABILITY, _PROBABILITY_ADVICE, value=row.text(role)[:80])
    return share


def _size(row: Row, role: str, unit: int) -> Spread | None:
    text = row.text(role)
    if not text:
        return None
    numbers = [number_in(part) for part in text.replace("／", "/").split("/")]
    sizes = [number * unit for number in numbers if number is not None]
    if len(sizes) < len(numbers) or len(sizes) not in (1, 3):
        row.refuse(_NO_SIZE, _SIZE_ADVICE, value=text[:80])
    try:
        return Discrete((sizes[0],), (1.0,)) if len(sizes) == 1 else Triangular(*sizes)
    except SpreadError as error:
        row.refuse_with(error.message, _SIZE_ADVICE)
