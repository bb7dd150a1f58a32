"""What a record of closed projects says, as a page in the terminal."""

from collections.abc import Sequence
from typing import Final

from kaname.engine.forecast import Calibration, ReferenceClass
from kaname.engine.text import Message, gettext_noop
from kaname.formats.history import HistoryTable
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import print_columns, shortened

_SHOWN: Final = (50, 80, 90)
_MOST_CLASSES: Final = 30
_MOST_LINES: Final = 10
_NAME_WIDTH: Final = 40

_RECORD: Final = gettext_noop(
    "%(cases)s closed projects: %(actual)s by %(planned)s. The plans were wrong by %(plan)s %% on average, "
    "plan × P50 by %(class)s %%."
)
_LEFT_OUT: Final = gettext_noop("%(count)s rows left out, planned or actual is no number above zero: line %(lines)s.")
_FACTORS: Final = gettext_noop("Multiply what is planned by")
_HEADINGS: Final = (gettext_noop("Class"), gettext_noop("Projects"))
_ALL: Final = gettext_noop("all")
_WIDENED: Final = gettext_noop("Class “%(name)s” has %(cases)s projects, so that wider classes count %(weight)s %%.")
_MORE: Final = gettext_noop("%(count)s more classes are in the answer of --json.")
_TOO_FEW: Final = gettext_noop("too few")
_HELD: Final = gettext_noop("Each project forecast by all others")
_HELD_HEADINGS: Final = ("", gettext_noop("Held"), gettext_noop("95 %% interval"), gettext_noop("Projects"))


def print_page(
    table: HistoryTable,
    calibration: Calibration,
    found: Sequence[tuple[tuple[str, ...], ReferenceClass]],
    *,
    language: str,
) -> None:
    """Print the record, the factors of each class, and how well the record forecasts itself."""

    def said(template: str, **params: str | int) -> str:
        return render(Message(template, params), language=language)

    print(
        said(
            _RECORD,
            cases=f"{calibration.cases:,}",
            planned=table.columns[0],
            actual=table.columns[1],
            plan=f"{100 * calibration.plan_error:.1f}",
            **{"class": f"{100 * calibration.class_error:.1f}"},
        )
    )
    if table.left_out:
        lines = ", ".join(str(each.line) for each in table.left_out[:_MOST_LINES])
        more = ", …" if len(table.left_out) > _MOST_LINES else ""
        print(said(_LEFT_OUT, count=f"{len(table.left_out):,}", lines=lines + more))
    print()
    print(said(_FACTORS))
    rows = [[*(said(heading) for heading in _HEADINGS), *(f"P{percent}" for percent in _SHOWN)]]
    for path, each in found[:_MOST_CLASSES]:
        name = shortened(" / ".join(path), _NAME_WIDTH) if path else said(_ALL)
        factors = [_factor(each.factor(percent)) or said(_TOO_FEW) for percent in _SHOWN]
        rows.append([name, f"{each.levels[-1].cases:,}", *factors])
    print_columns(rows)
    if len(found) > _MOST_CLASSES:
        print(said(_MORE, count=len(found) - _MOST_CLASSES))
    if len(found) == 1 and found[0][0]:
        narrow = found[0][1].levels[-1]
        print(said(_WIDENED, name=narrow.name, cases=narrow.cases, weight=round(100 * (1 - narrow.weight))))
    print()
    print(said(_HELD))
    held = [["", *(said(heading) for heading in _HELD_HEADINGS[1:])]]
    held += [
        [f"P{each.percent}", f"{100 * each.share:.1f} %", f"{100 * each.low:.0f}–{100 * each.high:.0f} %", f"{each.cases:,}"]
        for each in calibration.held
    ]  # fmt: skip
    print_columns(held)


def _factor(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
