"""The journal's rows and what is still to be handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One fact, chained by hash to the fact before it; the database refuses to change or delete it.

    Actor, project and subject are plain numbers: the journal outlives and knows none of the rooms.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("time"), db_index=True)
    actor_id = models.BigIntegerField(_("actor"), null=True)
    actor_label = models.CharField(_("actor name"), max_length=200)
    name = models.CharField(_("event"), max_length=80)
    project_id = models.BigIntegerField(_("project"), null=True)
    subject_type = models.CharField(_("subject type"), max_length=40, blank=True)
    subject_id = models.BigIntegerField(_("subject"), null=True)
    payload = models.JSONField(_("facts"))
    cause_id = models.BigIntegerField(_("cause"), null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["project_id", "-id"], name="journal_project"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="journal_subject"),
            models.Index(fields=["cause_id"], name="journal_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class Delivery(models.Model):
    """One reaction that still has to hear one entry; deleted in the transaction of the reaction."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=120)
    project_id = models.BigIntegerField(null=True)
    fold_key = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="journal_delivery_once")]
        indexes = [models.Index(fields=["parked_at", "id"], name="journal_delivery_due")]

    def __str__(self) -> str:
        return f"{self.reaction} <- {self.entry_id}"
