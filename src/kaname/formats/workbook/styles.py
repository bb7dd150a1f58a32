"""Fonts, fills and number formats of a written workbook; each look is made once."""

from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How every workbook of ours is opened for writing: a text stays a text."""
FONTS: Final = {"ja": "Yu Gothic", "en": "Arial"}
DATE_FORMATS: Final = {"ja": "yyyy/mm/dd(aaa)", "en": "yyyy-mm-dd"}
MOMENT_FORMATS: Final = {"ja": "yyyy/mm/dd hh:mm", "en": "yyyy-mm-dd hh:mm"}
_BORDER: Final = "#BFC5CC"
_HEADING_FILL: Final = "#E8ECF1"
_SUMMARY_FILL: Final = "#F4F6F8"
DEEPEST_INDENT: Final = 15


class Styles:
    """The looks of one workbook."""

    def __init__(self, workbook: Workbook, language: str) -> None:
        self._workbook = workbook
        self._base = {"font_name": FONTS.get(language, FONTS["en"]), "font_size": 10, "valign": "vcenter"}
        self._date = DATE_FORMATS.get(language, DATE_FORMATS["en"])
        self._moment = MOMENT_FORMATS.get(language, MOMENT_FORMATS["en"])
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def title(self) -> Format:
        """Return the look of the plan's name."""
        return self._make(bold=True, font_size=14)

    def heading(self) -> Format:
        """Return the look of a column heading."""
        return self._make(
            bold=True, border=1, border_color=_BORDER, bg_color=_HEADING_FILL, align="center", text_wrap=True
        )

    def period(self) -> Format:
        """Return the look of a week above the chart."""
        return self._make(
            font_size=8, border=1, border_color=_BORDER, bg_color=_HEADING_FILL, align="center", num_format="m/d"
        )

    def text(self, *, is_summary: bool, indent: int = 0, wraps: bool = False) -> Format:
        """Return the look of a text cell."""
        return self._cell(is_summary, indent=min(indent, DEEPEST_INDENT), text_wrap=wraps)

    def number(self, *, is_summary: bool) -> Format:
        """Return the look of an amount: decimals only where there are some."""
        return self._cell(is_summary, num_format="General", align="right")

    def percent(self, *, is_summary: bool) -> Format:
        """Return the look of a progress."""
        return self._cell(is_summary, num_format="0%", align="right")

    def date(self, *, is_summary: bool) -> Format:
        """Return the look of a date."""
        return self._cell(is_summary, num_format=self._date, align="center")

    def moment(self, *, is_summary: bool) -> Format:
        """Return the look of a date with its time of day."""
        return self._cell(is_summary, num_format=self._moment, align="center")

    def chart_cell(self) -> Format:
        """Return the look of an empty cell of the chart."""
        return self._make(border=1, border_color="#E3E6EA")

    def bar(self, color: str) -> Format:
        """Return the fill of a bar, for a rule that colours cells."""
        return self._workbook.add_format({"bg_color": color})

    def left_edge(self, color: str) -> Format:
        """Return a frame in a colour, for a rule that sets a cell off."""
        return self._workbook.add_format({"border": 1, "border_color": color, "font_color": color})

    def paragraph(self) -> Format:
        """Return the look of a sentence of the legend."""
        return self._make(text_wrap=True)

    def _cell(self, is_summary: bool, **properties: object) -> Format:
        filled = {"bold": True, "bg_color": _SUMMARY_FILL} if is_summary else {}
        return self._make(border=1, border_color=_BORDER, **filled, **properties)

    def _make(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**self._base, **properties})
        return self._made[key]
