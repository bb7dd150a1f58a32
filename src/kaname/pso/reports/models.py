"""Rows of the reports."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.models import Project
from kaname.ground.projects.types import Health


class HealthRules(models.Model):
    """A version of the rules by which health is computed; never changed, only followed by the next.

    `limits` holds `types.Limits` by field name; what is missing has its default.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.PositiveIntegerField(_("version"), unique=True)
    limits = models.JSONField(_("limits"), default=dict)
    note = models.CharField(_("reason of the change"), max_length=500, blank=True)
    adopted_at = models.DateTimeField(_("adopted"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("health rules")
        verbose_name_plural = _("health rules")

    def __str__(self) -> str:
        return str(self.number)


class Assessment(models.Model):
    """How a project was at a moment, computed; the newest of a day is kept as that day's snapshot.

    `indicators` holds `types.Indicator`s as plain values.  `*_at` without zone are wall minutes of the plan.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="+")
    rules = models.ForeignKey(HealthRules, verbose_name=_("health rules"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    assessed_at = models.DateTimeField(_("computed"))
    cause_entry_id = models.BigIntegerField(null=True)
    health = models.CharField(_("computed health"), max_length=9, choices=Health)
    indicators = models.JSONField(_("indicators"))
    start_at = models.BigIntegerField(null=True)
    finish_at = models.BigIntegerField(null=True)
    baseline_finish_at = models.BigIntegerField(null=True)
    forecast_finish_at = models.BigIntegerField(null=True)
    delay_days_tenths = models.IntegerField(null=True)
    done_permille = models.IntegerField(null=True)
    planned_permille = models.IntegerField(null=True)
    spi_t_permille = models.IntegerField(null=True)
    cpi_permille = models.IntegerField(null=True)
    tasks = models.PositiveIntegerField(default=0)
    overdue_tasks = models.PositiveIntegerField(default=0)
    critical_tasks = models.PositiveIntegerField(default=0)
    last_report_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(fields=["project", "on"], name="reports_assessment_once_a_day"),
            models.CheckConstraint(condition=Q(health__in=Health.values), name="reports_health_known"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on} {self.health}"
