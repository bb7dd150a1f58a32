"""Notices as mails: one a day by default, at once for those who want it."""
