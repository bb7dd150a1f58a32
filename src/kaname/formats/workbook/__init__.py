"""XLSX workbooks: read a WBS sheet into a plan, write a plan as a WBS sheet."""
