"""The one interpreter of WBS tables: rows of a spreadsheet or of delimited text become a plan, and a plan becomes rows.

Its nouns: `Grid` (cells as they stand in the file), `Survey` (which row is the heading, which column means what),
`ColumnRole`, `TableMapping` (a person's own choice of columns).  `formats.workbook` and `formats.delimited` are its two
sources.
"""
