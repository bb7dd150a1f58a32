"""Primavera P6 XER: read with a full account."""

from kaname.formats.xer.read import XerProject, list_projects, read_xer

__all__ = ["XerProject", "list_projects", "read_xer"]
