"""Doors of the design system: the command palette, the page of all components."""
