"""What the rules remember: answers given to idempotency keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """The answer once given to an unsafe request, kept for a day, so that a repeat is answered and not done again.

    `account_id` 0 stands for visitors without an account.
    """

    id = models.BigAutoField(primary_key=True)
    account_id = models.BigIntegerField(default=0)
    key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("answer to a request")
        verbose_name_plural = _("answers to requests")
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="rules_answer_once")]

    def __str__(self) -> str:
        return self.key
