"""Verbs of the reports."""

from kaname.pso.reports.operations.assessing import assess, assess_project, find, overall, rules_in_force
from kaname.pso.reports.operations.governing import RulesMoved, adopt_health_rules

__all__ = ["RulesMoved", "adopt_health_rules", "assess", "assess_project", "find", "overall", "rules_in_force"]
