"""Kaname (要): the work of a PMO and of a PSO in one system, in Japanese and English."""

__version__ = "0.1.0"
