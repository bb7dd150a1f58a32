"""What may come out, as tables: distributions of durations and impacts, and the risk events."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from kaname.engine.network import Network
from kaname.engine.simulation.arrays import SHORT_SHARE, STEPS, TABLE_CELLS, Drawing, Striking
from kaname.engine.simulation.spreads import Spread, normal_quantiles, normal_shares
from kaname.engine.simulation.types import Occurrence, Question, QuestionError, RiskEvent, SpreadUnit
from kaname.engine.text import Message, gettext_noop

_MOST: Final = (1 << 31) - 1
_CELLS: Final = (np.arange(TABLE_CELLS) + 0.5) * 8 / TABLE_CELLS - 4


def build_outcomes(network: Network, question: Question) -> tuple[Drawing, Striking, np.ndarray]:
    """Return what is drawn, what strikes, and the span of every node were everything to come out at its worst."""
    tables = _Tables()
    worst = network.nodes.span.astype(np.float64)
    spans = network.nodes.span
    first, factor, loading, rest = [0], [], [], []
    for risk in question.risks:
        place = place_of(network, risk.task_uid)
        highest = tables.add(risk.spread, _scale(risk.unit, int(spans[place])))
        worst[place] = max(highest, 0)
        for number, size in enumerate(risk.loadings):
            if size:
                factor.append(number + 1)
                loading.append(size)
        first.append(len(factor))
        rest.append(max(1 - sum(size * size for size in risk.loadings), 0.0) ** 0.5)
    short, long = tables.tenths()
    limit, money, spread, struck_by = [], [], [], []
    impacts: dict[int, list[int]] = {}
    for number, event in enumerate(question.events):
        occurrence = occurrence_of(event, question)
        limit.append(round(occurrence.probability * (1 << 32)))
        for impact in occurrence.impacts:
            place = place_of(network, impact.task_uid)
            impacts.setdefault(place, []).append(len(spread))
            spread.append(len(tables.starts))
            struck_by.append(number)
            worst[place] += max(tables.add(impact.spread, _scale(impact.unit, int(spans[place]))), 0)
        money.append(-1 if occurrence.cost is None else len(spread))
        if occurrence.cost is not None:
            spread.append(len(tables.starts))
            struck_by.append(number)
            tables.add(occurrence.cost, 1.0)
    drawing = Drawing(
        first=np.array(first, dtype=np.int32),
        rest=np.array(rest, dtype=np.float32),
        factor=np.array(factor, dtype=np.int32),
        loading=np.array(loading, dtype=np.float32),
        table=np.array(tables.starts, dtype=np.int32),
        steps=np.array(tables.steps, dtype=np.int32),
        scale=np.array(tables.scales, dtype=np.float32),
        tables=np.array(tables.cells, dtype=np.float32),
        units=np.array((TABLE_CELLS / 8, TABLE_CELLS / 2, 0.0, TABLE_CELLS - 1, 0.5, 1.0), dtype=np.float32),
        short=short,
        long=long,
    )
    counts = np.zeros(len(spans) + 1, dtype=np.int32)
    for place, ones in impacts.items():
        counts[place + 1] = len(ones)
    striking = Striking(
        limit=np.array(limit, dtype=np.int64),
        money=np.array(money, dtype=np.int32),
        spread=np.array(spread, dtype=np.int32),
        event=np.array(struck_by, dtype=np.int32),
        first=np.cumsum(counts, dtype=np.int32),
        impact=np.array([one for place in sorted(impacts) for one in impacts[place]], dtype=np.int32),
    )
    return drawing, striking, worst


def _scale(unit: SpreadUnit, span: int) -> float:
    return float(span) if unit == SpreadUnit.FACTOR else 1.0


class _Tables:
    """Tables of quantiles, one for all spreads that are equal but for what they are multiplied by."""

    def __init__(self) -> None:
        self.cells: list[float] = []
        self.starts: list[int] = []
        self.steps: list[int] = []
        self.scales: list[float] = []
        self._known: dict[Spread, tuple[int, int, float, float, float]] = {}
        self._tenths: list[tuple[float, float]] = []
        self._shares = normal_shares(_CELLS)

    def add(self, spread: Spread, scale: float) -> float:
        """Add a spread and return its greatest value."""
        if spread not in self._known:
            self._known[spread] = self._tabled(spread)
        start, steps, low, high, most = self._known[spread]
        self.starts.append(start)
        self.steps.append(steps)
        self.scales.append(scale)
        self._tenths.append((low * scale, high * scale))
        return most * scale

    def tenths(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the limits of the shortest and the longest tenth of all spreads so far, no larger than can be counted."""
        limits = np.trunc(np.array(self._tenths, dtype=np.float64).reshape(-1, 2) + 0.5)
        low, high = np.clip(limits, -_MOST, _MOST).astype(np.int32).T.copy()
        return low, high

    def _tabled(self, spread: Spread) -> tuple[int, int, float, float, float]:
        """Lay a table and return where it is, its steps, the limits of its tenths and its greatest value."""
        start, steps = len(self.cells), spread.steps
        values = [value for value, _ in steps] if steps else spread.quantiles(self._shares).tolist()
        self.cells += self._stepped(steps) if steps else values
        low, high = spread.quantiles(np.array([SHORT_SHARE, 1 - SHORT_SHARE])).tolist()
        return start, len(steps), low, high, max(values)

    @staticmethod
    def _stepped(steps: Sequence[tuple[float, float]]) -> list[float]:
        values = [value for value, _ in steps]
        if len(values) > STEPS:
            template = gettext_noop("A discrete distribution can have %(most)s outcomes at most.")
            raise QuestionError([Message(template, {"most": STEPS})])
        shares = np.array([share for _, share in steps][:-1], dtype=np.float64)
        limits = normal_quantiles(np.clip(shares, 1e-12, 1 - 1e-12)).tolist()
        return [*limits, *[9.0] * (STEPS - len(limits)), *values, *[values[-1]] * (STEPS - len(values))]


def place_of(network: Network, uid: int) -> int:
    """Return the position of a task."""
    return int(network.position[network.outline.numbers[uid]])


def occurrence_of(event: RiskEvent, question: Question) -> Occurrence:
    """Return a risk event as it is, or as it would be after its response where the question says so."""
    after = event.after if question.with_responses else None
    return after or event.before
