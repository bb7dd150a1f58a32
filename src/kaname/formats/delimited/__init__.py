"""CSV, TSV and other delimited text: read a WBS table into a plan, write a plan as a WBS table."""
