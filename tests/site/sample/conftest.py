"""The sample company."""

from tests.sample_company import sample_db, sample_home

__all__ = ["sample_db", "sample_home"]
