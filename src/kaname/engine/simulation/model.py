"""A plan and what is uncertain about it, as the passes read it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kaname.engine.calendar.kernels import BEYOND, CLOCK, work_at
from kaname.engine.network import Network, PlanError, first_and_last
from kaname.engine.network import arrays as net
from kaname.engine.network.plan import Dialect
from kaname.engine.network.terms import EMPTY_RULE
from kaname.engine.simulation.arrays import (
    ACROSS,
    BLOCK,
    FAST,
    SAME,
    SKIPPED,
    SPECIAL,
    UNBOUND,
    Drawing,
    Passes,
    Striking,
)
from kaname.engine.simulation.outcomes import build_outcomes, occurrence_of, place_of
from kaname.engine.simulation.types import Question, QuestionError
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_HOUR

_LAST_MOMENT: Final = (1 << 31) - 1
"""The passes count in 32 bits: minutes of the clock until the year 6053."""
_MOST_WORK: Final = (1 << 31) - 1
_NARROW: Final = _MOST_WORK // BLOCK
_SQUARE: Final = 1.0 + 1e-9


@dataclass(frozen=True, slots=True)
class Model:
    """All arrays of one simulation.

    Attributes
    ----------
    plain
        First start and last finish of the plan as it stands, without any risk.
    latest
        The last finish were everything to come out at its worst.
    floor, origin
        As the network passes take them.
    apart_count
        How many nodes are not calculated at once.
    certain_cost, planned_cost
        What is paid in every run, and what the plan costs as it stands; in minor units times 60, as all costs inside.
    is_wide
        Whether the durations or finishes of a block of runs can sum to more than 32 bits.
    watched
        Position of each watched task.
    """

    network: Network
    plain: tuple[int | None, int | None]
    latest: int
    passes: Passes
    drawing: Drawing
    striking: Striking
    apart_count: int
    origin: int
    floor: int
    certain_cost: int
    planned_cost: int
    is_wide: bool
    watched: tuple[tuple[int, int], ...]
    risk_uids: tuple[int, ...]


def build_model(network: Network, question: Question) -> Model:
    """Compile a network and a question.

    Raises
    ------
    QuestionError
        If the question names tasks that are not there, or numbers that make no sense.
    PlanError
        If the plan could leave what can be counted: the year 6053, were everything to come out at its worst.
    """
    _check(network, question)
    plain = first_and_last(network)
    network = _ruled(network)
    passes = _passes(network, question)
    drawing, striking, worst = build_outcomes(network, question)
    latest = _latest(network, worst)
    is_wide = latest - (plain[0] or 0) > _NARROW or bool((worst > _NARROW).any())
    rates = _rates(network, question)
    can_change = (passes.risk >= 0) | (np.diff(striking.first) > 0)
    fixed = (question.fixed_cost + sum(cost.fixed for cost in question.costs)) * MINUTES_PER_HOUR
    responses = sum(event.response_cost for event in question.events if question.with_responses and event.after)
    certain = int((rates * passes.span)[~can_change].sum()) + fixed + responses * MINUTES_PER_HOUR
    return Model(
        network=network,
        plain=plain,
        latest=latest,
        passes=_billed(passes, np.where(can_change, rates, 0), worst),
        is_wide=is_wide,
        drawing=drawing,
        striking=striking,
        apart_count=int((passes.mode != FAST).sum()),
        origin=network.origin,
        floor=_floor(network),
        certain_cost=certain,
        planned_cost=int((rates * passes.span).sum()) + fixed,
        watched=tuple((uid, place_of(network, uid)) for uid in question.watched),
        risk_uids=tuple(risk.task_uid for risk in question.risks),
    )


def _rates(network: Network, question: Question) -> np.ndarray:
    rates = np.zeros(len(network.nodes.kind), dtype=np.int64)
    for cost in question.costs:
        rates[place_of(network, cost.task_uid)] += cost.rate_per_hour
    return rates


def _billed(passes: Passes, rates: np.ndarray, worst: np.ndarray) -> Passes:
    """Return the passes with bills: nodes of one rate whose durations together fit 32 bits even at their worst."""
    bill = np.full(len(rates), -1, dtype=np.int32)
    by_bill: list[int] = []
    total = 0.0
    for node in sorted(np.flatnonzero(rates).tolist(), key=lambda node: int(rates[node])):
        total += worst[node]
        if not by_bill or by_bill[-1] != rates[node] or total > _MOST_WORK:
            by_bill.append(int(rates[node]))
            total = worst[node]
        bill[node] = len(by_bill) - 1
    return passes._replace(bill=bill, rate=np.array(by_bill, dtype=np.int64))


def _floor(network: Network) -> int:
    return network.origin if network.plan.rules.dialect == Dialect.PRIMAVERA else -BEYOND


def _check(network: Network, question: Question) -> None:
    faults: list[Message] = []
    known = network.outline.numbers
    named = [
        *(risk.task_uid for risk in question.risks),
        *(cost.task_uid for cost in question.costs),
        *question.watched,
        *(impact.task_uid for event in question.events for impact in occurrence_of(event, question).impacts),
    ]
    missing = sorted({uid for uid in named if uid not in known})
    if missing:
        template = gettext_noop("The plan has no task %(uids)s.")
        faults.append(Message(template, {"uids": ", ".join(map(str, missing[:20]))}))
    uids = [risk.task_uid for risk in question.risks]
    if len(set(uids)) < len(uids):
        faults.append(Message(gettext_noop("A task can have one distribution only; name each task once.")))
    for risk in question.risks:
        if sum(loading * loading for loading in risk.loadings) > _SQUARE:
            template = gettext_noop("The squares of the factor loadings of task %(uid)s sum to more than 1.")
            faults.append(Message(template, {"uid": risk.task_uid}))
    for event in question.events:
        if not 0 <= occurrence_of(event, question).probability <= 1:
            template = gettext_noop("The probability of risk %(uid)s must lie between 0 and 1.")
            faults.append(Message(template, {"uid": event.uid}))
    if faults:
        raise QuestionError(faults)


def _passes(network: Network, question: Question) -> Passes:
    nodes, before = network.nodes, network.before
    count = len(nodes.kind)
    eras, days = network.tables.lists
    rules = network.extras.rules.reshape(-1, net.RULE_WIDTH)
    mode = _modes(network, rules)
    space, instant = _spaces(network, mode, rules)
    least_start = np.full(count, UNBOUND, dtype=np.int64)
    least_finish = np.full(count, UNBOUND, dtype=np.int64)
    floor = _floor(network)
    has_start_link = _has_start_link(before, count)
    for node in np.flatnonzero(mode == FAST).tolist():
        here = int(space[node])
        bounds = [floor]
        row = int(nodes.rule[node])
        held = -BEYOND
        if row >= 0:
            bounds.append(int(rules[row, net.START_MIN]))
            held = int(rules[row, net.FINISH_MIN])
        if not has_start_link[node] and max(bounds[-1] if row >= 0 else -BEYOND, held) == -BEYOND:
            bounds.append(network.origin)
        if max(bounds) > -BEYOND:
            least_start[node] = work_at(eras, days, here, max(bounds))
        if held > -BEYOND:
            least_finish[node] = work_at(eras, days, here, held)
    how, shift = _hows(network, space)
    risk = np.full(count, -1, dtype=np.int32)
    for number, one in enumerate(question.risks):
        risk[place_of(network, one.task_uid)] = number
    is_aside = np.zeros(count, dtype=bool)
    ruled = nodes.rule >= 0
    is_aside[ruled] = (rules[nodes.rule[ruled], net.FLAGS] & net.ASIDE) != 0
    aside = np.where(mode == FAST, 0, np.cumsum(mode != FAST)).astype(np.int32)
    counts = (nodes.kind < net.OPENING) & ~is_aside
    return Passes(
        mode=mode,
        space=space,
        instant=instant,
        span=nodes.span.astype(np.int32),
        least_start=least_start,
        least_finish=least_finish,
        risk=risk,
        ends=(counts & ~_is_outlasted(before, mode, counts, how, shift)).astype(np.int8),
        aside=aside,
        bill=np.full(count, -1, dtype=np.int32),
        rate=np.zeros(0, dtype=np.int64),
        how=how,
        shift=shift,
        share_span=network.extras.share_span,
    )


def _is_outlasted(
    before: net.Links, mode: np.ndarray, counts: np.ndarray, how: np.ndarray, shift: np.ndarray
) -> np.ndarray:
    """Return which nodes never finish after a successor that counts as well: the plan does not end with them alone."""
    ends = np.repeat(np.arange(len(mode)), np.diff(before.first))
    by_finish = (before.shape < net.CHILD) & ((before.shape & 1) == 0)
    holds = by_finish & (how == SAME) & (shift >= 0) & (mode[ends] == FAST) & counts[ends]
    result = np.zeros(len(mode), dtype=bool)
    result[before.other[holds]] = True
    return result


def _spaces(network: Network, mode: np.ndarray, rules: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return in which space each node counts, and which are instants that count in a calendar.

    Work counts in its calendar.  A milestone that stands where predecessors of one calendar end counts in theirs: its moment
    is then the end of the last working minute.  All else counts on the clock.
    """
    nodes, before = network.nodes, network.before
    space = np.where((mode == FAST) & (nodes.kind == net.WORK), nodes.calendar, CLOCK).astype(np.int32)
    instant = np.zeros(len(space), dtype=np.int8)
    if network.plan.rules.dialect == Dialect.PRIMAVERA:
        return space, instant
    for node in np.flatnonzero((mode == FAST) & (nodes.kind == net.POINT)).tolist():
        row = int(nodes.rule[node])
        if row >= 0 and max(rules[row, net.START_MIN], rules[row, net.FINISH_MIN]) > -BEYOND:
            continue
        links = slice(int(before.first[node]), int(before.first[node + 1]))
        shape, other = before.shape[links], before.other[links]
        home = int(space[other[0]]) if len(other) else CLOCK
        is_lag = shape >= net.LAGGED
        ends = ((shape & 1) == 0) | (instant[other] == 1)
        stays = ~is_lag | ((before.calendar[links] == home) & (before.lag[links] >= 0))
        if home >= 0 and (space[other] == home).all() and ends.all() and stays.all() and ((shape & 2) == 0).any():
            space[node], instant[node] = home, 1
    return space, instant


