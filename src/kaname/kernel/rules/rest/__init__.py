"""What every room's API is made of: doors, strict bodies, bounded fields, pages, filters, preconditions, one error body.

A room's `rest.py` subclasses `ListView`, `RecordView` and `VerbView` (from `.views`), describes bodies with `Strict` and its
bounded fields (from `.bodies`) and filters with `StrictFilterSet` (from `.filters`), gives each view a `door`, and lists them
in `urlpatterns`.  Nothing is imported here: the framework loads single modules of this package while it starts.
"""
