"""Tasks that stretch between others (level of effort), after the passes are done."""

from typing import Any

from kaname.engine.calendar.compiled import CompiledCalendar
from kaname.engine.network.network import Network
from kaname.engine.network.plan import LinkType


def stretch_hammocks(network: Network, dates: Any) -> None:
    """Give every hammock the span from what starts it to what ends it.

    A predecessor starts it through FS (when that finishes) and SS (when that starts) and ends it through FF and SF; a
    successor starts it through SS (when that starts) and SF, and ends it through FS (when that starts) and FF.  The first
    start and the last finish count, early and late alike; lags do not.  Where nothing starts or ends it, it shares the
    bounds of the plan's own network.  Its float is what lies between early and late finish on its calendar.
    """
    for number in network.hammocks:
        early = _span(network, number, dates.start, dates.finish)
        late = _span(network, number, dates.late_start, dates.late_finish)
        place = int(network.position[number])
        given = network.plan.tasks[number].progress.actual_start_at
        start = early[0] if given is None else given
        measure = network.book.measure(int(network.nodes.slack_calendar[place]))
        dates.start[place], dates.finish[place] = _fitted(measure, start, early[1])
        dates.late_start[place], dates.late_finish[place] = _fitted(measure, *late)
        dates.total_float[place] = measure.between(int(dates.finish[place]), int(dates.late_finish[place]))


def _fitted(measure: CompiledCalendar, start: int, finish: int) -> tuple[int, int]:
    """Return a span from the start of a shift to the end of one, of no length where it holds no work."""
    if measure.between(start, finish) <= 0:
        return start, start
    return measure.next_working(start), measure.previous_working(finish)


def _span(network: Network, number: int, starts: Any, finishes: Any) -> tuple[int, int]:
    begins: list[int] = []
    ends: list[int] = []
    for before, after, link in network.hammock_links:
        if after == number and before not in network.hammocks:
            place = int(network.position[before])
            into = begins if link.type in (LinkType.FS, LinkType.SS) else ends
            into.append(int(finishes[place] if link.type in (LinkType.FS, LinkType.FF) else starts[place]))
        elif before == number and after not in network.hammocks:
            place = int(network.position[after])
            into = begins if link.type in (LinkType.SS, LinkType.SF) else ends
            into.append(int(starts[place] if link.type in (LinkType.FS, LinkType.SS) else finishes[place]))
    if not begins and not ends:
        return network.origin, network.origin
    start = min(begins or ends)
    return start, max(ends or begins)
