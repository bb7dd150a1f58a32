"""Scheduling problems as texts: PSPLIB (`.sm`), Patterson (`.rcp`) and MPLIB portfolios."""

from kaname.formats.psplib.read import is_psplib, read_psplib

__all__ = ["is_psplib", "read_psplib"]
