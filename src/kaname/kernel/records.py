"""Records that nobody overwrites unseen."""

from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class Stale(Exception):
    """Somebody else has changed the record meanwhile; carries it as it is now, so that both versions can be shown."""

    def __init__(self, current: "Record", expected_version: int) -> None:
        self.current = current
        self.expected_version = expected_version
        super().__init__(f"{current._meta.label} {current.pk} is at version {current.version}, not {expected_version}")


class Record(models.Model):
    """A row that people edit: counts its versions."""

    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True


def change(record: Record, *, expected_version: int, **values: Any) -> None:
    """Write values if the record still is at the expected version, and count the version up; needs a transaction.

    Raises
    ------
    Stale
        If it is not; nothing is written.

    Notes
    -----
    1 query; 2 when stale.
    """
    model = type(record)
    written = model._default_manager.filter(pk=record.pk, version=expected_version).update(
        version=F("version") + 1, **values
    )
    if not written:
        raise Stale(model._default_manager.get(pk=record.pk), expected_version)
    for name, value in values.items():
        setattr(record, name, value)
    record.version = expected_version + 1