_EMPTY: Final = {
    net.START_MAX: BEYOND,
    net.FINISH_MAX: BEYOND,
    net.DELAY: 0,
    net.FLOOR: -BEYOND,
    net.EXPECTED_FINISH: -BEYOND,
}


def _modes(network: Network, rules: np.ndarray) -> np.ndarray:
    """Return how each node is calculated: at once where nothing but links, least dates and length counts."""
    nodes, before = network.nodes, network.before
    count = len(nodes.kind)
    mode = np.full(count, SPECIAL, dtype=np.int8)
    mode[nodes.kind == net.IDLE] = SKIPPED
    is_plain = (nodes.kind == net.WORK) | (nodes.kind == net.POINT)
    if len(rules):
        is_free = np.ones(len(rules), dtype=bool)
        for column, empty in _EMPTY.items():
            is_free &= rules[:, column] == empty
        ruled = nodes.rule >= 0
        is_plain[ruled] &= is_free[nodes.rule[ruled]]
    ends = np.repeat(np.arange(count), np.diff(before.first))
    by_start = (before.shape < net.CHILD) & ((before.shape & 3) == net.SF)
    by_share = (before.shape >= net.SHARE_LAGGED) & (before.shape < net.CHILD)
    is_plain[ends[by_start | by_share | (before.shape >= net.CHILD)]] = False
    mode[is_plain] = FAST
    return mode


