"""An app that exists in the tests only: jobs whose effects are rows that can be counted."""
