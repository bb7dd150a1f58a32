"""Rows of the notices."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.types import MailRhythm
from kaname.kernel.records import Record


class Notice(models.Model):
    """One account is told of one fact; the words are said when it is read, in the reader's language.

    `count` facts with one fold key stand in one unread row, the latest of them in `entry`.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=100)
    params = models.JSONField(default=dict)
    object_id = models.BigIntegerField(null=True)
    project_id = models.BigIntegerField(null=True)
    fold_key = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["account", "entry"], name="notices_fact_once"),
            models.UniqueConstraint(
                fields=["account", "kind", "fold_key"],
                condition=Q(read_at=None) & ~Q(fold_key=""),
                name="notices_unread_folded",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="notices_of_account"),
            models.Index(fields=["account"], name="notices_unread", condition=Q(read_at=None)),
            models.Index(fields=["account"], name="notices_unmailed", condition=Q(read_at=None, mailed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}"


class MailPreference(Record):
    """How often an account is told by mail, and when it last was; accounts without a row are told once a day.

    While a mail is on its way, `mail_tries` says how often it was tried, `mail_retry_at` when it may be tried again and
    `mail_key` what it is known by; its notices are those that carry the same `mailed_at` as this row.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    rhythm = models.CharField(_("mails"), max_length=8, choices=MailRhythm, default=MailRhythm.DAILY)
    mailed_at = models.DateTimeField(_("last mail"), null=True)
    mail_key = models.CharField(max_length=32, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_retry_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        constraints = [models.CheckConstraint(condition=Q(rhythm__in=MailRhythm.values), name="notices_rhythm_known")]
        indexes = [
            models.Index(fields=["mail_retry_at"], name="notices_mail_open", condition=Q(mail_retry_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.rhythm}"
