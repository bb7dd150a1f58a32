"""Changing the rules of computed health."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.decisions import require
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.pso.reports.events import HealthRulesAdopted
from kaname.pso.reports.models import HealthRules
from kaname.pso.reports.operations.assessing import rules_in_force
from kaname.pso.reports.rules import GOVERN
from kaname.pso.reports.types import Limits


class RulesMoved(Unacceptable):
    """Somebody else adopted rules meanwhile."""

    reason = _("Somebody else has adopted new rules meanwhile. Look at those first.")


def adopt_health_rules(
    *, actor: Actor, now: datetime, after_number: int, values: Mapping[str, int], note: str
) -> HealthRules:
    """Put new limits in force as the next version.  Permission `reports.govern`; publishes `HealthRulesAdopted`.

    Raises
    ------
    RulesMoved
        If `after_number` is not the version in force any more.
    TypeError, ValueError
        If a limit is unknown or negative, or no reason is given.
    """
    require(actor, GOVERN)
    unknown = set(values) - {field.name for field in fields(Limits)}
    if unknown:
        raise TypeError(f"there is no limit {sorted(unknown)}")
    if any(value < 0 for value in values.values()) or not note.strip():
        raise ValueError("limits are not negative, and a change has its reason")
    with transaction.atomic():
        if rules_in_force(now=now).number != after_number:
            raise RulesMoved
        rules = HealthRules.objects.create(
            number=after_number + 1, limits=dict(values), note=note.strip(), adopted_at=now, author_id=actor.actor_id
        )
        event = HealthRulesAdopted(subject=Subject("reports.health_rules", rules.pk), number=rules.number)
        publish(event, actor=actor, now=now)
    return rules
