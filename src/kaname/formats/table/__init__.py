r"""Any table of records as a file to take away: one writer for every export of every room, pure and without Django.

`write_table` takes columns and rows of plain values and gives back bytes for Excel and other programs: a workbook with
frozen, filtered headings ready to print, CSV with a mark (UTF-8) or in CP932, or tab separated text.  No cell of what it
writes is ever run as a formula.

Examples
--------
>>> from kaname.formats.table import Column, ColumnKind, TableKind, write_table
>>> columns = (Column("名前"), Column("工数", kind=ColumnKind.NUMBER))
>>> file = write_table(kind=TableKind.CSV, columns=columns, rows=[("=1+1", 2.5)], title="要員", language="ja")
>>> file.content.decode("utf-8-sig"), file.extension
("名前,工数\r\n'=1+1,2.5\r\n", 'csv')
"""

from kaname.formats.table.types import Column, ColumnKind, TableFile, TableKind, Value
from kaname.formats.table.write import MEDIA_TYPES, write_table

__all__ = ["MEDIA_TYPES", "Column", "ColumnKind", "TableFile", "TableKind", "Value", "write_table"]
