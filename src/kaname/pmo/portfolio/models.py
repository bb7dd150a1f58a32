"""Rows of the portfolio."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.models import Project
from kaname.ground.projects.types import Health
from kaname.kernel.records import Record


class Line(models.Model):
    """One project as the portfolio shows it: a snapshot, so that the page costs the same whatever the plans hold.

    `trend` holds up to 26 weeks of SPI(t) in permille, oldest first, `null` where unknown; `reason` is a message to
    translate; `*_at` without zone are wall minutes.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.OneToOneField(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="+")
    computed = models.CharField(_("computed health"), max_length=9, choices=Health, default=Health.UNKNOWN)
    computed_at = models.DateTimeField(_("computed"), null=True)
    reported = models.CharField(_("reported status"), max_length=9, choices=Health, default=Health.UNKNOWN)
    reported_on = models.DateField(_("reported on"), null=True)
    reported_by = models.CharField(_("reported by"), max_length=100, blank=True)
    reported_reason = models.CharField(_("reason"), max_length=1000, blank=True)
    pm_name = models.CharField(_("PM"), max_length=100, blank=True)
    start_at = models.BigIntegerField(null=True)
    finish_at = models.BigIntegerField(null=True)
    baseline_finish_at = models.BigIntegerField(null=True)
    forecast_finish_at = models.BigIntegerField(null=True)
    delay_days_tenths = models.IntegerField(_("delay"), null=True)
    done_permille = models.IntegerField(_("done"), null=True)
    planned_permille = models.IntegerField(_("planned"), null=True)
    spi_t_permille = models.IntegerField(_("SPI(t)"), null=True)
    cpi_permille = models.IntegerField(_("CPI"), null=True)
    trend = models.JSONField(_("trend"), default=list)
    last_report_at = models.DateTimeField(_("newest report"), null=True)
    report_age_days = models.PositiveIntegerField(_("working days since the newest report"), null=True)
    freshness = models.CharField(_("data freshness"), max_length=9, choices=Health, default=Health.UNKNOWN)
    tasks = models.PositiveIntegerField(_("tasks"), default=0)
    overdue_tasks = models.PositiveIntegerField(_("overdue"), default=0)
    score = models.IntegerField(_("urgency"), default=0)
    reason = models.JSONField(_("why look here"), null=True)
    updated_at = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("portfolio line")
        verbose_name_plural = _("portfolio lines")
        indexes = [models.Index(fields=["-score", "project"], name="portfolio_look_first")]

    def __str__(self) -> str:
        return str(self.project_id)


class SavedView(Record):
    """A named set of filters and order of the portfolio, of one account; `query` is the page's query string."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="portfolio_view_name_once")]

    def __str__(self) -> str:
        return self.name