def _has_start_link(before: net.Links, count: int) -> np.ndarray:
    ends = np.repeat(np.arange(count), np.diff(before.first))
    result = np.zeros(count, dtype=bool)
    result[ends[(before.shape & 2) == 0]] = True
    return result


def _ruled(network: Network) -> Network:
    """Return the network with an empty rule for work that has none but is calculated run by run."""
    nodes, extras = network.nodes, network.extras
    mode = _modes(network, extras.rules.reshape(-1, net.RULE_WIDTH))
    bare = (mode == SPECIAL) & (nodes.kind == net.WORK) & (nodes.rule < 0)
    if not bare.any():
        return network
    rule = np.where(bare, len(extras.rules) // net.RULE_WIDTH, nodes.rule).astype(np.int32)
    rules = np.concatenate((extras.rules, np.array(EMPTY_RULE, dtype=np.int64)))
    return replace(network, nodes=nodes._replace(rule=rule), extras=extras._replace(rules=rules))


def _hows(network: Network, space: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how links lead, and what is added to the bounds of those whose lag counts in the successor's space."""
    before = network.before
    ends = np.repeat(np.arange(len(space)), np.diff(before.first))
    here, there = space[ends], space[before.other]
    is_lagged = (before.shape >= net.LAGGED) & (before.shape < net.SHARE_LAGGED)
    adds = is_lagged & (before.calendar == here)
    is_same = (here == there) & (~is_lagged | adds) & (before.shape < net.SHARE_LAGGED)
    how = np.where(is_same, SAME, ACROSS).astype(np.int8)
    return how, np.where(adds, before.lag, 0).astype(np.int32)


def _latest(network: Network, worst: np.ndarray) -> int:
    """Return the last finish were everything to come out at its worst; refuse what cannot be counted."""
    spans = np.ceil(worst)
    if (spans >= _LAST_MOMENT).any():
        raise PlanError([Message(_TOO_FAR, {})])
    _, finish = first_and_last(replace(network, nodes=network.nodes._replace(span=spans.astype(np.int64))))
    if finish is None:
        return 0
    eras, days = network.tables.lists
    works = [work_at(eras, days, calendar, finish) for calendar in range(network.calendar_count)]
    if finish > _LAST_MOMENT or max(works, default=0) > _MOST_WORK:
        raise PlanError([Message(_TOO_FAR, {})])
    return finish


_TOO_FAR: Final = gettext_noop(
    "Were everything to come out at its worst, the plan would end after the year 4000. "
    "Look at the widest distributions and the largest impacts."
)
