"""The table of the plan, drawn lean: a page of it has 200 rows."""

from collections.abc import Iterable
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kaname.pso.schedule.web.lines import Line
from kaname.ui.components.dates import day
from kaname.ui.components.marks import badge
from kaname.ui.components.markup import fill, joined
from kaname.ui.components.numbers import percent

_ROW: Final = (
    '<tr data-row data-peek="{1}" data-href="{0}"{2}><td class="end quiet">{3}</td><td class="figures quiet">{4}</td>'
    '<th scope="row" class="pin broad level-{5}"><a href="{0}" data-peek="{1}">{6}{7}</a>{8}</th><td class="end">{9}</td>'
    '<td class="figures">{10}</td><td class="figures{11}">{12}{13}</td><td class="figures">{14}</td><td>{15}</td>'
    '<td class="end">{16}</td><td class="end">{17}</td><td class="end">{18}</td></tr>'
)
_NOTHING: Final = SafeString("")
_LOOKS: Final = {
    (False, False): _NOTHING,
    (True, False): SafeString(' class="plan-package"'),
    (False, True): SafeString(' class="plan-critical"'),
    (True, True): SafeString(' class="plan-package plan-critical"'),
}
"""How a row looks: of a work package, critical."""
_LATE: Final = SafeString(" late")
_ANY: Final = 987654321012345
"""A number that stands in an address for the task's until a row is drawn."""


def table_rows(lines: Iterable[Line], *, project_id: int) -> SafeString:
    """Return the rows of the table in the reader's language."""
    task_url, peek_url = _address("schedule:task", project_id), _address("schedule:peek", project_id)
    blocked = fill(" {}", badge(_("Blocked"), "red"))
    critical = fill('<span class="hidden-text"> {}</span>', _("critical"))
    late = fill('<span class="hidden-text"> {}</span>', _("late"))
    drawn = []
    for line in lines:
        row = line.row
        marks = (blocked if row.is_blocked else "") + (critical if line.is_critical else "")
        drawn.append(
            fill(
                _ROW,
                task_url % row.id,
                peek_url % row.id,
                _LOOKS[row.is_summary, line.is_critical],
                f"{row.number:,}",
                row.wbs_code,
                line.indent,
                "◆ " if row.is_milestone else "",
                row.name,
                SafeString(marks),
                line.duration,
                day(line.starts_on),
                _LATE if line.is_late else _NOTHING,
                day(line.ends_on),
                late if line.is_late else _NOTHING,
                line.predecessors,
                line.people,
                percent(row.percent_permille),
                line.total_float,
                line.difference,
            )
        )
    return joined(drawn)


def _address(name: str, project_id: int) -> str:
    return reverse(name, kwargs={"project": project_id, "task": _ANY}).replace(str(_ANY), "%d")
